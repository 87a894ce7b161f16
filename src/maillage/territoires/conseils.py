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

_sources: list[Source] = []


def declarer_source(source: Source) -> None:
    """Declare who knows the councils of a commune on a day; declaring twice changes nothing."""
    if source not in _sources:
        _sources.append(source)


def couvrant(commune: str, le: date) -> tuple[ConseilCouvrant, ...]:
    """Recorded councils that cover the commune on that day."""
    return tuple(conseil for source in _sources for conseil in source(commune, le))
