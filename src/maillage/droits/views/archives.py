"""The openings of archives, for the coordination and the president of each groupe."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maillage.droits.archives import ouvertures, surveilles
from maillage.droits.perms import ARCHIVES_VOIR
from maillage.interface.navigation import Lien
from maillage.situations.views.presentation import lecteurs_des_groupes
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige

COLONNES = ("Le", "Situation", "Groupe", "Motif", "Ouverte par")


@exige(ARCHIVES_VOIR)
@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """Who opened which closed file, and why. A number, never a name."""
    groupes = surveilles()
    vues = ouvertures(groupes)
    journaliser("archives_vues", details={"nombre": len(vues)})
    contexte = {
        "vues": vues,
        "surveille": bool(groupes),
        "colonnes": COLONNES,
        "fil": (Lien("Ouvertures d’archives"),),
        **lecteurs_des_groupes(groupes),
    }
    return render(request, "droits/archives.html", contexte)
