"""« Qui peut quoi »: the registry of permissions, as it is enforced."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillage.acteurs.fonctions import FONCTIONS
from maillage.acteurs.perms import REGISTRE_VOIR
from maillage.socle.permissions import exige, toutes


@exige(REGISTRE_VOIR)
@require_GET
def registre(request: HttpRequest) -> HttpResponse:
    """Read from the registry itself: what is shown is what the middleware judges by."""
    lignes = [
        {
            "permission": permission,
            "fonctions": [f.libelle() for code, f in FONCTIONS.items() if code in permission.fonctions],
        }
        for permission in toutes()
    ]
    return render(request, "acteurs/registre.html", {"lignes": lignes})
