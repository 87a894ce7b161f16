"""Now and today. One clock: the database's, read once a transaction."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection

from maillage.socle.contexte import courant

FUSEAU_METROPOLE = ZoneInfo("Europe/Paris")


def maintenant() -> datetime:
    """The instant of the transaction under way, as ``socle.maintenant()`` gives it in SQL."""
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
