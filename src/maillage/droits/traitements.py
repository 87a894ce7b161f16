"""The register of processing (RGPD, art. 30), pre-filled from the closed list of the product."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maillage.droit.api import parametre, valeur_datee


@dataclass(frozen=True, slots=True)
class Duree:
    """A retention as the register says it: words, value of the day, where it comes from."""

    libelle: str
    valeur: str
    base: str


@dataclass(frozen=True, slots=True)
class Traitement:
    """One entry. ``genres``: the kinds of cercles that carry it; ``analyse``: for the impact assessment."""

    code: str
    genres: tuple[str, ...]
    titre: str
    finalites: tuple[str, ...]
    base: str
    personnes: tuple[str, ...]
    donnees: tuple[str, ...]
    destinataires: tuple[str, ...]
    durees: tuple[Duree, ...]
    analyse: str


@cache
def _lus() -> dict[str, Any]:
    texte = files("maillage.droits").joinpath("donnees/traitements.yaml").read_text(encoding="utf-8")
    lus: dict[str, Any] = yaml.safe_load(texte)
    return lus


def traitements(le: date) -> list[Traitement]:
    """The closed list, with the durations in force that day."""
    listes = ("genres", "finalites", "personnes", "donnees", "destinataires")
    return [
        Traitement(
            code=brut["code"],
            titre=brut["titre"],
            base=brut["base"],
            analyse=brut["analyse"],
            durees=tuple(_duree(code, le) for code in brut["durees"]),
            **{nom: tuple(brut[nom]) for nom in listes},
        )
        for brut in _lus()["traitements"]
    ]


def _duree(code: str, le: date) -> Duree:
    valeur, unite = valeur_datee(code, le), parametre(code).unite
    return Duree(parametre(code).libelle, f"{valeur.entier} {unite}", valeur.base_legale)


def mesures() -> tuple[str, ...]:
    """What protects the files, in words."""
    return tuple(_lus()["mesures"])


def risques() -> tuple[tuple[str, str], ...]:
    """What may happen, and what answers it: the start of an impact assessment (art. 35)."""
    return tuple((brut["risque"], brut["mesure"]) for brut in _lus()["risques"])
