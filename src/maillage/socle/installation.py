"""What this database is: a real one, or a demonstration, for ever."""

from datetime import datetime

from maillage.socle.contexte import DEMO
from maillage.socle.memoire import connu
from maillage.socle.models import Installation


def est_demonstration() -> bool:
    """True when the database was created as a demonstration."""
    lu = connu(DEMO)
    return Installation.objects.filter(demo=True).exists() if lu is None else bool(lu)


def marquer(*, demo: bool, cree_le: datetime, graine: int | None = None) -> None:
    """Say once what this database is. A trigger refuses any later change."""
    Installation.objects.get_or_create(pk=1, defaults={"demo": demo, "graine": graine, "cree_le": cree_le})
