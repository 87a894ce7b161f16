"""The readings of files within one page: counted at the journal's door, through which all of them pass.

Here and not in the views: a view that opens a file has to say so to the journal, and is counted by that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

#: Events by which something named leaves the database, besides those that begin with ``LECTURE``.
LECTURE: Final = "lecture"
SORTIES: Final = frozenset(
    {
        "archive_consultee",
        "document_compose",
        "document_famille",
        "droit_extrait",
        "export_droit",
        "lettre_information",
        "recherche",
    }
)


class PreuveDemandee(Exception):
    """This account has opened more files than a person reads: it proves who it is before the next one."""


@dataclass(slots=True)
class Lectures:
    """What the page under way has opened; ``preuve_exigee``: it may open nothing before a proof."""

    preuve_exigee: bool = False
    nombre: int = 0


_en_cours: ContextVar[Lectures | None] = ContextVar("maillage_lectures", default=None)


@contextmanager
def compter(lectures: Lectures) -> Iterator[Lectures]:
    """Count the readings of one page."""
    jeton = _en_cours.set(lectures)
    try:
        yield lectures
    finally:
        _en_cours.reset(jeton)


def ouvre_un_dossier(evenement: str) -> bool:
    """Whether that event of the journal is the reading of something named."""
    return evenement.startswith(LECTURE) or evenement in SORTIES


def noter(evenement: str) -> None:
    """One more, if it is one. Raises ``PreuveDemandee`` before anything is shown."""
    lectures = _en_cours.get()
    if lectures is None or not ouvre_un_dossier(evenement):
        return
    if lectures.preuve_exigee:
        raise PreuveDemandee
    lectures.nombre += 1
