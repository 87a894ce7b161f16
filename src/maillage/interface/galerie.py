"""The gallery: what each component is for, its options, and what it does for accessibility.

An example is a template of `templates/maillage/galerie/`: it is drawn by the real component and its source is
shown beside it, so the documentation cannot drift from the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from maillage.interface import exemples
from maillage.interface.contrastes import THEMES, rapport

RACINE = Path(__file__).resolve().parent
FICHES = RACINE / "galerie.yaml"
DOSSIER = RACINE / "templates"
COMPOSANTS = DOSSIER / "cotton" / "m"
EXEMPLES = DOSSIER / "maillage" / "galerie"
_DECLARATION = re.compile(r"\s*<c-vars(.*?)/>", re.S)
_OPTION = re.compile(r"(?:^|\s):?(\w+)=")


@dataclass(frozen=True, slots=True)
class Paire:
    """A text colour on its ground, and its ratio in each theme."""

    encre: str
    fond: str

    @property
    def rapports(self) -> tuple[float, ...]:
        """Light, then dark: WCAG AA asks for 4.5 at least."""
        return tuple(rapport(self.encre, self.fond, theme) for theme in THEMES)


@dataclass(frozen=True, slots=True)
class Fiche:
    """One entry: `composants` are the files of `cotton/m/` it documents, `etats` what its example shows."""

    code: str
    titre: str
    usage: str
    eviter: str
    composants: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    etats: tuple[str, ...]
    clavier: str
    ecran: str
    couleurs: tuple[Paire, ...]

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

    @property
    def noms_d_options(self) -> frozenset[str]:
        """Every option the entry explains: a line may explain two that go together."""
        return frozenset(nom.strip() for noms, _ in self.options for nom in noms.split(","))


@dataclass(frozen=True, slots=True)
class Chapitre:
    """A family of components."""

    titre: str
    fiches: tuple[Fiche, ...]


def composants_existants() -> frozenset[str]:
    """Names of the component files."""
    return frozenset(f.stem for f in COMPOSANTS.glob("*.html"))


def options_declarees(composant: str) -> frozenset[str]:
    """Options of the `<c-vars>` of a component: the only ones it reads."""
    trouvee = _DECLARATION.match((COMPOSANTS / f"{composant}.html").read_text(encoding="utf-8"))
    return frozenset(_OPTION.findall(trouvee[1])) if trouvee else frozenset()


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
        eviter=donnees["eviter"],
        options=tuple(donnees["options"].items()),
        etats=tuple(donnees["etats"]),
        clavier=donnees["clavier"],
        ecran=donnees["ecran"],
        couleurs=tuple(Paire(*paire) for paire in donnees["couleurs"]),
    )


def contexte() -> dict[str, Any]:
    """Context of the page."""
    return {"chapitres": chapitres(), **exemples.contexte()}
