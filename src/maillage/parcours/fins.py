"""How the rows of this room end: with the file, and the body's own copy of an identity sooner."""

from collections.abc import Mapping
from typing import Final

from maillage.socle.fins import Fin, avec

SITUATION: Final = "situations.Situation"
PARTICIPATION: Final = "parcours.Participation"
DU_DOSSIER: Final = (
    "Orientation",
    "Participation",
    "Levee",
    "PeineEnoncee",
    "ConditionEnoncee",
    "PlanDeSortie",
)

FINS: Final[Mapping[str, Fin]] = {
    **{f"parcours.{nom}": avec(SITUATION, par="situation") for nom in DU_DOSSIER},
    "parcours.PhaseSuivie": avec(PARTICIPATION, par="participation"),
    "parcours.Presence": avec(PARTICIPATION, par="participation"),
    "parcours.Accueil": avec(
        PARTICIPATION, par="participation", plus_tot=("parcours.accueil_effacement_jours",)
    ),
    "parcours.EtapeDeSortie": avec("parcours.PlanDeSortie", par="plan"),
    "parcours.FinDeplacee": avec("parcours.PlanDeSortie", par="plan"),
}
