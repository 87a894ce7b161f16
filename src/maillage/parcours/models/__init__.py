"""Tables of the room. Those that name someone carry their own wall; offers and places name nobody."""

from maillage.parcours.models.dispositif import DispositifLocal
from maillage.parcours.models.levee import Levee
from maillage.parcours.models.offre import ACCORD, Offre, Place
from maillage.parcours.models.sortie import EtapeDeSortie, FinDeplacee, PlanDeSortie

#: Nominative tables that hang on a situation, in the order in which rows may be erased: children first.
NOMINATIVES = (Levee, FinDeplacee, EtapeDeSortie, PlanDeSortie)

__all__ = [
    "ACCORD",
    "NOMINATIVES",
    "DispositifLocal",
    "EtapeDeSortie",
    "FinDeplacee",
    "Levee",
    "Offre",
    "Place",
    "PlanDeSortie",
]
