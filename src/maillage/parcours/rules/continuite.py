"""Days without support: between the last day of what ends and each support that should follow (fiche 10).

Used for the way out of a judicial measure; written for any hand-over, so that a victim's path can use it.

Days are whole and both ends of a period are included. ``dernier_jour`` is the last day of what ends: that
day is covered, the next one must be. A support that starts on the next day leaves no gap; one that starts
N days later leaves N - 1 days uncovered. A support without an end lasts. Days before ``dernier_jour`` are
covered by what ends; supports that already run then only tell how long both go together. After the last
support of a domain has ended nothing is a gap: that end is a decision, not a hole between two supports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Soutien:
    """A support in one domain, from ``debut`` to ``fin`` included; None: it lasts.

    ``effectif``: it has begun, someone confirmed it. Otherwise ``debut`` is only what is planned.
    """

    domaine: str
    debut: date
    fin: date | None = None
    effectif: bool = False

    def __post_init__(self) -> None:
        if self.fin is not None and self.fin < self.debut:
            raise ValueError("Un soutien ne finit pas avant d’avoir commencé.")


@dataclass(frozen=True, slots=True)
class Trou:
    """Uncovered days of one domain, both ends included. ``au`` None: no support is planned to end it.

    ``constate``: the support after it has begun, so the gap has happened; otherwise it can be mended.
    """

    domaine: str
    du: date
    au: date | None
    constate: bool = False

    @property
    def jours(self) -> int | None:
        """How many days; None while nothing ends it."""
        return None if self.au is None else (self.au - self.du).days + 1

    @property
    def gravite(self) -> tuple[bool, int]:
        """What makes one worse than another: without an end first, then its length."""
        return (self.au is None, self.jours or 0)


@dataclass(frozen=True, slots=True)
class Recouvrement:
    """Days held by two supports of one domain at least, or by a support and what ends."""

    domaine: str
    du: date
    au: date | None

    @property
    def jours(self) -> int | None:
        """How many days; None when both last."""
        return None if self.au is None else (self.au - self.du).days + 1


@dataclass(frozen=True, slots=True)
class Continuite:
    """One answer for every domain asked, in the order asked."""

    dernier_jour: date
    domaines: tuple[str, ...]
    trous: tuple[Trou, ...]
    recouvrements: tuple[Recouvrement, ...]

    @property
    def continue_(self) -> bool:
        """Whether no domain has an uncovered day before a support."""
        return not self.trous

    @property
    def premier_jour_decouvert(self) -> date | None:
        """The first day on which at least one domain holds nothing."""
        return min((trou.du for trou in self.trous), default=None)

    @property
    def pire(self) -> Trou | None:
        """The worst gap: one that nothing ends, else the longest, the earliest of equals."""
        return max(self.trous, key=lambda trou: (*trou.gravite, -trou.du.toordinal()), default=None)

    def trous_de(self, domaine: str) -> tuple[Trou, ...]:
        """The gaps of one domain, in order."""
        return tuple(trou for trou in self.trous if trou.domaine == domaine)


def continuite(dernier_jour: date, soutiens: Iterable[Soutien], domaines: Sequence[str]) -> Continuite:
    """Gaps and overlaps of each domain after ``dernier_jour``. A domain not asked for is not judged."""
    lus = sorted(soutiens, key=lambda soutien: (soutien.debut, soutien.fin or date.max))
    trous: list[Trou] = []
    recouvrements: list[Recouvrement] = []
    for domaine in domaines:
        les_siens = [soutien for soutien in lus if soutien.domaine == domaine]
        trous += _trous(domaine, dernier_jour, les_siens)
        recouvrements += _recouvrements(domaine, dernier_jour, les_siens)
    return Continuite(dernier_jour, tuple(domaines), tuple(trous), tuple(recouvrements))


def _trous(domaine: str, dernier_jour: date, soutiens: Sequence[Soutien]) -> list[Trou]:
    """Holes left, walking from the last covered day to each next support."""
    couvert: date | None = dernier_jour
    suivis = [soutien for soutien in soutiens if soutien.fin is None or soutien.fin > dernier_jour]
    if not suivis:
        return [Trou(domaine, dernier_jour + _UN_JOUR, None)]
    trous = []
    for soutien in suivis:
        if couvert is None:
            break
        if soutien.debut > couvert + _UN_JOUR:
            trous.append(Trou(domaine, couvert + _UN_JOUR, soutien.debut - _UN_JOUR, soutien.effectif))
        couvert = None if soutien.fin is None else max(couvert, soutien.fin)
    return trous


def _recouvrements(domaine: str, dernier_jour: date, soutiens: Sequence[Soutien]) -> list[Recouvrement]:
    """Days held twice. What ends counts as a first holder, up to its last day."""
    trouves: list[Recouvrement] = []
    tenu: date | None = dernier_jour
    for soutien in soutiens:
        if tenu is None or soutien.debut <= tenu:
            au = _plus_tot(tenu, soutien.fin)
            precedent = trouves[-1] if trouves else None
            if precedent is not None and (precedent.au is None or precedent.au >= soutien.debut - _UN_JOUR):
                trouves[-1] = Recouvrement(domaine, precedent.du, _plus_tard(precedent.au, au))
            else:
                trouves.append(Recouvrement(domaine, soutien.debut, au))
        tenu = _plus_tard(tenu, soutien.fin)
    return trouves


def _plus_tot(un: date | None, autre: date | None) -> date | None:
    """The earlier end; None is endless."""
    if un is None or autre is None:
        return autre if un is None else un
    return min(un, autre)


def _plus_tard(un: date | None, autre: date | None) -> date | None:
    """The later end; None is endless."""
    return None if un is None or autre is None else max(un, autre)
