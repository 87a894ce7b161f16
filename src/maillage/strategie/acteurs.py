"""The one list of partners, and the way from a name met in a document to its code.

The strategy calls the same partner by several names ("Communes", "Commune") and names change with the law
(Pôle emploi became France Travail on 2024-01-01, loi n° 2023-1196). Everything that stores a partner stores
its code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from maillage.strategie.chargement import DonneesInvalidesError, en_vigueur, jour, lire

NATURES: Final = ("organisme", "fonction", "ensemble", "credit")

FAMILLES: Final[Mapping[str, str]] = {
    "collectivite": "Collectivités",
    "etat": "État",
    "ministere": "Ministères",
    "justice": "Justice",
    "securite": "Sécurité",
    "education": "Éducation",
    "insertion": "Emploi et insertion",
    "sante": "Santé et médico-social",
    "social": "Social et parentalité",
    "mediation": "Médiation",
    "victimes": "Aide aux victimes",
    "logement": "Logement et hébergement",
    "transport": "Transports",
    "association": "Associations",
    "sport": "Sport",
    "economie": "Économie",
    "habitants": "Habitants et médias",
    "recherche": "Recherche et observation",
    "instance": "Membres d’une instance",
    "credit": "Crédits",
}


@dataclass(frozen=True, slots=True)
class NomDate:
    """A name an organism bears between two dates, both included; ``None`` is unbounded."""

    libelle: str
    debut: date | None
    fin: date | None
    source: str
    a_verifier: bool


@dataclass(frozen=True, slots=True)
class Acteur:
    """A kind of partner.

    ``sensible``: the name alone reveals a judicial, medical or protective follow-up, or a victimisation, so
    it is masked from a provider of actions. ``siege_nominatif``: may sit where persons are named
    (residents, traders and employers may not). ``fiches_citees``: fiches that name it in their text rather
    than among their partners.
    """

    code: str
    libelle: str
    famille: str
    nature: str
    sensible: bool
    siege_nominatif: bool
    synonymes: tuple[str, ...]
    noms: tuple[NomDate, ...]
    fiches_citees: tuple[int, ...]

    @property
    def peut_sieger(self) -> bool:
        """A body or an office sits; money and collective designations do not."""
        return self.nature in {"organisme", "fonction"} and self.famille != "ministere"

    def nom(self, le: date | None = None) -> str:
        """The name in force on ``le``; the usual label where the partner has no dated name."""
        for nom in reversed(self.noms):
            if le is not None and en_vigueur(nom.debut, nom.fin, le):
                return nom.libelle
        return self.libelle


class ActeurInconnuError(LookupError):
    """No partner has this code or this name."""


def _acteur(brut: Mapping[str, Any]) -> Acteur:
    code, famille, nature = brut["code"], brut["famille"], brut["nature"]
    if famille not in FAMILLES or nature not in NATURES:
        raise DonneesInvalidesError(f"acteurs.yaml : famille ou nature inconnue pour « {code} »")
    noms = tuple(
        NomDate(n["libelle"], jour(n["debut"]), jour(n["fin"]), n["source"], bool(n["a_verifier"]))
        for n in brut.get("noms", ())
    )
    return Acteur(
        code=code,
        libelle=brut["libelle"],
        famille=famille,
        nature=nature,
        sensible=bool(brut.get("sensible", False)),
        siege_nominatif=bool(brut.get("siege_nominatif", nature != "credit")),
        synonymes=tuple(dict.fromkeys(brut.get("synonymes", ()))),
        noms=noms,
        fiches_citees=tuple(brut.get("fiches", ())),
    )


def normaliser(nom: str) -> str:
    """The form under which two spellings of one name meet: no accent, no case, one kind of apostrophe and
    space.
    """
    sans_accent = "".join(
        c for c in unicodedata.normalize("NFD", nom.casefold()) if not unicodedata.combining(c)
    )
    return " ".join(sans_accent.replace("’", "'").replace("–", "-").split())


@cache
def _par_code() -> Mapping[str, Acteur]:
    registre: dict[str, Acteur] = {}
    for brut in lire("donnees/acteurs.yaml"):
        acteur = _acteur(brut)
        if acteur.code in registre:
            raise DonneesInvalidesError(f"acteurs.yaml : le code « {acteur.code} » figure deux fois")
        registre[acteur.code] = acteur
    return registre


@cache
def _par_nom() -> Mapping[str, Acteur]:
    registre: dict[str, Acteur] = {}
    for acteur in _par_code().values():
        for nom in (acteur.libelle, *acteur.synonymes, *(n.libelle for n in acteur.noms)):
            autre = registre.setdefault(normaliser(nom), acteur)
            if autre is not acteur:
                raise DonneesInvalidesError(
                    f"acteurs.yaml : « {nom} » désigne « {autre.code} » et « {acteur.code} »"
                )
    return registre


def acteurs(famille: str | None = None) -> tuple[Acteur, ...]:
    """All the partners, or those of one family, in the order of the file (by family)."""
    return tuple(a for a in _par_code().values() if famille is None or a.famille == famille)


def acteur(code: str) -> Acteur:
    """The partner of this code. Raises :class:`ActeurInconnuError`."""
    try:
        return _par_code()[code]
    except KeyError:
        raise ActeurInconnuError(code) from None


def acteur_nomme(nom: str) -> Acteur:
    """The partner a document calls ``nom`` (label, spelling of a fiche, past or present name)."""
    try:
        return _par_nom()[normaliser(nom)]
    except KeyError:
        raise ActeurInconnuError(nom) from None
