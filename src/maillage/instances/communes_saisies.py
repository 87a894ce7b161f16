"""Communes typed in one line, by name or by code: each is found once, or the doubt is told."""

import re
from dataclasses import dataclass

from maillage.territoires.api import Resultat, rechercher

#: How many readings of a doubtful name the message gives.
PROPOSEES = 4
_CODES = re.compile(r"\s*(\d[\dAB]\d{3}\s+)+\d[\dAB]\d{3}\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CommunesLues:
    """INSEE codes in the order typed, and one sentence for each entry that names none, or several."""

    codes: tuple[str, ...]
    fautes: tuple[str, ...]


def lire_communes(texte: str) -> CommunesLues:
    """Read a list separated by commas, semicolons or lines; codes alone may be separated by spaces."""
    codes: dict[str, None] = {}
    fautes = []
    for saisie in _morceaux(texte):
        trouvees = rechercher(saisie, PROPOSEES + 1)
        exactes = _exactes(trouvees)
        if len(exactes) == 1:
            codes[exactes[0].commune.code] = None
        else:
            fautes.append(_faute(saisie, exactes or trouvees, exactes=bool(exactes)))
    return CommunesLues(tuple(codes), tuple(fautes))


def _morceaux(texte: str) -> list[str]:
    morceaux: list[str] = []
    for morceau in re.split(r"[,;\n]+", texte):
        morceaux += morceau.split() if _CODES.fullmatch(morceau) else [morceau.strip()]
    return [morceau for morceau in morceaux if morceau]


def _exactes(resultats: list[Resultat]) -> list[Resultat]:
    """Those that bear that very name or code today; else, those that bore it before a merger."""
    exactes = [resultat for resultat in resultats if resultat.exact]
    return [resultat for resultat in exactes if not resultat.ancien] or exactes


def _faute(saisie: str, trouvees: list[Resultat], *, exactes: bool) -> str:
    if not trouvees:
        return f"Aucune commune ne correspond à « {saisie} »."
    noms = ", ".join(f"{r.commune.nom} ({r.commune.code})" for r in trouvees[:PROPOSEES])
    suite = "…" if len(trouvees) > PROPOSEES else ""
    if exactes:
        return f"« {saisie} » désigne plusieurs communes : {noms}{suite}. Écrivez le nom et le code voulus."
    return f"« {saisie} » n’est le nom exact d’aucune commune. Peut-être : {noms}{suite}."
