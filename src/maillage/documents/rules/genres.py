"""The kinds of conventions as data: their parties, their template, what their renewal may be. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maillage.documents.rules.conventions import Mode


class GenreInconnu(LookupError):
    """No kind of convention has that code."""


@dataclass(frozen=True, slots=True)
class PartiePrevue:
    """A party of a kind. ``personne``: the followed person or who stands for them, named by the file."""

    role: str
    libelle: str
    requise: bool = True
    personne: bool = False


@dataclass(frozen=True, slots=True)
class Genre:
    """One kind. ``duree_max_mois``: None where another rule bounds it."""

    code: str
    libelle: str
    modele: str
    fiche: int
    parties: tuple[PartiePrevue, ...]
    renouvellements: tuple[Mode, ...]
    rappels_jours: tuple[int, ...]
    nominative: bool = False
    duree_max_mois: int | None = None

    def partie(self, role: str) -> PartiePrevue | None:
        """The party of that role, or None."""
        return next((partie for partie in self.parties if partie.role == role), None)

    @property
    def requises(self) -> frozenset[str]:
        """The roles without whose signature nothing takes effect."""
        return frozenset(partie.role for partie in self.parties if partie.requise)


def lire(brut: Mapping[str, Any]) -> Genre:
    """A kind from its data."""
    valeurs = dict(brut)
    parties = valeurs.pop("parties")
    return Genre(
        **{
            **valeurs,
            "parties": tuple(PartiePrevue(role=role, **champs) for role, champs in parties.items()),
            "renouvellements": tuple(map(Mode, valeurs["renouvellements"])),
            "rappels_jours": tuple(valeurs["rappels_jours"]),
        }
    )


@cache
def genres() -> Mapping[str, Genre]:
    """Every kind by code, in the order of the file."""
    texte = files("maillage.documents").joinpath("donnees/conventions.yaml").read_text("utf-8")
    lus = [lire(brut) for brut in yaml.safe_load(texte)["conventions"]]
    return {genre.code: genre for genre in lus}


def genre(code: str) -> Genre:
    """The kind of that code. Raises ``GenreInconnu``."""
    try:
        return genres()[code]
    except KeyError as absent:
        raise GenreInconnu(code) from absent
