"""The report as a tagged PDF: figures, tables, legal frame, definitions. A chart repeats its table: paper
keeps the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from maillage.interface.typographie import date_longue, espaces
from maillage.pilotage.bilan import Bilan, Chiffre, en_json
from maillage.pilotage.figures import ecart
from maillage.socle.documents import POLICE, pdf

MIME: Final = "application/pdf"
MODELE: Final = Path(__file__).parent.parent / "modeles" / "bilan.typ"


def document(bilan: Bilan) -> bytes:
    """The bytes of the PDF/UA-1."""
    contenu = en_json(bilan)
    contenu |= {
        "police": POLICE,
        "titre": bilan.titre,
        "calcule_le": date_longue(bilan.calcule_le),
        "chiffres": [_chiffre(chiffre, bilan.annee) for chiffre in bilan.chiffres],
        "delais": [_chiffre(chiffre, bilan.annee) for chiffre in bilan.delais],
        "obligations": [
            {
                "libelle": obligation.libelle,
                "etat": obligation.etat_libelle,
                "detail": espaces(obligation.detail),
                "base_legale": espaces(obligation.base_legale),
            }
            for obligation in bilan.obligations
        ],
        "avertissements": [espaces(texte) for texte in bilan.avertissements],
    }
    return pdf(MODELE, contenu)


def _chiffre(chiffre: Chiffre, annee: int) -> dict[str, str]:
    return {
        "libelle": espaces(chiffre.libelle),
        "annee": chiffre.valeur.texte,
        "precedent": chiffre.precedent.texte,
        "unite": chiffre.unite,
        "ecart": ecart(chiffre, annee - 1),
        "definition": espaces(chiffre.definition),
    }
