"""How many places of an offer are taken on a day, and when one frees. Pure.

A period holds both its days; one without an end lasts until it is freed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

Periode = tuple[date, date | None]
_UN_JOUR = timedelta(days=1)


def occupees(periodes: Iterable[Periode], le: date) -> int:
    """Places taken on that day."""
    return sum(du <= le and (au is None or le <= au) for du, au in periodes)


def occupees_au_plus(periodes: Iterable[Periode], du: date, au: date | None = None) -> int:
    """Most places taken on one day of a stretch, whose end may be open."""
    mouvements: list[tuple[date, int]] = []
    for debut, fin in periodes:
        if (fin is not None and fin < du) or (au is not None and au < debut):
            continue
        mouvements.append((max(debut, du), 1))
        if fin is not None and fin < date.max:
            mouvements.append((fin + _UN_JOUR, -1))
    # At the same day leavings come first: the sort puts -1 before 1.
    return max(accumulate(pas for _, pas in sorted(mouvements)), default=0)


def premier_jour_libre(periodes: Iterable[Periode], capacite: int, le: date) -> date | None:
    """First day from ``le`` on which a place is free; None when no end is known."""
    lues = list(periodes)
    fins = sorted(au + _UN_JOUR for _, au in lues if au is not None and au >= le and au < date.max)
    return next((jour for jour in [le, *fins] if occupees(lues, jour) < capacite), None)
