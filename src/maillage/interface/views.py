"""Pages of the interface itself: the gallery, the choice of light or dark, the quick exit."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from maillage.interface import galerie as contenu
from maillage.interface.affichage import AFFICHAGES, DUREE, TEMOIN
from maillage.socle.permissions import PUBLIQUE, exige

# A page that anyone may have open, and that says nothing of the one just left.
SITE_NEUTRE = "https://www.meteofrance.com/"


@exige(PUBLIQUE)
@require_GET
def galerie(request: HttpRequest) -> HttpResponse:
    """Every component in every state, drawn by the real components, with its options."""
    return render(request, "maillage/galerie.html", contenu.contexte())


@exige(PUBLIQUE)
@require_POST
def affichage(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or automatic, and come back to the page."""
    suite = request.POST.get("suite", "")
    if not suite.startswith("/") or not url_has_allowed_host_and_scheme(
        suite, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        suite = "/"
    reponse = HttpResponseRedirect(suite)
    reponse.status_code = 303
    choix = request.POST.get("theme", "")
    if choix in dict(AFFICHAGES):
        reponse.set_cookie(
            TEMOIN,
            choix,
            max_age=DUREE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return reponse


@exige(PUBLIQUE)
@require_GET
def quitter(request: HttpRequest) -> HttpResponse:
    """Leave at once: end the session, forget the pages, open a neutral site without saying from where.

    A link on another site leads out too, but signs nobody out: the work under way is not lost to it.
    """
    reponse = HttpResponseRedirect(SITE_NEUTRE)
    reponse.status_code = 303
    if request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}:
        logout(request)
        reponse["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    reponse["Referrer-Policy"] = "no-referrer"
    reponse["Cache-Control"] = "no-store"
    return reponse
