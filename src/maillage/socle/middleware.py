"""One transaction per request, an actor in it, a permission before it, a refusal after it."""

import logging
from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from maillage.socle.contexte import contexte
from maillage.socle.jetons import deja_recu, lire
from maillage.socle.journal import journaliser
from maillage.socle.memoire import presenter
from maillage.socle.permissions import PUBLIQUE, Porteur, juger, permission_de
from maillage.socle.refus import Introuvable, Refus

TITRES = {
    403: "Cette action ne vous est pas ouverte",
    409: "La situation a changé depuis que vous avez ouvert cette page",
    422: "Cette action n’est pas possible en l’état",
}

#: Methods by which nothing is decided: a page may remember what it has read.
LECTURES = frozenset({"GET", "HEAD"})

journal_technique = logging.getLogger("maillage.requetes")


class TransactionMiddleware:
    """Opens the transaction, sets the actor, commits before the body leaves, undoes it on 5xx.

    Not ``ATOMIC_REQUESTS``: a ``TemplateResponse`` would render after the commit, without an actor,
    and show zero rows without an error. Streaming is refused for the same reason.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        acteur = request.user.pk if request.user.is_authenticated else None
        with contexte(acteur, lecture=request.method in LECTURES):
            if acteur is not None:
                presenter(request.user)
            reponse = self.get_response(request)
            if reponse.streaming and not getattr(reponse, "fichier_statique", False):
                raise RuntimeError("réponse en flux interdite : elle sortirait de la transaction")
            if reponse.status_code >= 500:
                transaction.set_rollback(True)
        reponse.headers.setdefault("Cache-Control", "no-store")
        return reponse

    def process_view(
        self, request: HttpRequest, vue: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Deny by default: the permission is checked before the view is entered."""
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("adresse malformée")  # no text of PostgreSQL may hold that byte
        demande = permission_de(vue)
        verdict = juger(cast(Porteur, request.user), demande)
        if verdict.ok:
            return _deja_fait(request)
        if demande is not None and demande != PUBLIQUE and not request.user.is_authenticated:
            suite = urlencode({"suite": request.get_full_path()}) if request.method == "GET" else ""
            return redirect(
                f"{reverse('acteurs:connexion')}?{suite}" if suite else reverse("acteurs:connexion")
            )
        journaliser("refus", details={"permission": demande.code if demande else "", "vue": vue.__name__})
        return page_de_refus(request, Refus(verdict, statut=403))

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        """Outside the service's savepoint: what it wrote is undone, what is journalled here stays."""
        if isinstance(erreur, Refus):
            journaliser(
                "refus",
                objet=erreur.objet,
                details={"motifs": [motif.code for motif in erreur.verdict.motifs], "statut": erreur.statut},
            )
            return page_de_refus(request, erreur)
        if isinstance(erreur, Introuvable):
            journaliser("introuvable", objet=erreur.objet)
            return render(request, "404.html", status=404)
        return None


def _deja_fait(request: HttpRequest) -> HttpResponse | None:
    """A form sent again after its answer was lost leads to its first result.

    Before the view: once done, the act itself may no longer be open (a charter signed, a file closed).
    """
    jeton = request.POST.get("jeton", "") if request.method == "POST" else ""
    if not jeton or not request.user.is_authenticated:
        return None
    adresse = deja_recu(lire(jeton))
    return redirect(adresse) if adresse is not None else None


def page_de_refus(request: HttpRequest, refus: Refus) -> HttpResponse:
    """The help page of a refusal: every motif, its basis, what would make it possible."""
    modele = "refus.html"
    contexte_page = {"verdict": refus.verdict, "statut": refus.statut, "titre": TITRES[refus.statut]}
    return render(request, modele, contexte_page, status=refus.statut)
