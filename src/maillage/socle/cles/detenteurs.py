"""Which rows a key opens: told, at start, by the rooms that hold them.

``socle`` knows no room. Without any holder nothing is swept: a key nobody answers for may still open
something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Detenteur:
    """``vivants``: those of these files that still have rows. ``resceller``: seal again under the last key.

    ``effacer``: erase what is left of files whose key was destroyed; how many. All run as an operator.
    """

    vivants: Callable[[Collection[UUID]], Collection[UUID]]
    resceller: Callable[[Collection[UUID]], int]
    effacer: Callable[[Collection[UUID]], int]


_detenteurs: dict[str, Detenteur] = {}


def enregistrer(nom: str, detenteur: Detenteur) -> None:
    """Register a room's holder at start; two under one name is an error."""
    if _detenteurs.setdefault(nom, detenteur) is not detenteur:
        raise ValueError(f"détenteur déjà enregistré : {nom}")


def detenteurs() -> tuple[Detenteur, ...]:
    return tuple(_detenteurs.values())
