"""Who should sit in a kind of formation, from the fiches that name partners and from the texts.

A suggestion, never a membership: a seat is given by the council, and access by an habilitation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from maillage.strategie.acteurs import Acteur, acteur
from maillage.strategie.chargement import en_vigueur, jour, lire
from maillage.strategie.fiches import fiche


@dataclass(frozen=True, slots=True)
class Siege:
    """A suggested seat. ``fiches``: those that name the partner; ``source``: the text that asks for it, if
    any.
    """

    acteur: Acteur
    fiches: tuple[int, ...]
    de_droit: bool
    source: str | None
    a_verifier: bool


class GenreInconnuError(LookupError):
    """No kind of formation has this code."""


@cache
def _formations() -> Mapping[str, Mapping[str, Any]]:
    return {brut["genre"]: brut for brut in lire("donnees/sieges.yaml")}


def genres() -> tuple[str, ...]:
    """The kinds of formation for which seats are suggested."""
    return tuple(_formations())


def _formation(genre: str) -> Mapping[str, Any]:
    try:
        return _formations()[genre]
    except KeyError:
        raise GenreInconnuError(genre) from None


def libelle_genre(genre: str) -> str:
    """The French label of a kind of formation. Raises :class:`GenreInconnuError`."""
    libelle: str = _formation(genre)["libelle"]
    return libelle


def _ajouts(formation: Mapping[str, Any], le: date | None) -> Iterator[Mapping[str, Any]]:
    for ajout in formation["ajouts"]:
        if en_vigueur(jour(ajout.get("debut")), jour(ajout.get("fin")), le):
            yield ajout


def _des_fiches(formation: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for numero in formation["fiches"]:
        lue = fiche(numero)
        for code in (*lue.pilotes, *lue.partenaires):
            if code not in formation.get("sauf", ()):
                yield code, numero


def sieges_suggeres(genre: str, le: date) -> tuple[Siege, ...]:
    """The partners that should sit in a formation of this ``genre`` on ``le``; members by right come first.

    Where persons are named, those who may not hear of them (residents, traders, employers) are left out: only
    members bound by the charter share named information (CSI art. L132-5).
    """
    formation = _formation(genre)
    ajouts = {ajout["acteur"]: ajout for ajout in _ajouts(formation, le)}
    cites: dict[str, list[int]] = {code: [] for code in ajouts}
    for code, numero in _des_fiches(formation):
        numeros = cites.setdefault(code, [])
        if numero not in numeros:
            numeros.append(numero)
    sieges = [_siege(code, numeros, ajouts.get(code, {})) for code, numeros in cites.items()]
    admis = [
        siege
        for siege in sieges
        if siege.acteur.peut_sieger and (siege.acteur.siege_nominatif or not formation["nominatif"])
    ]
    return tuple(sorted(admis, key=lambda siege: not siege.de_droit))


def _siege(code: str, numeros: list[int], ajout: Mapping[str, Any]) -> Siege:
    return Siege(
        acteur=acteur(code),
        fiches=tuple(numeros),
        de_droit=bool(ajout.get("de_droit", False)),
        source=ajout.get("source"),
        a_verifier=bool(ajout.get("a_verifier", False)),
    )
