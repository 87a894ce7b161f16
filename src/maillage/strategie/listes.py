"""The closed lists of the journey: motifs, origins, shareable elements, outcomes, professions, age bands.

They are data, so that the national level may revise one without touching code: an item has dates, is never
deleted and keeps its code. ``statut`` says how sure the item is: C confirmed in a public source, S stated
by the strategy, M from memory, which the screens present as "à vérifier".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from maillage.strategie.chargement import DonneesInvalidesError, en_vigueur, fichiers, jour, lire

STATUTS: Final = ("C", "S", "M")
_PROPRES: Final = frozenset({"code", "libelle", "aide", "statut", "debut", "fin"})


@dataclass(frozen=True, slots=True)
class Item:
    """One choice of a closed list. ``attributs`` holds what is proper to its list; sequences there are
    tuples.
    """

    code: str
    libelle: str
    aide: str
    statut: str
    debut: date | None
    fin: date | None
    attributs: Mapping[str, Any]

    @property
    def a_verifier(self) -> bool:
        """No source has been read for this item."""
        return self.statut == "M"


@dataclass(frozen=True, slots=True)
class Liste:
    """A closed list and where it comes from."""

    code: str
    libelle: str
    source: str
    items: tuple[Item, ...]

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)

    def __contains__(self, code: object) -> bool:
        return any(item.code == code for item in self.items)

    def item(self, code: str) -> Item:
        """The item of this code. Raises :class:`ItemInconnuError`."""
        for item in self.items:
            if item.code == code:
                return item
        raise ItemInconnuError(f"{self.code} : {code}")

    def choix(self, **attributs: object) -> tuple[tuple[str, str], ...]:
        """``(code, libelle)`` pairs for a form, kept when each attribute equals, or contains, the value
        asked.

        ``liste("motifs_signalement").choix(volets="jeune")`` gives the motifs of the youth strand.
        """
        return tuple(
            (item.code, item.libelle)
            for item in self.items
            if all(_convient(item.attributs.get(nom), valeur) for nom, valeur in attributs.items())
        )


class ListeInconnueError(LookupError):
    """No closed list has this code."""


class ItemInconnuError(LookupError):
    """The list has no such item."""


def _convient(attribut: object, valeur: object) -> bool:
    return valeur in attribut if isinstance(attribut, tuple) else attribut == valeur


def _item(brut: Mapping[str, Any]) -> Item:
    attributs = {
        nom: tuple(valeur) if isinstance(valeur, list) else valeur
        for nom, valeur in brut.items()
        if nom not in _PROPRES
    }
    return Item(
        code=brut["code"],
        libelle=brut["libelle"],
        aide=brut["aide"],
        statut=brut["statut"],
        debut=jour(brut.get("debut")),
        fin=jour(brut.get("fin")),
        attributs=MappingProxyType(attributs),
    )


@cache
def codes_listes() -> tuple[str, ...]:
    """The codes of the closed lists."""
    return fichiers("listes")


@cache
def _complete(code: str) -> Liste:
    if code not in codes_listes():
        raise ListeInconnueError(code)
    brut = lire(f"listes/{code}.yaml")
    lue = Liste(brut["code"], brut["libelle"], brut["source"], tuple(_item(i) for i in brut["items"]))
    codes = [item.code for item in lue]
    if lue.code != code or len(set(codes)) != len(codes) or any(i.statut not in STATUTS for i in lue):
        raise DonneesInvalidesError(f"listes/{code}.yaml : code, doublon ou statut à corriger")
    return lue


def liste(code: str, le: date | None = None) -> Liste:
    """A closed list; with ``le``, only the items in force on that day. Raises :class:`ListeInconnueError`.

    Offer the items of today on a form, but read an old record with ``le=None``: its item may have been
    closed since.
    """
    lue = _complete(code)
    if le is None:
        return lue
    return Liste(lue.code, lue.libelle, lue.source, tuple(i for i in lue if en_vigueur(i.debut, i.fin, le)))


def peut_enoncer(element: str, acteur: str, famille: str) -> bool:
    """Whether a member of this partner (code and family) may share this element of ``elements_partageables``.

    A judicial follow-up is stated by the parquet, the SPIP or the PJJ only (CPP art. 11, CSI art. L132-5); an
    element without families nor partners may be shared by any member.
    """
    attributs = liste("elements_partageables").item(element).attributs
    familles, acteurs = attributs["familles"], attributs["acteurs"]
    return (not familles and not acteurs) or famille in familles or acteur in acteurs


def tranche_age(age: int) -> Item:
    """The age band of a person of ``age`` completed years (0 and more)."""
    if age < 0:
        raise ValueError("Un âge ne peut pas être négatif.")
    for item in liste("tranches_age"):
        mini, maxi = item.attributs["age_min"], item.attributs["age_max"]
        if (mini is None or mini <= age) and (maxi is None or age <= maxi):
            return item
    raise DonneesInvalidesError(f"tranches_age.yaml : aucune tranche pour {age} ans")
