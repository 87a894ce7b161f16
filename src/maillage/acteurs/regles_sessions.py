"""Pure rules of how long a session lives, and of how many files it may open before proving itself again.

No Django here; instants are passed in. The figures are dated in ``droit``.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from maillage.droit.api import entier

# --- How long ---------------------------------------------------------------------------------------

INACTIVITE: Final = "session.inactivite_minutes"
#: "Last seen" is written at most once in this time: a page view must not cost a write.
PAS_DE_VUE: Final = timedelta(minutes=5)
#: How long before its end a session says so.
PREAVIS: Final = timedelta(minutes=5)


def inactivite(le: date) -> timedelta:
    """How long a session may stay without any action."""
    return timedelta(minutes=entier(INACTIVITE, le))


def fin(*, ouverte_le: datetime, vue_le: datetime, absolue: timedelta) -> datetime:
    """When a session last seen at ``vue_le`` ends if nothing more is asked of it.

    Later uses within ``PAS_DE_VUE`` are not written down: they are given to whoever made them, so that no
    session ends earlier than it says.
    """
    return min(ouverte_le + absolue, vue_le + inactivite(vue_le.date()) + PAS_DE_VUE)


def reste(*, ouverte_le: datetime, instant: datetime, absolue: timedelta) -> timedelta:
    """How long a session used at ``instant`` will last at least, without any other action."""
    return max(min(ouverte_le + absolue - instant, inactivite(instant.date())), timedelta())


# --- How many files ---------------------------------------------------------------------------------

COURT: Final = timedelta(minutes=10)
JOUR: Final = timedelta(hours=24)
SEUIL_COURT, SEUIL_JOUR = "lectures.court_nombre", "lectures.jour_nombre"


@dataclass(frozen=True, slots=True)
class Rythme:
    """What an account has opened: within ten minutes, within a day."""

    court: int
    jour: int


@dataclass(frozen=True, slots=True)
class Depassement:
    """A pace that asks for a proof: how many files, in how many minutes."""

    nombre: int
    minutes: int


def depassement(rythme: Rythme, le: date) -> Depassement | None:
    """Whether this pace is beyond what a person reads; the short window is told first."""
    if rythme.court > entier(SEUIL_COURT, le):
        return Depassement(rythme.court, int(COURT.total_seconds() // 60))
    if rythme.jour > entier(SEUIL_JOUR, le):
        return Depassement(rythme.jour, int(JOUR.total_seconds() // 60))
    return None


def preuve_due(*, exigee_le: datetime | None, prouvee_le: datetime | None) -> bool:
    """Whether a session must prove itself before it opens another file.

    The demand is the account's, the proof is the session's: whose session was stolen proves themself in
    their own, and the stolen one stays closed.
    """
    return exigee_le is not None and (prouvee_le is None or prouvee_le <= exigee_le)
