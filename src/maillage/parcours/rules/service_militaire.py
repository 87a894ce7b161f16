"""Dates of the voluntary or adapted military service: its phases, and the return to prepare (fiche 12). Pure.

The link is the CIRFA's: it answers an orientation, then says that the contract ends. Nobody comes back to
nothing: the groupe takes contact a month before the end, and once more a month after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from maillage.droit.api import echeance_mois, fin_de_periode

#: Months before and after the end of the contract (rule of usage, fiche 12).
MOIS_AVANT: Final = 1
MOIS_APRES: Final = 1
#: The CIRFA is asked again when it has not answered an orientation (days, rule of usage).
RELANCE_JOURS: Final = 30


@dataclass(frozen=True, slots=True)
class PhaseDatee:
    """A phase and its days, both included."""

    code: str
    debut: date
    fin: date


@dataclass(frozen=True, slots=True)
class Retour:
    """The two contacts around the end of the contract."""

    preparer_le: date
    verifier_le: date


def phases_datees(debut: date, mois: Sequence[tuple[str, int]]) -> tuple[PhaseDatee, ...]:
    """Phases one after the other from ``debut``; ``mois``: code and length of each, in months."""
    datees, jour = [], debut
    for code, duree in mois:
        fin = fin_de_periode(jour, duree)
        datees.append(PhaseDatee(code, jour, fin))
        jour = fin + timedelta(days=1)
    return tuple(datees)


def retour(fin: date) -> Retour:
    """When to prepare the return, and when to check that it holds; ``fin`` is the last day there."""
    return Retour(echeance_mois(fin, -MOIS_AVANT), echeance_mois(fin, MOIS_APRES))


def relancer_le(transmise_le: date) -> date:
    """When to ask the CIRFA again, if it has not answered."""
    return transmise_le + timedelta(days=RELANCE_JOURS)
