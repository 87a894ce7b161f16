"""What waits in conventions, for the day page: signatures, notices, terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maillage.documents.selectors.registre import a_rappeler


@dataclass(frozen=True, slots=True)
class RappelDeConvention:
    """A reminder: ``genre`` is that of the rule (signatures, preavis, renouveler, terme)."""

    genre: str
    le: date
    convention: UUID
    libelle: str
    numero: int
    lieu: str


def rappels_de_conventions() -> list[RappelDeConvention]:
    """The reminders of every convention the actor may see, by date."""
    trouves = [
        RappelDeConvention(
            rappel.genre, rappel.avant_le, ligne.public_id, ligne.genre.libelle, ligne.numero, ligne.lieu
        )
        for ligne in a_rappeler()
        for rappel in ligne.rappels
    ]
    return sorted(trouves, key=lambda rappel: (rappel.le, rappel.lieu, rappel.numero))
