"""The door through which a higher room gives what a nominative convention is about.

``documents`` holds conventions and knows no file: a room that has some registers a source for a kind, which
names the file, fills the template's fields from it, says who else must sign and judges by the law.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maillage.droit.api import Motif, Verdict


@dataclass(frozen=True, slots=True)
class ObjetPresente:
    """How a file is shown beside its convention to those who may read it."""

    titre: str
    url: str


@dataclass(frozen=True, slots=True)
class PartieRemplie:
    """A party as the judge needs it: ``cle`` tells two bodies apart, whatever they are called."""

    role: str
    cle: str
    nom: str


@dataclass(frozen=True, slots=True)
class ConventionAJuger:
    """One convention, in fact or in project. ``fin`` is its term, amendments included.

    ``brouillon``: not sent to sign yet, a party may still be missing. A history holds those that were sent.
    """

    cercle: int
    objet: UUID
    genre: str
    debut: date
    fin: date
    champs: Mapping[str, Any]
    parties: tuple[PartieRemplie, ...]
    renouvellement: bool = False
    brouillon: bool = False

    def partie(self, role: str) -> PartieRemplie | None:
        """The party of that role, when it is named."""
        return next((partie for partie in self.parties if partie.role == role), None)


def _sans_role(cercle: int, objet: UUID, champs: Mapping[str, Any]) -> frozenset[str]:
    return frozenset()


def _le_meme(cercle: int, objet: UUID) -> Sequence[UUID]:
    """Most files have one pseudonym: their history is their own."""
    return (objet,)


def _d_accord(projet: ConventionAJuger, historique: Sequence[ConventionAJuger], le: date) -> Verdict:
    return Verdict.accord()


def _sans_garde(texte: str) -> Sequence[Motif]:
    return ()


@dataclass(frozen=True, slots=True)
class SourceDeConventions:
    """What a room offers for one kind of nominative convention.

    ``objets(cercle)``: the files one may prepare it for, with their name. ``presenter`` returns only what the
    actor may see. ``donnees``: the template's fields of origin « dossier ». ``requises``: roles to be signed
    beyond those of the kind (the parent of a minor). ``apparentes``: every pseudonym whose conventions count
    in the history of this one. ``juger(projet, historique, le)`` is the law's answer. ``garder``: the reasons
    why a free text may not be written.
    """

    genre: str
    objets: Callable[[int], Sequence[tuple[UUID, str]]]
    presenter: Callable[[int, Sequence[UUID]], Mapping[UUID, ObjetPresente]]
    donnees: Callable[[int, UUID], Mapping[str, Any]]
    requises: Callable[[int, UUID, Mapping[str, Any]], frozenset[str]] = _sans_role
    apparentes: Callable[[int, UUID], Sequence[UUID]] = _le_meme
    juger: Callable[[ConventionAJuger, Sequence[ConventionAJuger], date], Verdict] = _d_accord
    garder: Callable[[str], Sequence[Motif]] = _sans_garde


class SourceInconnue(LookupError):
    """No room registered that kind: a programming error."""


_sources: dict[str, SourceDeConventions] = {}


def enregistrer(source_: SourceDeConventions) -> None:
    """Register a source at start; two for one kind is an error."""
    if _sources.setdefault(source_.genre, source_) != source_:
        raise ValueError(f"genre de convention déjà enregistré : {source_.genre}")


def source(genre: str) -> SourceDeConventions:
    """The source of a kind. Raises ``SourceInconnue``."""
    try:
        return _sources[genre]
    except KeyError as absente:
        raise SourceInconnue(genre) from absente
