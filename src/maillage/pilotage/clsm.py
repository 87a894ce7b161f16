"""What goes each year to the mental health council (CLSM) and to the regional agency (ARS): fiche 6.

Taken from the report of the council, once protected: this page can never show what the report hides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from maillage.pilotage.bilan import Bilan, Tableau
from maillage.strategie.api import Siege, sieges_suggeres

#: The seats the strategy suggests, and the theme of the groupe that links the two councils.
THEME: Final = "groupe_sante_mentale"
STRUCTURES, RAISONS = "besoins_structure", "besoins_raison"
MODELE: Final = "remontee_sante_mentale"
AUCUN: Final = ("Aucun besoin noté", "–", "–")


@dataclass(frozen=True, slots=True)
class Remontee:
    """Needs of care left unmet, by structure and by reason; None where none was noted in the two years."""

    bilan: Bilan
    structures: Tableau | None
    raisons: Tableau | None
    sieges: tuple[Siege, ...]


def remontee(bilan: Bilan, le: date) -> Remontee:
    """The part of a report that the CLSM and the ARS receive."""
    tableaux = {tableau.code: tableau for tableau in bilan.tableaux}
    return Remontee(bilan, tableaux.get(STRUCTURES), tableaux.get(RAISONS), sieges_suggeres(THEME, le))


def champs(lue: Remontee) -> Mapping[str, Any]:
    """The fields of the document."""
    return {
        "conseil": lue.bilan.nom,
        "annee": str(lue.bilan.annee),
        "jour": lue.bilan.calcule_le,
        "structures": _lignes(lue.structures),
        "raisons": _lignes(lue.raisons),
        "seuil": str(lue.bilan.seuil),
        "sieges": [siege.acteur.nom(lue.bilan.calcule_le) for siege in lue.sieges],
    }


def _lignes(tableau: Tableau | None) -> list[tuple[str, ...]]:
    if tableau is None:
        return [AUCUN]
    lignes = [*tableau.lignes, *([tableau.total] if tableau.total else [])]
    return [(ligne.libelle, *(cellule.texte for cellule in ligne.cellules)) for ligne in lignes]
