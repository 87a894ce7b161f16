"""Dated legal parameters: what the law, a doctrine or a usage says on a day, and where it says so.

The values live in ``donnees/*.yaml``, one file a theme, with the sources in ``donnees/sources.yaml``. An act
is judged by the law of its day, so every reading takes a date. Files are read once, at first use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from maillage.droit.dates import contient
from maillage.droit.verdict import Force, Motif

Valeur = int | str | bool | tuple[str, ...]


class Statut(StrEnum):
    """How far a value was checked."""

    LU = "lu"  # read in the text or an official source
    STRATEGIE = "strategie"  # stated by the national strategy
    SECONDAIRE = "secondaire"  # read in a secondary source
    A_VERIFIER = "a_verifier"  # not read in its source


class ParametreInconnu(LookupError):
    """No parameter bears this code: a fault of the program, never of a user."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Aucun paramètre ne porte le code « {code} ».")
        self.code = code


class AucuneValeur(LookupError):
    """The parameter had no value on that day: the obligation did not exist yet, or no more."""

    def __init__(self, code: str, le: date) -> None:
        super().__init__(f"Le paramètre « {code} » n’a pas de valeur au {le.isoformat()}.")
        self.code = code
        self.le = le


@dataclass(frozen=True, slots=True)
class Source:
    """A document where values are read: a code, a law, the strategy, a guidance."""

    code: str
    titre: str
    lien: str = ""


@dataclass(frozen=True, slots=True)
class ValeurDatee:
    """One value and the days it holds, both ends included.

    ``depuis`` is None where the first day is unknown: the value then applies to any earlier day.
    ``jusqua`` is None while it holds. ``territoire`` names where a local value applies, empty everywhere.
    """

    valeur: Valeur
    depuis: date | None
    jusqua: date | None
    base_legale: str
    source: Source
    force: Force
    statut: Statut
    a_verifier: bool
    verifie_le: date | None
    territoire: str = ""
    lien: str = ""
    note: str = ""

    @property
    def entier(self) -> int:
        """The value of a parameter counted in whole units."""
        if isinstance(self.valeur, bool) or not isinstance(self.valeur, int):
            raise TypeError("Cette valeur n’est pas un nombre entier.")
        return self.valeur

    @property
    def mots(self) -> tuple[str, ...]:
        """The value of a parameter that is a closed list."""
        if not isinstance(self.valeur, tuple):
            raise TypeError("Cette valeur n’est pas une liste.")
        return self.valeur

    def couvre(self, le: date) -> bool:
        return contient(self.depuis, self.jusqua, le)

    def motif(self, code: str, texte: str) -> Motif:
        """A reason resting on this value: its basis, its force, and whether it is still to be checked."""
        return Motif(code, texte, self.base_legale, self.force, self.a_verifier)


@dataclass(frozen=True, slots=True)
class Parametre:
    """A legal parameter, its unit and its values in the order of time."""

    code: str
    libelle: str
    unite: str
    theme: str
    valeurs: tuple[ValeurDatee, ...]

    def au(self, le: date, territoire: str = "") -> ValeurDatee:
        """The value in force on a day: the local one where there is one, else the general one."""
        for lieu in dict.fromkeys((territoire, "")):
            for valeur in self.valeurs:
                if valeur.territoire == lieu and valeur.couvre(le):
                    return valeur
        raise AucuneValeur(self.code, le)


@dataclass(frozen=True, slots=True)
class EnVigueur:
    """A parameter with the value that holds on the day asked."""

    parametre: Parametre
    valeur: ValeurDatee


def fermer(valeurs: list[ValeurDatee]) -> tuple[ValeurDatee, ...]:
    """Sort values by their first day and refuse two that hold on the same day in the same place."""
    rangees = sorted(valeurs, key=lambda v: (v.territoire, v.depuis or date.min))
    for avant, apres in pairwise(rangees):
        if avant.territoire != apres.territoire:
            continue
        fin = avant.jusqua or date.max
        if apres.depuis is None or fin >= apres.depuis:
            raise ValueError(f"deux valeurs se recouvrent : {avant.valeur!r} et {apres.valeur!r}")
    return tuple(rangees)


def parametres() -> tuple[Parametre, ...]:
    """Every parameter, theme by theme."""
    return tuple(_registre().values())


def parametre(code: str) -> Parametre:
    """The parameter of this code, or ParametreInconnu."""
    try:
        return _registre()[code]
    except KeyError:
        raise ParametreInconnu(code) from None


@dataclass(frozen=True, slots=True)
class Lecture:
    """A parameter read by a rule, the day it was read for, and what held then."""

    parametre: Parametre
    le: date
    valeur: ValeurDatee


_lectures: ContextVar[list[Lecture] | None] = ContextVar("lectures", default=None)


@contextmanager
def suivre_lectures() -> Iterator[list[Lecture]]:
    """Within it, the list fills with every parameter read: a page then says what an answer rests on."""
    lues: list[Lecture] = []
    marque = _lectures.set(lues)
    try:
        yield lues
    finally:
        _lectures.reset(marque)


def valeur_datee(code: str, le: date, territoire: str = "") -> ValeurDatee:
    """The value in force with its basis, its force and its status; AucuneValeur when none holds that day."""
    lu = parametre(code)
    trouvee = lu.au(le, territoire)
    noter_lecture(Lecture(lu, le, trouvee))
    return trouvee


def noter_lecture(lecture: Lecture) -> None:
    """Say that a rule rests on this value, where somebody follows what is read."""
    lues = _lectures.get()
    if lues is not None:
        lues.append(lecture)


def valeur_ou_rien(code: str, le: date, territoire: str = "") -> ValeurDatee | None:
    """Like `valeur_datee`, None when none holds that day: for obligations born on a date."""
    try:
        return valeur_datee(code, le, territoire)
    except AucuneValeur:
        return None


def valeur(code: str, le: date, territoire: str = "") -> Valeur:
    """The bare value in force on a day."""
    return valeur_datee(code, le, territoire).valeur


def entier(code: str, le: date, territoire: str = "") -> int:
    """The bare value of a parameter counted in whole units (mois, heures, ans, habitants…)."""
    return valeur_datee(code, le, territoire).entier


def en_vigueur(le: date) -> tuple[EnVigueur, ...]:
    """Every value that holds on a day, local ones included, in the order of the files."""
    return tuple(
        EnVigueur(parametre_, valeur_)
        for parametre_ in parametres()
        for valeur_ in parametre_.valeurs
        if valeur_.couvre(le)
    )


def _registre() -> dict[str, Parametre]:
    # Read late: rules that need no parameter never open the files.
    from maillage.droit.lecture import registre

    return registre()
