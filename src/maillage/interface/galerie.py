"""The gallery: what each component is for, its options, and what it does for accessibility.

An example is a template of `templates/maillage/galerie/`: it is drawn by the real component and its source is
shown beside it, so the documentation cannot drift from the code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from maillage.interface import exemples

RACINE = Path(__file__).resolve().parent
FICHES = RACINE / "galerie.yaml"
DOSSIER = RACINE / "templates"
COMPOSANTS = DOSSIER / "cotton" / "m"
EXEMPLES = DOSSIER / "maillage" / "galerie"


@dataclass(frozen=True, slots=True)
class Fiche:
    """One entry: `composants` are the files of `cotton/m/` it documents."""

    code: str
    titre: str
    usage: str
    composants: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()
    acces: str = ""

    @property
    def gabarit(self) -> str:
        """Name of the example's template."""
        return f"maillage/galerie/{self.code}.html"

    @property
    def source(self) -> str:
        """The example as one writes it."""
        return (EXEMPLES / f"{self.code}.html").read_text(encoding="utf-8").strip()

    @property
    def balises(self) -> tuple[str, ...]:
        """Tags as written in a template."""
        return tuple(f"<c-m.{nom.replace('_', '-')}>" for nom in self.composants)


@dataclass(frozen=True, slots=True)
class Chapitre:
    """A family of components."""

    titre: str
    fiches: tuple[Fiche, ...]


def composants_existants() -> frozenset[str]:
    """Names of the component files."""
    return frozenset(f.stem for f in COMPOSANTS.glob("*.html"))


@lru_cache(maxsize=1)
def chapitres() -> tuple[Chapitre, ...]:
    """The gallery in reading order, from `galerie.yaml`."""
    donnees = yaml.safe_load(FICHES.read_text(encoding="utf-8"))
    return tuple(
        Chapitre(chapitre["titre"], tuple(_fiche(fiche) for fiche in chapitre["fiches"]))
        for chapitre in donnees
    )


def _fiche(donnees: dict[str, Any]) -> Fiche:
    return Fiche(
        code=donnees["code"],
        titre=donnees["titre"],
        usage=donnees["usage"],
        composants=tuple(donnees["composants"]),
        options=tuple(donnees["options"].items()),
        acces=donnees["acces"],
    )


def contexte() -> dict[str, Any]:
    """Context of the page."""
    return {"chapitres": chapitres(), **exemples.contexte()}
