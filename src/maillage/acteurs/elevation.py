"""Step-up: a sensitive act asks again who is there, when the last proof is over ten minutes old."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from maillage.acteurs import saisies
from maillage.acteurs.rules import ELEVATION
from maillage.socle.temps import maintenant

CLE_ELEVATION = "eleve_le"
MARQUE = "elevation_demandee"

Vue = TypeVar("Vue", bound=Callable[..., HttpResponse])


def elevation_requise(request: HttpRequest) -> bool:
    """True when the person must prove again who they are before going on."""
    preuve = request.session.get(CLE_ELEVATION)
    return not preuve or maintenant() - datetime.fromisoformat(preuve) > ELEVATION


def prouvee_le(request: HttpRequest) -> datetime | None:
    """When this session last proved who it is."""
    preuve = request.session.get(CLE_ELEVATION)
    return datetime.fromisoformat(preuve) if preuve else None


def elever(request: HttpRequest) -> None:
    """Note that the person has just proved who they are."""
    request.session[CLE_ELEVATION] = maintenant().isoformat()


def avec_elevation(vue: Vue) -> Vue:
    """Lead to the confirmation page first; a form already filled is kept aside and given back after it."""

    @wraps(vue)
    def entrer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not elevation_requise(request):
            return vue(request, *args, **kwargs)
        return mener_a_la_preuve(request)

    entrer.__dict__[MARQUE] = True
    return cast(Vue, entrer)


def mener_a_la_preuve(request: HttpRequest) -> HttpResponse:
    """The confirmation page, then back to this one; what was typed is kept aside meanwhile."""
    temoin = saisies.garder(request) if saisies.a_garder(request) else None
    if temoin is not None:
        return saisies.mener_a("acteurs:confirmer", temoin)
    origine = request.get_full_path() if request.method == "GET" else page_precedente(request)
    return redirect(f"{reverse('acteurs:confirmer')}?{urlencode({'suite': origine})}")


def demande_elevation(vue: Callable[..., Any]) -> bool:
    """Whether a view leads to the confirmation page first: what the tests walk the addresses for."""
    return bool(getattr(vue, MARQUE, False))


def suite_sure(request: HttpRequest, suite: str | None) -> str:
    """A local address to go to next, or the front door: never another site."""
    if (
        suite
        and suite.startswith("/")
        and url_has_allowed_host_and_scheme(suite, allowed_hosts=None, require_https=request.is_secure())
    ):
        return suite
    return reverse("accueil")


def page_precedente(request: HttpRequest) -> str:
    """The local page the form was on, by its referer (kept between our pages only)."""
    origine = request.headers.get("Referer", "")
    racine = request.build_absolute_uri("/")
    return suite_sure(request, "/" + origine.removeprefix(racine) if origine.startswith(racine) else None)
