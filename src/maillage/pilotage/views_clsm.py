"""Page and file of what the CLSM and the ARS receive: numbers, never a person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.documents.api import (
    FORMATS,
    adaptation_composee,
    adaptation_en_vigueur,
    composer,
    envoyer_fichier,
    modele,
)
from maillage.instances.api import Conseil, Formation
from maillage.interface.navigation import Lien
from maillage.pilotage import calcul
from maillage.pilotage.clsm import MODELE, THEME, Remontee, champs, remontee
from maillage.pilotage.perms import BILAN_VOIR
from maillage.pilotage.selectors import conseil_lisible
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

ANNEES_PROPOSEES = 4


def _lire(public_id: UUID, annee: int | None) -> tuple[Conseil, Remontee]:
    conseil = conseil_lisible(public_id)
    jour = aujourd_hui(calcul.fuseau_de(conseil))
    try:
        bilan = calcul.bilan_de_conseil(conseil, annee or jour.year)
    except calcul.AnneeImpossibleError as hors:
        raise Introuvable(public_id) from hors
    return conseil, remontee(bilan, jour)


@exige(BILAN_VOIR)
@require_GET
def page(request: HttpRequest, public_id: UUID, annee: int | None = None) -> HttpResponse:
    conseil, lue = _lire(public_id, annee)
    bilan = lue.bilan
    groupes = Formation.objects.filter(conseil=conseil, theme=THEME, dissoute_le__isnull=True)
    premiere = max(bilan.calcule_le.year - ANNEES_PROPOSEES, calcul.PREMIERE_ANNEE - 1)
    contexte = {
        "bilan": bilan,
        "conseil": conseil,
        "tableaux": [tableau for tableau in (lue.structures, lue.raisons) if tableau is not None],
        "sieges": [
            (
                siege.acteur.nom(bilan.calcule_le),
                ", ".join(f"fiche {numero}" for numero in siege.fiches) or siege.source or "",
            )
            for siege in lue.sieges
        ],
        "groupes": list(groupes.order_by("nom")),
        "annees": [
            Lien(str(an), reverse("pilotage:clsm_annee", args=[public_id, an]))
            for an in range(bilan.calcule_le.year, premiere, -1)
        ],
        "fichiers": [
            (reverse("pilotage:clsm_fichier", args=[public_id, bilan.annee, code]), format_.libelle)
            for code, format_ in FORMATS.items()
        ],
        "fil": [
            Lien("Tableau de bord", reverse("pilotage:tableau_de_bord")),
            Lien(bilan.nom, reverse("pilotage:bilan_annee", args=[public_id, bilan.annee])),
            Lien("Santé mentale"),
        ],
    }
    return render(request, "pilotage/clsm.html", contexte)


@exige(BILAN_VOIR)
@require_GET
def fichier(request: HttpRequest, public_id: UUID, annee: int, format_: str) -> HttpResponse:
    """The document to send, in the letterhead of the council; who made it is journalled."""
    conseil, lue = _lire(public_id, annee)
    jour = lue.bilan.calcule_le
    document = composer(
        modele(MODELE, jour),
        champs(lue),
        adaptation=adaptation_composee(adaptation_en_vigueur(conseil, MODELE, jour)),
        entete=(conseil.nom,),
    )
    reponse = envoyer_fichier(document, format_, f"besoins-de-soin-{annee}")
    journaliser("remontee_exportee", objet=conseil.public_id, details={"annee": annee, "format": format_})
    return reponse
