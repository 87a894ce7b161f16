"""Anonymous facts: what yearly figures are made of, written with the event they count.

They outlive the rows that named someone, so a past year never changes (CSI, art. L. 132-5: figures
are given to those who may not read any file). ``fil`` is random and known only to the living file:
once that file is erased nothing leads back to a person.
"""

import uuid
from datetime import date, datetime
from typing import TypedDict, Unpack

from maillage.socle.models import FaitStatistique

EVENEMENTS = frozenset(
    {
        "signalement",
        "decision",
        "ouverture",
        "cloture",
        "terme",
        "orientation",
        "seance",
        "contact",
        "designation",
        "bilan",
        "lettre",
    }
)


class EvenementInconnuError(LookupError):
    """Only declared events are counted: a new one needs its definition in the reports."""


class Colonnes(TypedDict, total=False):
    """The coarse columns a fact may carry: codes of closed lists, days, a count."""

    genre: str
    exposition: str
    tranche_age: str
    sexe: str
    origine: str
    motif: str
    issue: str
    delai_jours: int | None
    nombre: int


def noter(
    evenement: str,
    *,
    le: date | datetime,
    instance: int,
    departement: str,
    volet: str = "",
    fil: uuid.UUID | None = None,
    **colonnes: Unpack[Colonnes],
) -> None:
    """Count an event in its month. ``instance`` is the council's id; the day itself is not kept."""
    if evenement not in EVENEMENTS:
        raise EvenementInconnuError(evenement)
    jour = le.date() if isinstance(le, datetime) else le
    FaitStatistique.objects.create(
        evenement=evenement,
        mois=jour.replace(day=1),
        instance=instance,
        departement=departement,
        volet=volet,
        fil=fil or uuid.uuid4(),
        **colonnes,
    )
