"""The provider is asked before the transaction of the page opens, never within it.

A provider that does not answer holds a thread for some seconds; it must not also hold a connection of the
database in a transaction, its locks, and the cleaning of every table.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

from maillage.acteurs.fournisseur import FournisseurInjoignable, Reponse, lu_d_avance
from maillage.acteurs.services import federation
from maillage.acteurs.services.federation import Demande
from maillage.socle.refus import Refus

#: Addresses that lead the browser to the provider, and the one by which it comes back.
DEPARTS: Final = frozenset(
    {
        "acteurs:oidc_connexion",
        "acteurs:oidc_ouverture",
        "acteurs:oidc_lier",
        "acteurs:oidc_confirmer",
        "acteurs:deconnexion",
    }
)
RETOUR: Final = "acteurs:oidc_retour"
#: How every one of them begins: the other addresses are not looked up twice.
_DEBUTS: Final = ("/connexion/identite/", "/compte/identite/", "/ouverture/", "/deconnexion/")
_RECU: Final = "oidc_recu"


class FederationMiddleware:
    """Reads what a page of the federation will need of the provider, then lets the page be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        regles = federation.reglages()
        page = _page(request) if regles and request.path_info.startswith(_DEBUTS) else ""
        if regles is None or not page:
            return self.get_response(request)
        if page in DEPARTS and request.method == "POST":
            with lu_d_avance(regles):
                return self.get_response(request)
        if page == RETOUR and request.method == "GET":
            request.__dict__[_RECU] = _recevoir(request)
        return self.get_response(request)


def _page(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _recevoir(request: HttpRequest) -> tuple[Demande, Reponse] | Refus | FournisseurInjoignable:
    try:
        return federation.recevoir(
            session=request.session,
            etat=request.GET.get("state", ""),
            code=request.GET.get("code", ""),
            emetteur=request.GET.get("iss", ""),
            erreur=request.GET.get("error", ""),
        )
    except (Refus, FournisseurInjoignable) as faute:
        return faute


def recu(request: HttpRequest) -> tuple[Demande, Reponse]:
    """The demand and the answer read before the page opened. Raises what their reading raised."""
    lu: tuple[Demande, Reponse] | Refus | FournisseurInjoignable = request.__dict__[_RECU]
    if isinstance(lu, (Refus, FournisseurInjoignable)):
        raise lu
    return lu
