"""What a higher room holds back from the retention run: a file that a claim in court needs (RGPD, art. 17).

``situations`` cannot know those rooms: each registers, at start, how the files it holds back are left out of
what is due, and how what it wrote about a file is erased with it. Both run as ``m_maintenance``.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Retenue:
    """``laisser``: files without those held back. ``oublier``: erase what was written of these files."""

    laisser: Callable[[QuerySet[Any]], QuerySet[Any]]
    oublier: Callable[[Collection[UUID]], Mapping[str, int]]


_retenues: dict[str, Retenue] = {}


def enregistrer(nom: str, retenue: Retenue) -> None:
    """Register a room's reasons at start; two under one name is an error."""
    if _retenues.setdefault(nom, retenue) != retenue:
        raise ValueError(f"retenue déjà enregistrée : {nom}")


def sans_les_retenues(lignes: QuerySet[Any]) -> QuerySet[Any]:
    """These files (each with its ``public_id`` and its ``cercle``) but those that are held back."""
    for retenue in _retenues.values():
        lignes = retenue.laisser(lignes)
    return lignes


def oublier(publics: Collection[UUID]) -> Counter[str]:
    """Erase what those rooms wrote about these files; how many rows, by table."""
    lignes: Counter[str] = Counter()
    for retenue in _retenues.values():
        lignes.update(retenue.oublier(publics))
    return lignes
