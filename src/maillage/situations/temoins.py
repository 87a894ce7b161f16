"""Which tables of higher rooms hold a row of a file: one prepared query a page, since most answer no.

``situations`` cannot know those rooms: each registers its tables at start. The wall answers no to whoever
may not read the row.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from maillage.situations.models import Situation
from maillage.socle.memoire import une_fois
from maillage.socle.requetes import Requete

#: By code: the table, whose rows name a situation and its cercle, and which of them count (``t``).
_temoins: Final[dict[str, tuple[str, str]]] = {}


def enregistrer(code: str, table: str, ou: str = "true") -> None:
    """Register a table at start; two under one code is an error."""
    if _temoins.setdefault(code, (table, ou)) != (table, ou):
        raise ValueError(f"témoin déjà enregistré : {code}")


def presents(situation: Situation) -> frozenset[str]:
    """The codes of the tables that hold a row of this file."""
    return _presents(situation.pk, situation.cercle_id)


@une_fois
def _presents(situation: int, cercle: int) -> frozenset[str]:
    codes = tuple(_temoins)
    ligne = _requete(codes).ligne(situation=situation, cercle=cercle) if codes else ()
    return frozenset(code for code, present in zip(codes, ligne or (), strict=True) if present)


@cache
def _requete(codes: tuple[str, ...]) -> Requete:
    existences = (
        f"EXISTS (SELECT FROM {table} t WHERE t.situation_id = %(situation)s::bigint "
        f"AND t.cercle_id = %(cercle)s::bigint AND {ou})"
        for table, ou in (_temoins[code] for code in codes)
    )
    return Requete(f"SELECT {', '.join(existences)}")
