"""The door through which a higher room puts its files on a séance's agenda.

``instances`` holds séances and points but knows no file: a room that has some registers a source,
which proposes what is due, presents a point, lists the decisions open on it and applies one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class PointPropose:
    """A file that should be on the agenda, and why. ``echeance`` orders the list, nothing else."""

    objet: UUID
    titre: str
    motif: str
    echeance: date | None = None


@dataclass(frozen=True)
class Presentation:
    """How a file is shown in a séance to those who may read it."""

    titre: str
    sous_titre: str
    url: str
    etat: str = ""


@dataclass(frozen=True)
class Decision:
    """A decision open on a point, with what it will do and when, said before it is taken."""

    code: str
    libelle: str
    consequence: str
    echeance: date | None = None
    precisions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class DecisionPrise:
    """What the groupe decided, handed to the room that applies it."""

    cercle: int
    objet: UUID
    decision: str
    precision: str
    seance: UUID
    le: date


def _rien(cercle: int, objet: UUID) -> None:
    """A room whose files show nothing of the agendas they stand on."""


def _sans_precision(cercle: int) -> Mapping[str, Mapping[str, str]]:
    """Most sources say nothing more than the decision."""
    return {}


@dataclass(frozen=True)
class SourceDePoints:
    """What a room offers to the agenda, for one genre of file.

    ``proposer(cercle, le)`` lists what is due around a séance held on that day; ``presenter(cercle,
    objets)`` returns only what the actor may see; ``decisions(cercle, objet)`` the open decisions;
    ``appliquer(prise)`` raises ``Refus``;
    ``libelles`` gives the words of every decision of the genre, even those no longer open;
    ``precisions(cercle)`` those of what makes a decision precise, as the actor may read them.
    ``inscrire`` and ``retirer`` tell the room that a file waits on an agenda, or no longer waits on any:
    it may show it. Neither refuses: an agenda is withdrawn even when the file is gone.
    """

    genre: str
    libelle: str
    proposer: Callable[[int, date], Sequence[PointPropose]]
    presenter: Callable[[int, Sequence[UUID]], Mapping[UUID, Presentation]]
    decisions: Callable[[int, UUID], Sequence[Decision]]
    appliquer: Callable[[DecisionPrise], Any]
    libelles: Mapping[str, str]
    precisions: Callable[[int], Mapping[str, Mapping[str, str]]] = _sans_precision
    inscrire: Callable[[int, UUID], None] = _rien
    retirer: Callable[[int, UUID], None] = _rien
    #: The genres of formation whose agenda it offers files to.
    formations: frozenset[str] = frozenset({"groupe"})


class GenreInconnu(LookupError):
    """No room registered that genre: a programming error."""


_sources: dict[str, SourceDePoints] = {}


def enregistrer(source: SourceDePoints) -> None:
    """Register a source at start; two for one genre is an error."""
    if source.genre in _sources and _sources[source.genre] != source:
        raise ValueError(f"genre de point déjà enregistré : {source.genre}")
    _sources[source.genre] = source


def source(genre: str) -> SourceDePoints:
    """The source of a genre. Raises ``GenreInconnu``."""
    try:
        return _sources[genre]
    except KeyError as absente:
        raise GenreInconnu(genre) from absente


def sources(formation: str) -> list[SourceDePoints]:
    """The sources for a genre of formation, in the order of registration."""
    return [offre for offre in _sources.values() if formation in offre.formations]
