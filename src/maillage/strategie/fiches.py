"""The register of the strategy's 43 fiches.

Partners are held as codes of :mod:`maillage.strategie.acteurs`, so that a fiche, a plan and a council speak
of the same body. What the text leaves uncertain is said in comments of the data files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from maillage.strategie.acteurs import acteur_nomme, normaliser
from maillage.strategie.chargement import DonneesInvalidesError, lire

PUBLICATION: Final = date(2020, 3, 1)
"""Month in which the strategy was published; its day is not used."""

AXES: Final[Mapping[int, str]] = {
    1: "Les jeunes : agir plus tôt et aller plus loin dans la prévention",
    2: "Aller vers les personnes vulnérables pour mieux les protéger",
    3: "La population, nouvel acteur de la prévention de la délinquance",
    4: "Le territoire : vers une nouvelle gouvernance rénovée et efficace",
}


@dataclass(frozen=True, slots=True)
class Mesure:
    """The measure of the strategy that a fiche implements."""

    numero: int
    intitule: str


@dataclass(frozen=True, slots=True)
class Instance:
    """A body the fiches name. ``nominatif``: ``oui``, ``non``, or ``possible`` (a groupe declared so)."""

    code: str
    libelle: str
    nominatif: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal text or official guide; ``note`` is its footnote number, ``None`` when cited in the body."""

    texte: str
    note: int | None


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure of the strategy; ``date`` is the ISO date, year or period the fiche gives, if any."""

    valeur: float
    unite: str
    objet: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Initiative:
    """A local initiative told by a fiche."""

    lieu: str
    objet: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """One operational sheet. Partners and instances are codes, in the order of the fiche."""

    numero: int
    axe: int
    titre: str
    mesure: Mesure
    resume: str
    objectifs: tuple[str, ...]
    modalites: tuple[str, ...]
    publics: tuple[str, ...]
    pilotes: tuple[str, ...]
    partenaires: tuple[str, ...]
    financements: tuple[str, ...]
    ministeres_menant: tuple[str, ...]
    ministeres_concourants: tuple[str, ...]
    instances: tuple[str, ...]
    renvois: tuple[int, ...]
    references: tuple[Reference, ...]
    chiffres: tuple[Chiffre, ...]
    outre_mer: str | None
    initiatives: tuple[Initiative, ...]
    sigles: tuple[str, ...]

    def nomme(self, code: str) -> bool:
        """Whether the fiche makes this partner a pilot or a partner."""
        return code in self.pilotes or code in self.partenaires


class FicheInconnueError(LookupError):
    """The strategy has no fiche of this number."""


@cache
def instances() -> tuple[Instance, ...]:
    """The bodies and groupes the fiches name."""
    return tuple(Instance(i["code"], i["libelle"], i["nominatif"]) for i in lire("donnees/instances.yaml"))


@cache
def _instances_par_nom() -> Mapping[str, str]:
    return {
        normaliser(nom): i["code"]
        for i in lire("donnees/instances.yaml")
        for nom in (i["libelle"], *i["synonymes"])
    }


def _codes(noms: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(acteur_nomme(nom).code for nom in noms))


def _fiche(brut: Mapping[str, Any]) -> Fiche:
    noms = _instances_par_nom()
    outre_mer = brut["outre_mer"]
    return Fiche(
        numero=brut["numero"],
        axe=brut["axe"],
        titre=brut["titre"],
        mesure=Mesure(brut["mesure"]["numero"], brut["mesure"]["intitule"]),
        resume=brut["resume"].strip(),
        objectifs=tuple(brut["objectifs"]),
        modalites=tuple(brut["modalites"]),
        publics=tuple(brut["publics"]),
        pilotes=_codes(brut["pilotes"]),
        partenaires=_codes(brut["partenaires"]),
        financements=_codes(brut["financements"]),
        ministeres_menant=_codes(brut["ministeres_menant"]),
        ministeres_concourants=_codes(brut["ministeres_concourants"]),
        instances=tuple(dict.fromkeys(noms[normaliser(nom)] for nom in brut["instances"])),
        renvois=tuple(brut["renvois"]),
        references=tuple(Reference(r["texte"], r["note"]) for r in brut["references_juridiques"]),
        chiffres=tuple(Chiffre(c["valeur"], c["unite"], c["objet"], c["date"]) for c in brut["chiffres"]),
        outre_mer=outre_mer["note"] if outre_mer["concerne"] else None,
        initiatives=tuple(Initiative(i["lieu"], i["objet"]) for i in brut["initiatives_locales"]),
        sigles=tuple(brut["sigles"]),
    )


@cache
def _par_numero() -> Mapping[int, Fiche]:
    registre: dict[int, Fiche] = {}
    for fichier in ("donnees/fiches-01-22.yaml", "donnees/fiches-23-43.yaml"):
        for brut in lire(fichier):
            if brut["numero"] in registre:
                raise DonneesInvalidesError(f"{fichier} : la fiche {brut['numero']} figure deux fois")
            registre[brut["numero"]] = _fiche(brut)
    return registre


def fiches(axe: int | None = None) -> tuple[Fiche, ...]:
    """The 43 fiches in order, or those of one axis (1 to 4)."""
    return tuple(f for f in _par_numero().values() if axe is None or f.axe == axe)


def fiche(numero: int) -> Fiche:
    """One fiche. Raises :class:`FicheInconnueError`."""
    try:
        return _par_numero()[numero]
    except KeyError:
        raise FicheInconnueError(numero) from None


def fiches_nommant(code: str) -> tuple[int, ...]:
    """The numbers of the fiches in which this partner is a pilot or a partner."""
    return tuple(f.numero for f in fiches() if f.nomme(code))
