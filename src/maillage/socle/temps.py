"""Now and today. One clock: the database's, read once a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from maillage.socle.contexte import courant

FUSEAU_METROPOLE = ZoneInfo("Europe/Paris")

ROLE_DES_REPRISES = "m_maintenance"
_rejoue: ContextVar[datetime | None] = ContextVar("maillage_instant_rejoue", default=None)


class RepriseInterditeError(RuntimeError):
    """Only an operator's command writes the past: the web role never chooses its own clock."""


def maintenant() -> datetime:
    """The instant of the transaction under way, as ``socle.maintenant()`` gives it in SQL."""
    rejoue = _rejoue.get()
    if rejoue is not None:
        return rejoue
    contexte = courant()
    if contexte is not None:
        return contexte.instant
    with connection.cursor() as curseur:
        curseur.execute("SELECT socle.maintenant()")
        instant: datetime = curseur.fetchone()[0]
        return instant


def aujourd_hui(fuseau: ZoneInfo = FUSEAU_METROPOLE) -> date:
    """Today in the territory whose time zone is given (overseas councils live in theirs)."""
    return maintenant().astimezone(fuseau).date()


@contextmanager
def rejouer(instant: datetime) -> Iterator[None]:
    """Run services as if it were ``instant`` (aware), to build a history: imports, demonstration.

    Refused unless the transaction already acts as ``m_maintenance``, a role the web's login cannot
    take. The database keeps its own clock: the journal is stamped with the true instant.
    """
    if instant.tzinfo is None:
        raise ValueError("un instant sans fuseau ne dit pas quand")
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_user")
        (role,) = curseur.fetchone()
    if role != ROLE_DES_REPRISES:
        raise RepriseInterditeError(role)
    jeton = _rejoue.set(instant)
    try:
        yield
    finally:
        _rejoue.reset(jeton)
