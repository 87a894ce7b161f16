"""Disclosure control: which counts of a table may be shown. Pure.

A count of persons or facts is published only above the threshold, the parameter
``statistique.effectif_a_depasser``. Two marks stand for a number: ``SEUIL`` (« 5 ou moins »: from 1 to the
threshold) and ``SECRET`` (« non publié »: above the threshold, hidden because it would give back a small one
by subtraction from a total).

Choices. Zero is published as 0: it describes nobody, and a closed list shows all its lines. Totals are hidden
only when nothing else protects their parts. Everything published together must be protected together: tables
that share a total, or a stock and its flows, are given in one call, with every equality a reader may write.

What is proved of the outcome, for a reader who knows every equality and what each mark means:
no hidden count is a linear combination of published ones (exact, by elimination), and no small count can be
narrowed below three values by the bounds of the marks (by propagation of bounds along each equality).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
Egalite = Mapping[K, int]

#: A small count must keep at least that many possible values.
VALEURS_POSSIBLES: Final = 3
#: Bounds propagate at most this many times: they settle in two or three.
TOURS: Final = 30


class Mention(StrEnum):
    PUBLIE = "publie"
    SEUIL = "seuil"
    SECRET = "secret"


@dataclass(frozen=True, slots=True)
class Cellule:
    """A count as it may be shown. ``valeur`` is None for anything hidden: the number is not kept."""

    valeur: int | None
    mention: Mention = Mention.PUBLIE
    seuil: int = 0

    @property
    def publiee(self) -> bool:
        return self.valeur is not None

    @property
    def texte(self) -> str:
        """« 13 », « 5 ou moins » or « non publié »."""
        if self.valeur is not None:
            return f"{self.valeur:,}".replace(",", "\u00a0")
        return f"{self.seuil} ou moins" if self.mention is Mention.SEUIL else "non publié"


class EgaliteFausse(ValueError):
    """The counts do not verify an equality they were given with: a programming error."""


def somme(parties: Iterable[K], total: K) -> dict[K, int]:
    """The equality « the parts add up to the total »."""
    egalite = dict.fromkeys(parties, 1)
    egalite[total] = egalite.get(total, 0) - 1
    return egalite


def croise(
    lignes: Sequence[K], colonnes: Sequence[K], total: K
) -> tuple[dict[tuple[K, K], None], list[dict[tuple[K, K], int]]]:
    """Cells of a table with both margins, keyed (line, column), and every equality between them.

    ``total`` names the margin in both directions.
    """
    cellules = {(i, j): None for i in (*lignes, total) for j in (*colonnes, total)}
    egalites = [somme([(i, j) for j in colonnes], (i, total)) for i in (*lignes, total)]
    egalites += [somme([(i, j) for i in lignes], (total, j)) for j in (*colonnes, total)]
    return cellules, egalites


def proteger(
    valeurs: Mapping[K, int],
    egalites: Sequence[Egalite[K]] = (),
    *,
    seuil: int,
    totaux: Collection[K] = (),
    deja: Mapping[K, Cellule] | None = None,
) -> dict[K, Cellule]:
    """What may be shown of counts that are published together.

    ``egalites``: integer coefficients by key, whose weighted sum is zero. ``totaux`` are hidden last.
    ``deja``: counts published before (same keys as in ``valeurs``), whose mark cannot change any more.
    """
    if seuil < VALEURS_POSSIBLES:
        raise ValueError("Sous ce seuil, « n ou moins » se lirait comme un nombre exact.")
    for egalite in egalites:
        if sum(poids * valeurs[cle] for cle, poids in egalite.items()) != 0:
            raise EgaliteFausse(sorted(map(str, egalite)))
    coffre = _Coffre(dict(valeurs), [dict(e) for e in egalites], seuil, frozenset(totaux), dict(deja or {}))
    coffre.fermer()
    return {cle: coffre.cellule(cle) for cle in valeurs}


def devoilees(
    cellules: Mapping[K, Cellule], egalites: Sequence[Egalite[K]], *, etendue: int = VALEURS_POSSIBLES
) -> set[K]:
    """Hidden counts that a reader could give back: the attack, written once for the control and its tests."""
    systeme = [_reduire(egalite, cellules) for egalite in egalites]
    trouvees = _determinees([inconnues for inconnues, _ in systeme])
    bornes = _encadrer(cellules, systeme)
    for cle, (bas, haut) in bornes.items():
        petite = cellules[cle].mention is Mention.SEUIL
        if petite and haut is not None and haut - bas + 1 < etendue:
            trouvees.add(cle)
    return trouvees


@dataclass
class _Coffre(Generic[K]):
    """Marks under way: small counts first, then others until no attack succeeds."""

    valeurs: dict[K, int]
    egalites: list[dict[K, int]]
    seuil: int
    totaux: frozenset[K]
    deja: dict[K, Cellule]

    def __post_init__(self) -> None:
        self.mentions = {
            cle: Mention.SEUIL if 0 < valeur <= self.seuil else Mention.PUBLIE
            for cle, valeur in self.valeurs.items()
        }
        self.mentions |= {cle: cellule.mention for cle, cellule in self.deja.items()}

    def cellule(self, cle: K) -> Cellule:
        mention = self.mentions[cle]
        return Cellule(self.valeurs[cle] if mention is Mention.PUBLIE else None, mention, self.seuil)

    def fermer(self) -> None:
        while fautives := devoilees({cle: self.cellule(cle) for cle in self.valeurs}, self.egalites):
            autre = self._complement(fautives)
            if autre is None:
                # Nothing is left to hide beside them: not even the smallest mark may be read.
                self.mentions |= dict.fromkeys(set(self.mentions) - set(self.deja), Mention.SECRET)
                return
            self.mentions[autre] = Mention.SECRET

    def _complement(self, fautives: Collection[K]) -> K | None:
        """The least costly count to hide with them: a part before a total, the smallest first."""
        for egalites in (self._touchant(fautives), self.egalites):
            candidats = {cle for egalite in egalites for cle in egalite if self._peut_se_taire(cle)}
            if candidats:
                return min(candidats, key=lambda cle: (cle in self.totaux, self.valeurs[cle], str(cle)))
        return None

    def _touchant(self, fautives: Collection[K]) -> list[dict[K, int]]:
        """Equalities that hold one of them, or a hidden count linked to them."""
        return [egalite for egalite in self.egalites if any(cle in egalite for cle in fautives)]

    def _peut_se_taire(self, cle: K) -> bool:
        return (
            self.mentions[cle] is Mention.PUBLIE and self.valeurs[cle] > self.seuil and cle not in self.deja
        )


def _reduire(egalite: Egalite[K], cellules: Mapping[K, Cellule]) -> tuple[dict[K, int], int]:
    """The hidden part of an equality, and the constant the published part makes."""
    inconnues: dict[K, int] = {}
    constante = 0
    for cle, poids in egalite.items():
        valeur = cellules[cle].valeur
        if valeur is None:
            inconnues[cle] = poids
        else:
            constante += poids * valeur
    return inconnues, constante


def _determinees(lignes: Iterable[Mapping[K, int]]) -> set[K]:
    """Unknowns with one solution only: those alone in a row of the reduced echelon form."""
    reduites: dict[K, dict[K, Fraction]] = {}
    for brute in lignes:
        ligne = {cle: Fraction(poids) for cle, poids in brute.items() if poids}
        for pivot in [cle for cle in ligne if cle in reduites]:
            _retrancher(ligne, reduites[pivot], ligne[pivot])
        if not ligne:
            continue
        pivot = next(iter(ligne))
        tete = ligne[pivot]
        ligne = {cle: poids / tete for cle, poids in ligne.items()}
        for autre in reduites.values():
            if pivot in autre:
                _retrancher(autre, ligne, autre[pivot])
        reduites[pivot] = ligne
    return {pivot for pivot, ligne in reduites.items() if len(ligne) == 1}


def _retrancher(ligne: dict[K, Fraction], autre: Mapping[K, Fraction], facteur: Fraction) -> None:
    for cle, poids in autre.items():
        reste = ligne.get(cle, Fraction(0)) - facteur * poids
        if reste:
            ligne[cle] = reste
        else:
            ligne.pop(cle, None)


Bornes = tuple[int, int | None]


def _de_la_mention(cellule: Cellule) -> Bornes:
    """What the mark alone says: 1 to the threshold, or anything above it."""
    return (1, cellule.seuil) if cellule.mention is Mention.SEUIL else (cellule.seuil + 1, None)


def _encadrer(
    cellules: Mapping[K, Cellule], systeme: Sequence[tuple[Mapping[K, int], int]]
) -> dict[K, Bornes]:
    """Bounds of each hidden count once every equality has been used in turn."""
    bornes = {cle: _de_la_mention(c) for cle, c in cellules.items() if c.valeur is None}
    for _ in range(TOURS):
        avant = dict(bornes)
        for inconnues, constante in systeme:
            for cle in inconnues:
                bornes[cle] = _resserrer(cle, inconnues, constante, bornes)
        if bornes == avant:
            break
    return bornes


def _resserrer(cle: K, inconnues: Mapping[K, int], constante: int, bornes: Mapping[K, Bornes]) -> Bornes:
    """Bounds of one unknown of ``sum(weight × unknown) + constant = 0``."""
    bas: Fraction | None = Fraction(-constante)
    haut: Fraction | None = Fraction(-constante)
    for autre, poids in inconnues.items():
        if autre == cle:
            continue
        minimum, maximum = bornes[autre]
        petit, grand = (minimum, maximum) if poids > 0 else (maximum, minimum)
        haut = None if haut is None or petit is None else haut - poids * petit
        bas = None if bas is None or grand is None else bas - poids * grand
    poids = inconnues[cle]
    if poids < 0:
        bas, haut = haut, bas
    bas_avant, haut_avant = bornes[cle]
    bas_neuf = bas_avant if bas is None else max(bas_avant, -int(-(bas / poids) // 1))
    if haut is None:
        return bas_neuf, haut_avant
    plafond = int((haut / poids) // 1)
    return bas_neuf, plafond if haut_avant is None else min(haut_avant, plafond)
