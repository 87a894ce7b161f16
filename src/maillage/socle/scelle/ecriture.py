"""How an entry and a head are written, to the byte: what is hashed is what is read. Pure.

ASCII JSON, keys in order, no space: one way to write each value, so that a changed byte is a changed hash.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

FORMAT: Final = "maillage-journal-1"


def canonique(valeur: Any) -> bytes:
    """The only way to write this value."""
    return json.dumps(valeur, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def instant(moment: datetime) -> str:
    """To the microsecond, in universal time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Entree:
    """One entry of the journal as it leaves: pseudonyms and codes, no name, no text typed."""

    rang: int
    le: datetime
    acteur: int | None
    evenement: str
    objet: str
    cercle: int | None
    details: Mapping[str, Any]

    def octets(self) -> bytes:
        """Its line, without the end of line."""
        return canonique(
            {
                "rang": self.rang,
                "le": instant(self.le),
                "acteur": self.acteur,
                "evenement": self.evenement,
                "objet": self.objet,
                "cercle": self.cercle,
                "details": dict(self.details),
            }
        )


def feuille_gardee(rang: int, hachage: bytes) -> bytes:
    """The line of an entry whose term has passed: its hash alone proves that it was there."""
    return canonique({"rang": rang, "feuille": hachage.hex()})


@dataclass(frozen=True, slots=True)
class Tete:
    """The state of the log at an instant: what is signed, and what a guardian keeps."""

    taille: int
    racine: bytes
    le: datetime

    def octets(self) -> bytes:
        return canonique(
            {
                "format": FORMAT,
                "taille": self.taille,
                "racine": self.racine.hex(),
                "le": instant(self.le),
            }
        )
