"""Which archives answer for an instant, which are past their days: pure, from the names of files alone.

A name tells all it takes: the instant from which a base backup may be brought back, the first segment of the
journal of writes it needs. No Django, no database, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

#: Erasure is effective in every copy that holds keys after that, and one run of the command.
JOURS_GARDES: Final = 7
BASE, SEGMENT = ".msb", ".msw"
_INSTANT: Final = "%Y%m%dT%H%M%SZ"
_NOM_DE_BASE: Final = re.compile(r"base-(\d{8}T\d{6}Z)-([0-9A-F]{24})\.msb")
#: What the server hands over: a segment, the note of a base backup, the history of a timeline.
_NOM_REMIS: Final = re.compile(r"[0-9A-F]{24}(?:\.[0-9A-F]{8}\.backup|\.partial)?|[0-9A-F]{8}\.history")
_PLEIN: Final = re.compile(r"[0-9A-F]{24}")
#: Segments of 16 MiB: 256 of them share one « log » number.
_PAR_JOURNAL: Final = 0x100


class SauvegardeRefusee(Exception):
    """The backup cannot be made or brought back: one sentence."""


class ArchivesRefusees(SauvegardeRefusee):
    """The archives cannot do what is asked: one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class BaseGardee:
    """A base backup: from when it can be brought back, and the first segment it needs."""

    des: datetime
    segment: str

    @property
    def nom(self) -> str:
        return f"base-{self.des.astimezone(UTC).strftime(_INSTANT)}-{self.segment}{BASE}"


def lire_base(nom: str) -> BaseGardee | None:
    """The base backup of that name; None where it is another file."""
    trouve = _NOM_DE_BASE.fullmatch(nom)
    if trouve is None:
        return None
    try:
        return BaseGardee(datetime.strptime(trouve[1], _INSTANT).replace(tzinfo=UTC), trouve[2])
    except ValueError:
        return None


def bases(noms: Iterable[str]) -> list[BaseGardee]:
    """The base backups among these files, the oldest first."""
    return sorted(lue for nom in noms if (lue := lire_base(nom)) is not None)


def remis_par_le_serveur(nom: str) -> bool:
    """Whether the server names its files so: anything else is left alone."""
    return _NOM_REMIS.fullmatch(nom) is not None


def nom_archive(segment: str) -> str:
    """The file of the archives that keeps it."""
    return segment + SEGMENT


def segment_de(nom: str) -> str | None:
    """What of the server that file keeps; None where it is another file."""
    remis = nom.removesuffix(SEGMENT)
    return remis if remis != nom and remis_par_le_serveur(remis) else None


def choisir(connues: Collection[BaseGardee], instant: datetime | None) -> BaseGardee:
    """The base backup from which that instant (or the end) is the nearest. Raises ``ArchivesRefusees``."""
    if not connues:
        raise ArchivesRefusees("ce dossier ne contient aucune sauvegarde de base.")
    d_avant = [base for base in connues if instant is None or base.des <= instant]
    if not d_avant:
        raise ArchivesRefusees(
            f"aucune sauvegarde de base n’est d’avant cet instant ; la plus ancienne ramène au plus tôt au "
            f"{min(connues).des.isoformat(timespec='seconds')}."
        )
    return max(d_avant)


def suite(base: BaseGardee, noms: Iterable[str]) -> list[str]:
    """What of the server must come back after that base, in order. Raises where a segment is missing.

    PostgreSQL would stop at the gap and open the database there, without a word. Nothing archived yet: the
    base backup holds by itself all it takes to come back as it was made.
    """
    remis = sorted({segment for nom in noms if (segment := segment_de(nom)) is not None})
    pleins = [nom for nom in remis if _PLEIN.fullmatch(nom) and _a_partir(nom, base.segment)]
    if pleins and pleins[0] != base.segment:
        raise ArchivesRefusees(f"le morceau {base.segment}, dont cette base a besoin, manque aux archives.")
    for avant, apres in pairwise(pleins):
        if _rang(apres) != _rang(avant) + 1:
            raise ArchivesRefusees(f"un morceau manque aux archives après {avant}.")
    return [*(nom for nom in remis if nom.endswith(".history")), *pleins]


def _a_partir(segment: str, premier: str) -> bool:
    return segment[:8] == premier[:8] and segment >= premier


def _rang(segment: str) -> int:
    return int(segment[8:16], 16) * _PAR_JOURNAL + int(segment[16:], 16)


def a_oter(noms: Collection[str], instant: datetime) -> list[str]:
    """The files past their days: base backups, save the last, then the segments no base left needs."""
    connues = bases(noms)
    gardees = [b for b in connues if instant - b.des <= timedelta(days=JOURS_GARDES)] or connues[-1:]
    if not gardees:
        return []
    # Timelines aside: a segment older than every base kept is needed by none.
    premier = min(base.segment[8:] for base in gardees)
    vieux = [
        nom
        for nom in noms
        if (segment := segment_de(nom)) is not None
        and not segment.endswith(".history")
        and segment[8:24] < premier
    ]
    return sorted([*(base.nom for base in connues if base not in gardees), *vieux])
