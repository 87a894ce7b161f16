"""Answers to what no view could answer: each says what happened and what to do next."""

import sys

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template

from maillage.acteurs.api import a_garder, garder_la_saisie, poser_le_temoin
from maillage.projet import pannes


def requete_incomprise(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def interdit(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def panne(request: HttpRequest) -> HttpResponse:
    """After a failure, the page asks nothing of the database, and says when the database is at fault.

    Called while the error is being handled, as Django's handler of uncaught exceptions does.
    """
    if (connue := pannes.reconnaitre(sys.exc_info()[1])) is not None:
        return pannes.page(request, connue)
    return HttpResponse(get_template("500.html").render(), status=500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened in another session, or from elsewhere: nothing was written.

    Typed in a page of ours by whoever is signed in now, it is kept for them; from elsewhere, never.
    """
    de_chez_nous = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if request.user.is_authenticated and de_chez_nous and a_garder(request):
        temoin = garder_la_saisie(request)
        if temoin is not None:
            messages.info(request, "Ce formulaire avait été ouvert dans une session précédente.")
            reponse = redirect("acteurs:saisie_gardee")
            poser_le_temoin(reponse, temoin)
            return reponse
    return render(request, "403_formulaire_perime.html", status=403)
