"""Accounts that opened more files than a person reads: told to who answers for the council's processing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from maillage.acteurs.api import Compte


@dataclass(frozen=True, slots=True)
class AlerteDeLecture:
    """Who, when, how many files within how many minutes; ``conseil`` is the key of the council."""

    conseil: int
    le: datetime
    agent: str
    nombre: int
    minutes: int

    @property
    def duree(self) -> str:
        """The window, in words."""
        return "un jour" if self.minutes > 60 else f"{self.minutes} minutes"


def alertes_de_lecture(debut: datetime, fin: datetime) -> list[AlerteDeLecture]:
    """Those of the councils whose register the actor reads, the last first."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT conseil, le, acteur, (details->>'nombre')::int, (details->>'minutes')::int "
            "FROM socle.alertes_de_lecture(%s, %s)",
            [debut, fin],
        )
        lignes = curseur.fetchall()
    agents = Compte.objects.in_bulk({acteur for _, _, acteur, _, _ in lignes})
    return [
        AlerteDeLecture(conseil, le, _nom(agents.get(acteur)), nombre, minutes)
        for conseil, le, acteur, nombre, minutes in lignes
    ]


def _nom(agent: Compte | None) -> str:
    return agent.nom_complet if agent else "Compte effacé"
