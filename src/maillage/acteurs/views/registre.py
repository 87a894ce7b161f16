"""« Qui peut quoi »: the registry of permissions, as it is enforced, read by function and by permission."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillage.acteurs.familles import FAMILLES, Famille
from maillage.acteurs.fonctions import FONCTIONS
from maillage.acteurs.perms import REGISTRE_VOIR
from maillage.socle.permissions import Permission, exige, toutes


@dataclass(frozen=True, slots=True)
class LigneDeFonction:
    """A function and what it opens beyond what anyone signed in has."""

    code: str
    libelle: str
    permissions: tuple[Permission, ...]


@exige(REGISTRE_VOIR)
@require_GET
def registre(request: HttpRequest) -> HttpResponse:
    """Read from the registry itself: what is shown is what the middleware judges by."""
    permissions = toutes()
    lignes = [
        {
            "permission": permission,
            "fonctions": [f.libelle() for code, f in FONCTIONS.items() if code in permission.fonctions],
        }
        for permission in permissions
    ]
    contexte = {
        "lignes": lignes,
        "communes": [permission for permission in permissions if permission.tout_compte],
        "familles": [(famille, _fonctions(famille, permissions)) for famille in FAMILLES],
    }
    return render(request, "acteurs/registre.html", contexte)


def _fonctions(famille: Famille, permissions: list[Permission]) -> list[LigneDeFonction]:
    return [
        LigneDeFonction(
            code,
            FONCTIONS[code].libelle(),
            tuple(permission for permission in permissions if code in permission.fonctions),
        )
        for code in famille.fonctions
    ]
