"""The annual report, frozen: the page, the PDF, the JSON and the ODS are made from this value and no other.

It holds what may be shown and nothing else: a hidden count has no number here, so no output can leak one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from maillage.socle.diffusion import Cellule


class Niveau(StrEnum):
    INSTANCE = "instance"
    DEPARTEMENT = "departement"
    NATIONAL = "national"


class EtatObligation(StrEnum):
    FAIT = "fait"
    A_FAIRE = "a_faire"
    MANQUE = "manque"
    SANS_OBJET = "sans_objet"


LIBELLES_ETAT = {
    EtatObligation.FAIT: "fait",
    EtatObligation.A_FAIRE: "à faire avant la fin de l’année",
    EtatObligation.MANQUE: "non fait",
    EtatObligation.SANS_OBJET: "sans objet",
}


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure and the same one a year before. ``definition`` says exactly what is counted."""

    code: str
    libelle: str
    valeur: Cellule
    precedent: Cellule
    definition: str
    unite: str = ""

    @property
    def difference(self) -> int | None:
        """This year's figure less last year's, where both are shown."""
        if self.valeur.valeur is None or self.precedent.valeur is None:
            return None
        return self.valeur.valeur - self.precedent.valeur

    @property
    def sens(self) -> str:
        """hausse, baisse, stable, or nothing: more is not worse."""
        ecart = self.difference
        if ecart is None:
            return ""
        return "stable" if ecart == 0 else ("hausse" if ecart > 0 else "baisse")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a table, its counts in the order of the columns."""

    code: str
    libelle: str
    cellules: tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """Counts by category. ``colonnes`` are years, or the categories of a crossed table."""

    code: str
    titre: str
    entete: str
    colonnes: tuple[str, ...]
    lignes: tuple[Ligne, ...]
    total: Ligne | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Obligation:
    """What the law or the charter asks of the council, and where it stands."""

    code: str
    libelle: str
    etat: EtatObligation
    detail: str
    base_legale: str = ""

    @property
    def etat_libelle(self) -> str:
        return LIBELLES_ETAT[self.etat]


@dataclass(frozen=True, slots=True)
class Bilan:
    """``provisoire``: the year is not over. ``calcule_le`` is the day of reading, in the territory."""

    niveau: Niveau
    code: str
    nom: str
    territoire: str
    annee: int
    calcule_le: date
    provisoire: bool
    seuil: int
    chiffres: tuple[Chiffre, ...]
    delais: tuple[Chiffre, ...]
    tableaux: tuple[Tableau, ...]
    obligations: tuple[Obligation, ...]
    avertissements: tuple[str, ...]

    @property
    def titre(self) -> str:
        return f"Bilan annuel {self.annee}"

    def tableau(self, code: str) -> Tableau:
        """The table of that code. Raises ``LookupError``."""
        for tableau in self.tableaux:
            if tableau.code == code:
                return tableau
        raise LookupError(code)

    def chiffre(self, code: str) -> Chiffre:
        """The figure or the delay of that code. Raises ``LookupError``."""
        for chiffre in (*self.chiffres, *self.delais):
            if chiffre.code == code:
                return chiffre
        raise LookupError(code)


def en_json(bilan: Bilan) -> dict[str, Any]:
    """The report as JSON values: a hidden count is null, its mark says why."""
    return {
        "niveau": bilan.niveau.value,
        "code": bilan.code,
        "nom": bilan.nom,
        "territoire": bilan.territoire,
        "annee": bilan.annee,
        "calcule_le": bilan.calcule_le.isoformat(),
        "provisoire": bilan.provisoire,
        "effectif_a_depasser": bilan.seuil,
        "chiffres": [_chiffre(chiffre) for chiffre in bilan.chiffres],
        "delais": [_chiffre(delai) for delai in bilan.delais],
        "tableaux": [_tableau(tableau) for tableau in bilan.tableaux],
        "obligations": [
            {
                "code": obligation.code,
                "libelle": obligation.libelle,
                "etat": obligation.etat.value,
                "detail": obligation.detail,
                "base_legale": obligation.base_legale,
            }
            for obligation in bilan.obligations
        ],
        "avertissements": list(bilan.avertissements),
    }


def _cellule(cellule: Cellule) -> dict[str, Any]:
    return {"valeur": cellule.valeur, "mention": cellule.mention.value, "texte": cellule.texte}


def _chiffre(chiffre: Chiffre) -> dict[str, Any]:
    return {
        "code": chiffre.code,
        "libelle": chiffre.libelle,
        "annee": _cellule(chiffre.valeur),
        "annee_precedente": _cellule(chiffre.precedent),
        "unite": chiffre.unite,
        "definition": chiffre.definition,
    }


def _ligne(ligne: Ligne) -> dict[str, Any]:
    return {
        "code": ligne.code,
        "libelle": ligne.libelle,
        "valeurs": [_cellule(cellule) for cellule in ligne.cellules],
    }


def _tableau(tableau: Tableau) -> dict[str, Any]:
    return {
        "code": tableau.code,
        "titre": tableau.titre,
        "entete": tableau.entete,
        "colonnes": list(tableau.colonnes),
        "lignes": [_ligne(ligne) for ligne in tableau.lignes],
        "total": _ligne(tableau.total) if tableau.total else None,
        "note": tableau.note,
    }
