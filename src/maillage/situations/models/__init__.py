"""One aggregate a file. Every table here names someone: each carries its own wall."""

from maillage.situations.models.identite import Identite, Representant
from maillage.situations.models.signalement import Signalement
from maillage.situations.models.situation import Numerotation, Situation
from maillage.situations.models.suivi import Bilan, Contact, Designation, Element, Lettre, Objectif

#: In the order in which rows may be erased: children first, whoever they name last.
NOMINATIVES = (
    Lettre,
    Element,
    Designation,
    Objectif,
    Contact,
    Bilan,
    Situation,
    Signalement,
    Representant,
    Identite,
)

__all__ = [
    "NOMINATIVES",
    "Bilan",
    "Contact",
    "Designation",
    "Element",
    "Identite",
    "Lettre",
    "Numerotation",
    "Objectif",
    "Representant",
    "Signalement",
    "Situation",
]
