"""Tables of the room."""

from maillage.parcours.models.dispositif import DispositifLocal
from maillage.parcours.models.levee import Levee
from maillage.parcours.models.offre import ACCORD, Offre, Place

#: Nominative tables that hang on a situation, in the order in which rows may be erased: children first.
NOMINATIVES = (Levee,)

__all__ = ["ACCORD", "NOMINATIVES", "DispositifLocal", "Levee", "Offre", "Place"]
