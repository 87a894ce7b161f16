"""Councils that cover a commune, as the rooms above record them.

This room knows no council: a room that does declares its source at start. Where none is recorded the pages
say « non renseigné », for no public list of councils exists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ConseilCouvrant:
    """A council whose territory includes the commune. `intercommunal` makes the communal council optional."""

    nom: str
    genre: str
    intercommunal: bool
    nombre_de_communes: int
    url: str = ""
    derniere_pleniere: date | None = None


Source = Callable[[str, date], tuple[ConseilCouvrant, ...]]
#: (account, commune) -> address of the form that records its council, empty for who may not.
Creation = Callable[[object, str], str]
#: (account, commune) -> address of the page that says who does what there, empty for who may not.
Repartition = Callable[[object, str], str]

_sources: list[Source] = []
_creations: list[Creation] = []
_repartitions: list[Repartition] = []


def declarer_source(source: Source) -> None:
    """Declare who knows the councils of a commune on a day; declaring twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def couvrant(commune: str, le: date) -> tuple[ConseilCouvrant, ...]:
    """Recorded councils that cover the commune on that day."""
    return tuple(conseil for source in _sources for conseil in source(commune, le))


def declarer_creation(creation: Creation) -> None:
    """Declare where a council of a commune is recorded; declaring twice changes nothing."""
    if creation not in _creations:
        _creations.append(creation)


def adresse_de_creation(compte: object, commune: str) -> str:
    """The form this account may use to record a council of that commune, or nothing."""
    return next((adresse for creation in _creations if (adresse := creation(compte, commune))), "")


def declarer_repartition(repartition: Repartition) -> None:
    """Declare where « who does what » is told of a commune; declaring twice changes nothing."""
    if repartition not in _repartitions:
        _repartitions.append(repartition)


def adresse_de_repartition(compte: object, commune: str) -> str:
    """The page this account may read, or nothing."""
    return next((adresse for une in _repartitions if (adresse := une(compte, commune))), "")
