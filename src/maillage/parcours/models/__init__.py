"""Tables of the room."""

from maillage.parcours.models.dispositif import DispositifLocal
from maillage.parcours.models.offre import ACCORD, Offre, Place

__all__ = ["ACCORD", "DispositifLocal", "Offre", "Place"]
