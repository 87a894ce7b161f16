"""Who reads a cercle, to the minute. Pure: the instant and the facts are given.

The rule ``partage`` speaks in days, as the law and the deliberation do. Access ends the very second
one of its conditions ends: this module puts the instant in front of the rule, and names what is
missing to the agent who is refused.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from maillage.droit.api import Verdict
from maillage.instances.rules import Forum, Habilitation, Nature, partage

FORUMS: Final = {"groupe": Forum.GROUPE, "cddf": Forum.CDDF, "cctp": Forum.CDDF}


@dataclass(frozen=True, slots=True)
class Periode:
    """``[debut, fin)``; ``fin`` None: without end."""

    debut: datetime
    fin: datetime | None = None

    def contient(self, instant: datetime) -> bool:
        return self.debut <= instant and (self.fin is None or instant < self.fin)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything access depends on. Charters are named by their version; None: no such version."""

    compte_actif: bool
    habilitation: Periode
    cercle: Periode
    siege: Periode
    organisme_actif: bool
    charte_en_vigueur: str | None
    charte_signee: str | None
    forum: Forum = Forum.GROUPE


def juger_acces(conditions: Conditions, *, instant: datetime, jour: date) -> Verdict:
    """Whether the agent reads the cercle at ``instant``, ``jour`` being its day in the territory."""
    membre = (
        conditions.compte_actif
        and conditions.organisme_actif
        and conditions.siege.contient(instant)
        and conditions.cercle.contient(instant)
    )
    en_cours = conditions.habilitation.contient(instant)
    return partage(
        le=jour,
        forum=conditions.forum,
        nature=Nature.CONFIDENTIELLE,
        habilitation=Habilitation(
            debut=jour if en_cours else jour + timedelta(days=1),
            fin=None,
            charte_signee=conditions.charte_signee,
            charte_en_vigueur=conditions.charte_en_vigueur,
        ),
        membre=membre,
    )
