"""The form that was being typed when the session ended, given back to whoever typed it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillage.acteurs.saisies import TEMOIN
from maillage.acteurs.services import saisies as services
from maillage.socle.permissions import COMPTE, exige


@exige(COMPTE)
@require_GET
def saisie_gardee(request: HttpRequest) -> HttpResponse:
    saisie = services.relire(request.COOKIES.get(TEMOIN, ""))
    return render(request, "acteurs/saisie_gardee.html", {"saisie": saisie})


@exige(COMPTE)
@require_POST
def saisie_oubliee(request: HttpRequest) -> HttpResponse:
    services.oublier(request.COOKIES.get(TEMOIN, ""))
    messages.success(request, "La saisie est effacée.")
    reponse = redirect("accueil")
    reponse.delete_cookie(TEMOIN)
    return reponse
