"""Disclosure control: which counts of a table may be shown. Pure.

A count of persons or facts is published only above the threshold, the parameter
``statistique.effectif_a_depasser``. Two marks stand for a number: ``SEUIL`` (« 5 ou moins »: from 1 to the
threshold) and ``SECRET`` (« non publié »: any number, hidden because it would give back a small one).

Choices. Zero is published as 0: it describes nobody, and a closed list shows all its lines. Totals are hidden
only when no part protects the others. « 5 ou moins » becomes « non publié » where the first would say too
much: five lines of 1 under a total of 5. Everything published together must be protected together: tables
that share a total, or a stock and its flows, are given in one call, with every equality a reader may write.

What is proved of the outcome, for a reader who knows every equality and what each mark means, and who guesses
that a « non publié » above the threshold is above it: no hidden count is a linear combination of published
ones (exact, by elimination), and no small count can be narrowed below three values by the bounds of the marks
(by propagation of bounds along each equality).
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
    return dict(coffre.vues)


def devoilees(
    valeurs: Mapping[K, int], cellules: Mapping[K, Cellule], egalites: Sequence[Egalite[K]]
) -> set[K]:
    """Small counts that a reader could give back.

    The attack, written once for the control and for its tests. ``valeurs`` only tell which of the hidden
    counts are small, and where a bound may be guessed.
    """
    bornes = {cle: _bornes(c, valeurs[cle]) for cle, c in cellules.items() if c.valeur is None}
    petites = {cle for cle in bornes if 0 < valeurs[cle] <= cellules[cle].seuil}
    if not petites:
        return set()
    systeme = [_reduire(egalite, cellules) for egalite in egalites]
    trouvees = _determinees([inconnues for inconnues, _ in systeme]) & petites
    return trouvees | _encadrees(bornes, petites, systeme)


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
        self.vues = {cle: self.cellule(cle) for cle in self.valeurs}
        self.tenants: dict[K, list[int]] = {cle: [] for cle in self.valeurs}
        for rang, egalite in enumerate(self.egalites):
            for cle in egalite:
                self.tenants[cle].append(rang)

    def cellule(self, cle: K) -> Cellule:
        mention = self.mentions[cle]
        return Cellule(self.valeurs[cle] if mention is Mention.PUBLIE else None, mention, self.seuil)

    def fermer(self) -> None:
        """Hide what must be, then show again what hiding does not keep."""
        while fautives := self._attaquer():
            if not self._taire_avec(fautives):
                # Nothing is left to hide beside them: no mark of this call may say anything.
                libres = [cle for cle in self.valeurs if cle not in self.deja]
                self._marquer(dict.fromkeys(libres, Mention.SECRET))
                return
        self._rendre()

    def _marquer(self, mentions: Mapping[K, Mention]) -> None:
        self.mentions |= mentions
        self.vues |= {cle: self.cellule(cle) for cle in mentions}

    def _attaquer(self) -> set[K]:
        return devoilees(self.valeurs, self.vues, self.egalites)

    def _rendre(self) -> None:
        """A count that is not small and that published ones give anyway is shown: its mark hid nothing."""
        connues = _determinees([_reduire(egalite, self.vues)[0] for egalite in self.egalites])
        inutiles = [
            cle for cle in connues if cle not in self.deja and not 0 < self.valeurs[cle] <= self.seuil
        ]
        avant = {cle: self.mentions[cle] for cle in inutiles}
        self._marquer(dict.fromkeys(inutiles, Mention.PUBLIE))
        if inutiles and self._attaquer():
            self._marquer(avant)

    def _taire_avec(self, fautives: Collection[K]) -> bool:
        """Hide one more count for each fault, unless the one just hidden stands in the same equality."""
        touchees: set[K] = set()
        for fautive in sorted(fautives, key=str):
            if fautive in touchees:
                continue
            autre = self._complement(fautive)
            if autre is not None:
                self._marquer({autre: Mention.SECRET})
                touchees.update(cle for rang in self.tenants[autre] for cle in self.egalites[rang])
        return bool(touchees)

    def _complement(self, fautive: K) -> K | None:
        """The least costly count to hide, in the nearest equalities where one can be hidden.

        From the count to the equalities that hold it, then through their hidden counts to others.
        """
        atteintes: set[K] = {fautive}
        vues: set[int] = set()
        while nouvelles := {rang for cle in atteintes for rang in self.tenants[cle]} - vues:
            vues |= nouvelles
            voisines = {cle for rang in nouvelles for cle in self.egalites[rang]}
            candidates = [cle for cle in voisines if self._peut_se_taire(cle)]
            if candidates:
                return min(candidates, key=self._cout)
            atteintes = {cle for cle in voisines if self.mentions[cle] is not Mention.PUBLIE}
        return None

    def _peut_se_taire(self, cle: K) -> bool:
        return self.mentions[cle] is not Mention.SECRET and cle not in self.deja

    def _cout(self, cle: K) -> tuple[bool, bool, int, bool, int, str]:
        """A large count before the mark of a small one, and a zero last; then the one other equalities
        give back least; a part before a total (the reverse for a mark); the smallest.
        """
        petite = self.mentions[cle] is Mention.SEUIL
        total = cle in self.totaux
        return (
            self.valeurs[cle] == 0,
            petite,
            self._seule(cle),
            total is not petite,
            self.valeurs[cle],
            str(cle),
        )

    def _seule(self, cle: K) -> int:
        """In how many equalities it would be the only hidden count: each would give it back."""
        return sum(
            all(autre == cle or self.mentions[autre] is Mention.PUBLIE for autre in self.egalites[rang])
            for rang in self.tenants[cle]
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


Nombre = int | Fraction


def _determinees(lignes: Iterable[Mapping[K, int]]) -> set[K]:
    """Unknowns with one solution only: those alone in a row of the reduced echelon form.

    Weights are nearly always 1 or −1, so that rows stay in whole numbers. Neither the order of the rows nor
    which unknown leads each changes the outcome: the shortest rows and the rarest unknowns spread the least.
    """
    reduites: dict[K, dict[K, Nombre]] = {}
    presence: dict[K, set[K]] = {}
    brutes = [{cle: poids for cle, poids in ligne.items() if poids} for ligne in lignes]
    for brute in sorted(brutes, key=len):
        ligne: dict[K, Nombre] = dict(brute)
        for pivot in [cle for cle in ligne if cle in reduites]:
            _retrancher(ligne, reduites[pivot], ligne[pivot])
        if not ligne:
            continue
        candidats = [cle for cle, poids in ligne.items() if abs(poids) == 1] or list(ligne)
        pivot = min(candidats, key=lambda cle: len(presence.get(cle, ())))
        tete = ligne[pivot]
        if tete != 1:
            ligne = {cle: -poids if tete == -1 else Fraction(poids) / tete for cle, poids in ligne.items()}
        for autre in list(presence.get(pivot, ())):
            _retrancher(reduites[autre], ligne, reduites[autre][pivot])
            _situer(autre, reduites[autre], ligne, presence)
        reduites[pivot] = ligne
        _situer(pivot, ligne, ligne, presence)
    return {pivot for pivot, ligne in reduites.items() if len(ligne) == 1}


def _retrancher(ligne: dict[K, Nombre], autre: Mapping[K, Nombre], facteur: Nombre) -> None:
    for cle, poids in autre.items():
        reste = ligne.get(cle, 0) - facteur * poids
        if reste:
            ligne[cle] = reste
        else:
            ligne.pop(cle, None)


def _situer(pivot: K, ligne: Mapping[K, Nombre], changees: Iterable[K], presence: dict[K, set[K]]) -> None:
    """Keep, for each unknown, the rows it stands in."""
    for cle in list(changees):
        if cle in ligne:
            presence.setdefault(cle, set()).add(pivot)
        elif cle in presence:
            presence[cle].discard(pivot)


Bornes = tuple[int, int | None]


def _bornes(cellule: Cellule, valeur: int) -> Bornes:
    """What the mark says, and what may be guessed: a large « non publié » is above the threshold."""
    if cellule.mention is Mention.SEUIL:
        return 1, cellule.seuil
    return (cellule.seuil + 1, None) if valeur > cellule.seuil else (0, None)


def _encadrees(
    bornes: dict[K, Bornes], petites: Collection[K], systeme: Sequence[tuple[Mapping[K, int], int]]
) -> set[K]:
    """Small counts left with too few values once every equality has been used.

    Equalities are used in turn, again and again; one of which no bound has moved would say nothing new.
    """
    utiles = [(inconnues, constante) for inconnues, constante in systeme if inconnues]
    tenants: dict[K, list[int]] = {}
    for rang, (inconnues, _) in enumerate(utiles):
        for cle in inconnues:
            tenants.setdefault(cle, []).append(rang)
    a_voir = set(range(len(utiles)))
    for _ in range(TOURS):
        suivantes: set[int] = set()
        for rang, (inconnues, constante) in enumerate(utiles):
            if rang not in a_voir:
                continue
            serrees = _resserrer(inconnues, constante, bornes)
            bornes.update(serrees)
            for touchee in (autre for cle in serrees for autre in tenants[cle]):
                (a_voir if touchee > rang else suivantes).add(touchee)
        a_voir = suivantes
        if not a_voir:
            break
    return {cle for cle in petites if _etroit(bornes[cle])}


def _etroit(bornes: Bornes) -> bool:
    bas, haut = bornes
    return haut is not None and haut - bas + 1 < VALEURS_POSSIBLES


def _resserrer(inconnues: Mapping[K, int], constante: int, bornes: Mapping[K, Bornes]) -> dict[K, Bornes]:
    """The bounds that ``sum(weight × unknown) + constant = 0`` narrows, each from all the others."""
    bas_finis = hauts_finis = sans_bas = sans_haut = 0
    extremes: list[tuple[K, int, int | None, int | None]] = []
    for cle, poids in inconnues.items():
        bas: int | None
        haut: int | None
        if poids == 1:
            bas, haut = bornes[cle]
        elif poids == -1:
            minimum, maximum = bornes[cle]
            bas, haut = (None if maximum is None else -maximum), -minimum
        else:
            return {}
        extremes.append((cle, poids, bas, haut))
        if bas is None:
            sans_bas += 1
        else:
            bas_finis += bas
        if haut is None:
            sans_haut += 1
        else:
            hauts_finis += haut
    if sans_bas > 1 and sans_haut > 1:
        return {}
    serrees: dict[K, Bornes] = {}
    for cle, poids, bas, haut in extremes:
        # Weighted unknown = -(constant + the others): its greatest value meets the least of the others.
        plafond = -constante - bas_finis + (bas or 0) if sans_bas == (bas is None) else None
        plancher = -constante - hauts_finis + (haut or 0) if sans_haut == (haut is None) else None
        limites = (plancher, plafond) if poids == 1 else (_oppose(plafond), _oppose(plancher))
        serree = _intersecter(bornes[cle], *limites)
        if serree != bornes[cle]:
            serrees[cle] = serree
    return serrees


def _oppose(valeur: int | None) -> int | None:
    return None if valeur is None else -valeur


def _intersecter(bornes: Bornes, minimum: int | None, maximum: int | None) -> Bornes:
    bas, haut = bornes
    if minimum is not None and minimum > bas:
        bas = minimum
    if maximum is not None and (haut is None or maximum < haut):
        haut = maximum
    return bas, haut
