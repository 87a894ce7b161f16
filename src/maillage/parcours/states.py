"""The states of an orientation and of what follows it, once, as data.

The groupe's half ends with « transmise » and resumes with « retour »; between both, the participation tells.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatOrientation(StrEnum):
    PROPOSEE = "proposee"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee_par_la_personne"
    TRANSMISE = "transmise"
    RETOUR = "retour"


class EtatParticipation(StrEnum):
    TRANSMISE = "transmise"
    ACCUSEE = "accusee"
    DECLINEE = "declinee"
    COMMENCEE = "commencee"
    TERMINEE = "terminee"
    ABANDONNEE = "abandonnee"


class EtatPresence(StrEnum):
    PRESENT = "present"
    EXCUSE = "excuse"
    ABSENT = "absent"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatOrientation.PROPOSEE: "Proposée, accord à demander",
        EtatOrientation.ACCEPTEE: "Acceptée, à transmettre",
        EtatOrientation.REFUSEE: "Refusée par la personne",
        EtatOrientation.TRANSMISE: "Transmise, réception attendue",
        EtatOrientation.RETOUR: "Suite décidée",
        EtatParticipation.ACCUSEE: "Reçue, début à fixer",
        EtatParticipation.DECLINEE: "Déclinée par le lieu d’accueil",
        EtatParticipation.COMMENCEE: "En cours",
        EtatParticipation.TERMINEE: "Terminée",
        EtatParticipation.ABANDONNEE: "Arrêtée avant le terme",
        EtatPresence.PRESENT: "Présent",
        EtatPresence.EXCUSE: "Excusé",
        EtatPresence.ABSENT: "Absent",
    }
)

#: The person's agreement comes before anything is transmitted; the groupe alone decides what follows the end.
TRANSITIONS_ORIENTATION: Final[Mapping[EtatOrientation, frozenset[EtatOrientation]]] = MappingProxyType(
    {
        EtatOrientation.PROPOSEE: frozenset({EtatOrientation.ACCEPTEE, EtatOrientation.REFUSEE}),
        EtatOrientation.ACCEPTEE: frozenset({EtatOrientation.TRANSMISE, EtatOrientation.REFUSEE}),
        EtatOrientation.TRANSMISE: frozenset({EtatOrientation.RETOUR}),
        EtatOrientation.REFUSEE: frozenset(),
        EtatOrientation.RETOUR: frozenset(),
    }
)

#: Declined, it may be transmitted elsewhere: another participation of the same orientation.
TRANSITIONS_PARTICIPATION: Final[Mapping[EtatParticipation, frozenset[EtatParticipation]]] = MappingProxyType(
    {
        EtatParticipation.TRANSMISE: frozenset(
            {EtatParticipation.ACCUSEE, EtatParticipation.DECLINEE, EtatParticipation.ABANDONNEE}
        ),
        EtatParticipation.ACCUSEE: frozenset(
            {EtatParticipation.COMMENCEE, EtatParticipation.DECLINEE, EtatParticipation.ABANDONNEE}
        ),
        EtatParticipation.COMMENCEE: frozenset({EtatParticipation.TERMINEE, EtatParticipation.ABANDONNEE}),
        EtatParticipation.DECLINEE: frozenset(),
        EtatParticipation.TERMINEE: frozenset(),
        EtatParticipation.ABANDONNEE: frozenset(),
    }
)

OUVERTES: Final = frozenset(
    {EtatParticipation.TRANSMISE, EtatParticipation.ACCUSEE, EtatParticipation.COMMENCEE}
)
FINIES: Final = frozenset(EtatParticipation) - OUVERTES
#: An orientation that still occupies its scheme, as long as its participation is not over.
VIVANTES: Final = frozenset({EtatOrientation.PROPOSEE, EtatOrientation.ACCEPTEE, EtatOrientation.TRANSMISE})
