"""The register of processing (RGPD, art. 30), pre-filled from the closed list of the product."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from maillage.droit.api import parametre, valeur_datee
from maillage.situations.api import DonneesIdentite, DonneesRepresentant
from maillage.strategie.api import liste


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


@dataclass(frozen=True, slots=True)
class Mesure:
    """What protects the files, in words; ``lieux``: the files where it stands and is tried."""

    mots: str
    lieux: tuple[str, ...]


def mesures_et_lieux() -> tuple[Mesure, ...]:
    """Every measure, with its places; a test refuses a place that is gone."""
    return tuple(Mesure(brut["mesure"], tuple(brut["lieux"])) for brut in _lus()["mesures"])


def mesures() -> tuple[str, ...]:
    """What protects the files, in words."""
    return tuple(mesure.mots for mesure in mesures_et_lieux())


def a_completer() -> tuple[str, ...]:
    """What an impact assessment says and no program knows: for the controller to write."""
    return tuple(_lus()["a_completer"])


#: The words of each datum that may describe a person: the code holds no other (see ``DonneesIdentite``).
MOTS_DES_DONNEES = {
    "nom": "nom",
    "prenom": "prénom",
    "sexe": "sexe",
    "naissance": "date de naissance",
    "naissance_estimee": "date de naissance estimée ou non",
    "adresse": "adresse",
    "telephone": "téléphone",
    "courriel": "courriel",
    "lien": "lien avec la personne",
}


def categories(le: date) -> tuple[tuple[str, str], ...]:
    """What may be recorded of a person, as the code holds it: fields and closed lists."""
    listes = ("motifs_signalement", "origines_signalement", "elements_partageables", "motifs_famille")
    return (
        ("Identité de la personne", _champs(DonneesIdentite)),
        ("Représentant légal d’un mineur", _champs(DonneesRepresentant)),
        *((liste(code).libelle, ", ".join(item.libelle for item in liste(code, le))) for code in listes),
    )


def _champs(sorte: type[Any]) -> str:
    return ", ".join(MOTS_DES_DONNEES[champ.name] for champ in fields(sorte))


def risques() -> tuple[tuple[str, str], ...]:
    """What may happen, and what answers it: the start of an impact assessment (art. 35)."""
    return tuple((brut["risque"], brut["mesure"]) for brut in _lus()["risques"])
