"""A form is not lost because a session ended: kept by the request that fails, given back after sign-in."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from maillage.acteurs.services import saisies

TEMOIN: Final = "maillage_saisie"
#: Fields that hold nothing somebody typed.
TECHNIQUES: Final = frozenset({"csrfmiddlewaretoken", "jeton", "version", "suite", "reprise"})
#: A form with one of these is never kept, whoever sends it.
SECRETS: Final = frozenset({"mot_de_passe", "nouveau", "encore", "actuel", "code", "secours", "reponse"})


def a_garder(request: HttpRequest) -> bool:
    """Whether this request is a form somebody typed, sent by a page of ours they were looking at."""
    if request.method != "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    noms = frozenset(request.POST)
    return bool(noms - TECHNIQUES) and not noms & SECRETS


def garder(request: HttpRequest) -> str | None:
    """Keep the form of this request for the current actor; returns the value of its cookie."""
    champs = [
        (nom, valeur)
        for nom, valeurs in request.POST.lists()
        if nom != "csrfmiddlewaretoken"
        for valeur in valeurs
    ]
    return saisies.garder(chemin=request.path, champs=[(nom, str(valeur)) for nom, valeur in champs])


def mener_a(etape: str, temoin: str) -> HttpResponse:
    """Lead to ``etape`` (a URL name), then to the page that gives the form back."""
    suite = urlencode({"suite": reverse("acteurs:saisie_gardee")})
    reponse = redirect(f"{reverse(etape)}?{suite}")
    poser_le_temoin(reponse, temoin)
    return reponse


def poser_le_temoin(reponse: HttpResponse, temoin: str) -> None:
    """The key travels in a cookie no script reads, for as long as the form is kept."""
    reponse.set_cookie(
        TEMOIN,
        temoin,
        max_age=int(saisies.duree().total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
