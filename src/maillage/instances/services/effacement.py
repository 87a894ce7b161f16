"""What goes from the séances when the retention run erases a file."""

from collections.abc import Collection
from uuid import UUID

from maillage.instances.models.seance import Point


def effacer_points(objets: Collection[UUID]) -> int:
    """Erase the points of these files, as ``m_maintenance``: a decision about someone goes with them."""
    return Point.objects.filter(objet__in=objets).delete()[0]
