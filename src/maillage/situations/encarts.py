"""What a higher room shows on the page of a situation: a block with its own template, in an order.

``situations`` cannot know those rooms: each registers its block at start. The block reads through the
wall like any page, and is left out when it has nothing to say to this reader.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maillage.situations.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Encart:
    """``contexte(dossier, ecrit)`` gives what the template shows, None for nothing at all.

    ``ecrit`` says whether the reader writes in this file, so that no button is shown for nothing.
    """

    code: str
    rang: int
    gabarit: str
    contexte: Callable[[Dossier, bool], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class EncartVu:
    """A block ready to be shown."""

    gabarit: str
    contexte: Mapping[str, Any]


_encarts: dict[str, Encart] = {}


def enregistrer(encart: Encart) -> None:
    """Register a block at start; two under one code is an error."""
    if _encarts.setdefault(encart.code, encart) != encart:
        raise ValueError(f"encart déjà enregistré : {encart.code}")


def composer(dossier: Dossier, *, ecrit: bool) -> tuple[EncartVu, ...]:
    """The blocks of this file for this reader, in their order."""
    vus = []
    for encart in sorted(_encarts.values(), key=lambda encart: (encart.rang, encart.code)):
        contexte = encart.contexte(dossier, ecrit)
        if contexte is not None:
            vus.append(EncartVu(encart.gabarit, contexte))
    return tuple(vus)
