"""What an import did, line by line where it refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any


class FichierIllisible(ValueError):
    """The file as a whole cannot be read; the message is a French sentence for the person who brought it."""


@dataclass(frozen=True, slots=True)
class Refusee:
    """A line left out: its number in the file (rank of the element in JSON) and why."""

    ligne: int
    raison: str


@dataclass(frozen=True, slots=True)
class Rapport:
    """Counts of lines; `essai` says that nothing was written."""

    genre: str
    lues: int = 0
    creees: int = 0
    modifiees: int = 0
    inchangees: int = 0
    refusees: tuple[Refusee, ...] = field(default=())
    essai: bool = False

    def avec_refus(self, refus: Iterable[Refusee]) -> Rapport:
        """The same report with more refused lines, in the order of the file."""
        toutes = sorted({*self.refusees, *refus}, key=lambda refusee: (refusee.ligne, refusee.raison))
        return replace(self, refusees=tuple(toutes))

    @property
    def sans_effet(self) -> bool:
        return not (self.creees or self.modifiees)

    def en_clair(self) -> str:
        """One French sentence."""
        verbe = "Essai, rien n'est écrit : " if self.essai else ""
        return (
            f"{verbe}{self.lues} lignes lues, {self.creees} créées, {self.modifiees} modifiées, "
            f"{self.inchangees} inchangées, {len(self.refusees)} refusées."
        )

    def en_json(self) -> dict[str, Any]:
        """The same facts for machines."""
        return {
            "genre": self.genre,
            "essai": self.essai,
            "lues": self.lues,
            "creees": self.creees,
            "modifiees": self.modifiees,
            "inchangees": self.inchangees,
            "refusees": [{"ligne": refusee.ligne, "raison": refusee.raison} for refusee in self.refusees],
        }
