"""What the mayor's acts make due, as tasks of the day: the room says it, this page orders it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from maillage.droits.api import echeances as echeances_de_droit
from maillage.maire.api import echeances
from maillage.pilotage.journee.taches import HORIZON, Tache


def actes(_jour: date) -> Iterable[Tache]:
    """Hearings, answers awaited, next steps and erasures of the registers the actor reads."""
    return [
        Tache(
            due.le,
            due.titre,
            due.pourquoi,
            due.url,
            due.bouton,
            heure=due.heure,
            automatique=due.automatique,
        )
        for due in echeances(HORIZON)
    ]


def droits(_jour: date) -> Iterable[Tache]:
    """Requests of persons to answer, for who keeps them; questions of the DPO, for who holds the files."""
    return [
        Tache(due.le, due.titre, due.pourquoi, due.url, due.bouton) for due in echeances_de_droit(HORIZON)
    ]
