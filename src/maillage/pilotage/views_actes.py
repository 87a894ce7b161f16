"""The mayor's acts in figures, a year at a time, for the council and the parquet. Nobody is named.

Everything comes from the annual report, already protected: this page can tell nothing more than it does.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.instances.api import fuseau_de_l_acteur
from maillage.interface.navigation import Lien
from maillage.pilotage import calcul
from maillage.pilotage.actes import ACTES, DELAIS_DES_ACTES
from maillage.pilotage.bilan import Bilan
from maillage.pilotage.familles import DE_FAMILLES, DELAI_DES_AUDITIONS
from maillage.pilotage.figures import ecart, figures
from maillage.pilotage.perms import BILAN_VOIR
from maillage.pilotage.selectors import conseil_lisible, conseils_lisibles
from maillage.pilotage.sommes import MESURES
from maillage.socle.journal import journaliser
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

ANNEES_PROPOSEES = 4
TABLEAUX = frozenset(ligne[0] for ligne in (*ACTES, *DE_FAMILLES))
DELAIS = frozenset(ligne[0] for ligne in (*DELAIS_DES_ACTES, DELAI_DES_AUDITIONS))
SOMMES = frozenset(mesure.code for mesure in MESURES)


@exige(BILAN_VOIR)
@require_GET
def conseils(request: HttpRequest) -> HttpResponse:
    """To the only council, or to the choice of one."""
    lisibles = list(conseils_lisibles().order_by("nom", "pk"))
    if len(lisibles) == 1:
        return redirect("pilotage:actes_conseil", lisibles[0].public_id)
    contexte = {
        "conseils": [
            (conseil, reverse("pilotage:actes_conseil", args=[conseil.public_id])) for conseil in lisibles
        ],
        "annee": aujourd_hui(fuseau_de_l_acteur()).year,
    }
    return render(request, "pilotage/actes_conseils.html", contexte)


def _lire(public_id: UUID, annee: int | None) -> Bilan:
    conseil = conseil_lisible(public_id)
    try:
        return calcul.bilan_de_conseil(conseil, annee or aujourd_hui(calcul.fuseau_de(conseil)).year)
    except calcul.AnneeImpossibleError as hors:
        raise Introuvable(public_id) from hors


@exige(BILAN_VOIR)
@require_GET
def page(request: HttpRequest, public_id: UUID, annee: int | None = None) -> HttpResponse:
    """Rappels, settlements, venues, notices of the year: pictures, each with its table, sums and delays."""
    bilan = _lire(public_id, annee)
    journaliser("chiffres_des_actes_lus", details={"code": bilan.code, "annee": bilan.annee})
    dessins = figures(bilan)
    tableaux = [tableau for tableau in bilan.tableaux if tableau.code in TABLEAUX]
    simples = [tableau for tableau in tableaux if tableau.code not in dessins]
    premiere = max(bilan.calcule_le.year - ANNEES_PROPOSEES, calcul.PREMIERE_ANNEE - 1)
    contexte = {
        "bilan": bilan,
        "sommes": [(c, ecart(c, bilan.annee - 1)) for c in bilan.chiffres if c.code in SOMMES],
        "delais": [(c, ecart(c, bilan.annee - 1)) for c in bilan.delais if c.code in DELAIS],
        "figures": [(tableau, dessins[tableau.code]) for tableau in tableaux if tableau.code in dessins],
        "cotes": (simples[::2], simples[1::2]),
        "vide": not tableaux,
        "annees": [
            Lien(str(an), reverse("pilotage:actes_annee", args=[public_id, an]))
            for an in range(bilan.calcule_le.year, premiere, -1)
        ],
        "avertissement": calcul.secret(bilan.seuil),
        "fil": [
            Lien("Bilan annuel", reverse("pilotage:bilan_annee", args=[public_id, bilan.annee])),
            Lien("Actes du maire en chiffres"),
        ],
    }
    return render(request, "pilotage/actes.html", contexte)
