"""When each personal row ends: told by the rooms that hold them, required of every table behind a wall.

A row ends on a date of its own, computed from dated parameters; or with the row it hangs on. Tables are named
by their label, so that a room may speak for the tables below it that it alone erases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fin:
    """``champ``: the column of the day it is erased; ``parametres``: where that day comes from.

    ``suit``: the tables whose row takes this one with it, found by ``par``. ``derniere``: it goes with the
    last row that points at it. ``personne``: why the table, though walled, holds nothing of anybody.
    """

    champ: str = ""
    parametres: tuple[str, ...] = ()
    suit: tuple[str, ...] = ()
    par: str = ""
    derniere: bool = False
    personne: str = ""


def au(champ: str, *parametres: str) -> Fin:
    """It ends on the day of that column, computed from these parameters."""
    return Fin(champ=champ, parametres=parametres)


def avec(*tables: str, par: str, plus_tot: tuple[str, ...] = ()) -> Fin:
    """It ends with the row ``par`` leads to; ``plus_tot``: parameters that end it sooner."""
    return Fin(suit=tables, par=par, parametres=plus_tot)


#: It goes with the last row that points at it.
AVEC_LA_DERNIERE = Fin(derniere=True)


def de_personne(raison: str) -> Fin:
    """Behind a wall, and yet it holds nothing of a person."""
    return Fin(personne=raison)


_fins: dict[str, Fin] = {}


def enregistrer(fins: Mapping[str, Fin]) -> None:
    """Register at start how rows of these tables end; two answers for one table is an error."""
    for table, fin in fins.items():
        if _fins.setdefault(table, fin) != fin:
            raise ValueError(f"deux fins pour {table}")


def fins() -> Mapping[str, Fin]:
    """How each table ends, by its label."""
    return MappingProxyType(_fins)
