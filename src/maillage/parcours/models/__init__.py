"""Tables of the room."""

from maillage.parcours.models.dispositif import DispositifLocal
from maillage.parcours.models.enonce import ConditionEnoncee, PeineEnoncee
from maillage.parcours.models.levee import Levee
from maillage.parcours.models.offre import ACCORD, Offre, Place, empreinte
from maillage.parcours.models.orientation import Accueil, Orientation, Participation, PhaseSuivie, Presence
from maillage.parcours.models.sortie import EtapeDeSortie, FinDeplacee, PlanDeSortie

#: Nominative tables that hang on a situation, in the order in which rows may be erased: children first.
#: Those of orientations hang on one another: ``services.conservation`` erases them.
NOMINATIVES = (Levee, ConditionEnoncee, PeineEnoncee, FinDeplacee, EtapeDeSortie, PlanDeSortie)

__all__ = [
    "ACCORD",
    "NOMINATIVES",
    "Accueil",
    "ConditionEnoncee",
    "DispositifLocal",
    "EtapeDeSortie",
    "FinDeplacee",
    "Levee",
    "Offre",
    "Orientation",
    "Participation",
    "PeineEnoncee",
    "PhaseSuivie",
    "Place",
    "PlanDeSortie",
    "Presence",
    "empreinte",
]
