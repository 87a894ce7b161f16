"""The report as a spreadsheet for free office suites: one sheet a table, a hidden count is a text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from odfdo import Cell, Document, Row, Table

from maillage.pilotage.bilan import Bilan, Chiffre, Ligne, Tableau
from maillage.socle.diffusion import Cellule
from maillage.socle.tableur import sans_formule

MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
#: A sheet's name: these signs are refused, and the length is bounded by other suites.
INTERDITS: Final = str.maketrans("", "", "[]*?:/\\'")
LONGUEUR: Final = 31


def ods(bilan: Bilan) -> bytes:
    """The whole report. Sheets in the order of the page: figures, tables, legal frame, definitions."""
    document = Document("spreadsheet")
    document.body.clear()
    document.meta.title = f"{bilan.titre}, {bilan.nom}"
    document.meta.language = "fr-FR"
    for feuille in (
        _presentation(bilan),
        _chiffres(bilan),
        *(_tableau(tableau) for tableau in bilan.tableaux),
        _cadre(bilan),
    ):
        document.body.append(feuille)
    sortie = BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _feuille(nom: str, lignes: Sequence[Sequence[object]]) -> Table:
    feuille = Table(nom.translate(INTERDITS)[:LONGUEUR])
    for valeurs in lignes:
        ligne = Row()
        for valeur in valeurs:
            ligne.append_cell(_case(valeur))
        feuille.append_row(ligne)
    return feuille


def _case(valeur: object) -> Cell:
    """A number stays a number; a mark is a text, so that no formula can use it as zero."""
    if isinstance(valeur, Cellule):
        return _case(valeur.valeur if valeur.valeur is not None else valeur.texte)
    return Cell(valeur if isinstance(valeur, int) else sans_formule(str(valeur)))


def _presentation(bilan: Bilan) -> Table:
    etat = "provisoire, année en cours" if bilan.provisoire else "année complète"
    lignes: list[Sequence[object]] = [
        [bilan.titre],
        [bilan.nom],
        [bilan.territoire],
        [f"Calculé le {bilan.calcule_le:%d/%m/%Y} ({etat})"],
        *[[texte] for texte in bilan.avertissements],
    ]
    return _feuille("Présentation", lignes)


def _chiffres(bilan: Bilan) -> Table:
    entete: list[object] = ["Chiffre", str(bilan.annee - 1), str(bilan.annee), "Unité", "Définition"]
    return _feuille("Chiffres", [entete, *map(_ligne_de_chiffre, (*bilan.chiffres, *bilan.delais))])


def _ligne_de_chiffre(chiffre: Chiffre) -> list[object]:
    return [chiffre.libelle, chiffre.precedent, chiffre.valeur, chiffre.unite, chiffre.definition]


def _ligne(ligne: Ligne) -> list[object]:
    return [ligne.libelle, *ligne.cellules]


def _tableau(tableau: Tableau) -> Table:
    lignes: list[Sequence[object]] = [[tableau.entete, *tableau.colonnes], *map(_ligne, tableau.lignes)]
    if tableau.total:
        lignes.append(_ligne(tableau.total))
    if tableau.note:
        lignes.append([tableau.note])
    return _feuille(tableau.titre, lignes)


def _cadre(bilan: Bilan) -> Table:
    lignes: list[Sequence[object]] = [
        [o.libelle, o.etat_libelle, o.detail, o.base_legale] for o in bilan.obligations
    ]
    return _feuille("Cadre légal", [["Obligation", "État", "Détail", "Base légale"], *lignes])
