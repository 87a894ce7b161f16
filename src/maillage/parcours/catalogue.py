"""The schemes a person can be led to: national ones as data, local ones added by councils. Pure.

A sensitive scheme tells by its very name of a follow-up by the health or justice services: who need not know
reads ``libelle_neutre`` (CSI, art. L. 132-5; CASF, art. L. 226-2-2). Nothing here asks Django or a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import yaml

from maillage.droit.api import Force

_FICHIER: Final = Path(__file__).resolve().parent / "donnees" / "dispositifs.yaml"
_Lecteur: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FAMILLES: Final[Mapping[str, str]] = {
    "insertion": "Emploi et insertion",
    "armees": "Armées et EPIDE",
    "ecole": "École et formation",
    "soin": "Santé",
    "sortie": "Sortie d’une mesure judiciaire",
    "justice": "Justice",
    "local": "Dispositifs locaux",
}
REGLES: Final = frozenset(
    {"tapaj", "parrainage", "pmsmp", "smv", "sma", "epide", "tig", "justice_restaurative"}
)
#: Codes of schemes that a council adds start so: no national one ever will.
PREFIXE_LOCAL: Final = "local_"


class DispositifInconnuError(LookupError):
    """No scheme has this code."""


class CatalogueInvalideError(ValueError):
    """The data of the catalogue say something this room cannot accept."""


@dataclass(frozen=True, slots=True)
class PhasePrevue:
    """A step of the scheme; None where nothing is set."""

    code: str
    libelle: str
    rang: int
    heures_jour_max: int | None = None
    duree_min_mois: int | None = None
    duree_max_mois: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What must have been stated before the scheme opens; ``fait`` is the word that states it."""

    fait: str
    texte: str
    il_faudrait: str
    base_legale: str
    force: Force


@dataclass(frozen=True, slots=True)
class Dispositif:
    """A scheme. ``regle`` names the verdict of ``parcours.rules`` that judges it, None where only ages do.

    ``genres``: kinds of body that know a sensitive scheme by their office. ``prealables``: what is still to
    be gathered before the first day, which forbids nothing. ``public_id`` is a local scheme's.
    """

    code: str
    libelle: str
    libelle_neutre: str
    famille: str
    fiche: int | None
    source: str
    base_legale: str
    statut: str = "S"
    sensible: bool = False
    genres: frozenset[str] = frozenset()
    debut: date | None = None
    fin: date | None = None
    regle: str | None = None
    mesure: str = ""
    age_min: int | None = None
    age_max: int | None = None
    tuteur_forme: bool = False
    conditions: tuple[Condition, ...] = ()
    prealables: tuple[str, ...] = ()
    phases: tuple[PhasePrevue, ...] = ()
    statuts: tuple[tuple[str, str], ...] = ()
    resultats: tuple[str, ...] = ()
    local: bool = False
    conseil: int | None = None
    public_id: UUID | None = None

    def ouvert(self, le: date) -> bool:
        """Whether the scheme exists on that day."""
        return (self.debut is None or self.debut <= le) and (self.fin is None or le <= self.fin)

    @property
    def a_verifier(self) -> bool:
        """Some of what is said comes from memory."""
        return self.statut == "M"

    @property
    def famille_libelle(self) -> str:
        return FAMILLES[self.famille]


def _dispositif(brut: Mapping[str, Any]) -> Dispositif:
    sensible = bool(brut.get("sensible", False))
    return Dispositif(
        code=brut["code"],
        libelle=brut["libelle"],
        libelle_neutre=brut["libelle_neutre"],
        famille=brut["famille"],
        fiche=brut["fiche"],
        source=brut["source"],
        base_legale=brut["base_legale"],
        statut=brut["statut"],
        sensible=sensible,
        genres=frozenset(brut.get("genres", ())),
        debut=brut.get("debut"),
        fin=brut.get("fin"),
        regle=brut.get("regle"),
        mesure=brut.get("mesure", ""),
        age_min=brut.get("age_min"),
        age_max=brut.get("age_max"),
        tuteur_forme=bool(brut.get("tuteur_forme", False)),
        conditions=tuple(
            Condition(**{**condition, "force": Force(condition["force"])})
            for condition in brut.get("conditions", ())
        ),
        prealables=tuple(brut.get("prealables", ())),
        phases=tuple(PhasePrevue(**phase) for phase in brut.get("phases", ())),
        statuts=tuple((statut["code"], statut["libelle"]) for statut in brut.get("statuts", ())),
        resultats=tuple(brut["resultats"]),
    )


@cache
def _catalogue() -> Mapping[str, Dispositif]:
    with _FICHIER.open(encoding="utf-8") as flux:
        lus = [_dispositif(brut) for brut in yaml.load(flux, Loader=_Lecteur)]
    for lu in lus:
        _verifier(lu)
    if len({lu.code for lu in lus}) != len(lus):
        raise CatalogueInvalideError("dispositifs.yaml : un code y figure deux fois.")
    return {lu.code: lu for lu in lus}


def _verifier(lu: Dispositif) -> None:
    """A scheme without a source, or whose neutral label would tell, is a fault of the data."""
    fautes = {
        "famille": lu.famille not in FAMILLES,
        "regle": lu.regle is not None and lu.regle not in REGLES,
        "source": not (lu.source and lu.base_legale),
        "libelle_neutre": not lu.libelle_neutre or lu.sensible == (lu.libelle == lu.libelle_neutre),
        "genres": lu.sensible and not lu.genres,
        "statut": lu.statut not in {"C", "S", "M"},
        "phases": [phase.rang for phase in lu.phases] != list(range(1, len(lu.phases) + 1)),
        "code": lu.code.startswith(PREFIXE_LOCAL),
    }
    mauvais = [champ for champ, faute in fautes.items() if faute]
    if mauvais:
        raise CatalogueInvalideError(f"dispositifs.yaml, {lu.code} : {', '.join(mauvais)}")


def dispositif(code: str) -> Dispositif:
    """A national scheme, in force or not: an old orientation still names it. Raises
    ``DispositifInconnuError``.
    """
    try:
        return _catalogue()[code]
    except KeyError:
        raise DispositifInconnuError(code) from None


def dispositifs(le: date | None = None) -> tuple[Dispositif, ...]:
    """The national schemes, those in force on ``le`` where a day is given, in the order of the data."""
    return tuple(lu for lu in _catalogue().values() if le is None or lu.ouvert(le))
