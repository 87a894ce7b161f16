"""The front door, and the probe that says the service is up."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from maillage.socle.permissions import PUBLIQUE, exige


@exige(PUBLIQUE)
def accueil(request: HttpRequest) -> HttpResponse:
    """The front door for visitors; who is signed in goes straight to their day."""
    if request.user.is_authenticated:
        return redirect("pilotage:journee")
    return render(request, "maillage/accueil.html")


@exige(PUBLIQUE)
def sante(request: HttpRequest) -> HttpResponse:
    """200 when the database answers. Says nothing else."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
