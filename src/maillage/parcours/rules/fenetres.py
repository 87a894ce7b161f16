"""Rolling windows of several months, date to date: every window that contains a day of a given period.

A window starts on any day and ends as `fin_de_periode` says. Two questions are answered exactly: the most
days a window may hold, and the most periods it may touch.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import accumulate

from maillage.droit.api import echeance_mois, fin_de_periode

Intervalle = tuple[date, date]
_UN_JOUR = timedelta(days=1)


def premiere_fenetre(jour: date, mois: int) -> date:
    """First day of the earliest window that still holds this day."""
    # The window that opens on the same day of an earlier month closes too soon, by a day or a few.
    depart = echeance_mois(jour, -mois)
    while fin_de_periode(depart, mois) < jour:
        depart += _UN_JOUR
    return depart


def jours_au_plus(periodes: Iterable[Intervalle], nouvelle: Intervalle, mois: int) -> int:
    """Most days held by one window that contains a day of ``nouvelle``; a day in two periods counts twice."""
    premier, dernier = premiere_fenetre(nouvelle[0], mois), nouvelle[1]
    etendue = (fin_de_periode(dernier, mois) - premier).days + 1
    ecarts = [0] * (etendue + 1)
    for debut, fin in periodes:
        de, a = max(0, (debut - premier).days), min(etendue, (fin - premier).days + 1)
        if de < a:
            ecarts[de] += 1
            ecarts[a] -= 1
    # cumul[n]: days held before the n-th day of the stretch.
    cumul = list(accumulate(accumulate(ecarts), initial=0))
    plus = 0
    for rang in range((dernier - premier).days + 1):
        fin_fenetre = fin_de_periode(premier + timedelta(days=rang), mois)
        plus = max(plus, cumul[(fin_fenetre - premier).days + 1] - cumul[rang])
    return plus


def periodes_au_plus(periodes: Iterable[Intervalle], nouvelle: Intervalle, mois: int) -> int:
    """Most periods touched by one window that contains a day of ``nouvelle``.

    A period is touched by the windows that start from `premiere_fenetre` of its first day to its last day.
    """
    premier, dernier = premiere_fenetre(nouvelle[0], mois), nouvelle[1]
    mouvements: list[tuple[date, int]] = []
    for debut, fin in periodes:
        de, a = max(premier, premiere_fenetre(debut, mois)), min(dernier, fin)
        if de <= a:
            mouvements += [(de, 1), (a + _UN_JOUR, -1)]
    # At the same day leavings come first: the sort puts -1 before 1.
    return max(accumulate(pas for _, pas in sorted(mouvements)), default=0)
