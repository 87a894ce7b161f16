"""One aggregate a file."""

from maillage.maire.models.delegation import Delegation, Pouvoir, QualiteDelegue
from maillage.maire.models.dossier import Dossier
from maillage.maire.models.levee import LeveeDuMaire
from maillage.maire.models.rappel import (
    ActeDeRappel,
    Audition,
    CompteRendu,
    ConsultationDuParquet,
    Convocation,
    EnonceDeProcedure,
    Rappel,
    SuiteDeRappel,
)
from maillage.maire.models.registre import LigneDeRegistre, Rectification, Registre

__all__ = [
    "ActeDeRappel",
    "Audition",
    "CompteRendu",
    "ConsultationDuParquet",
    "Convocation",
    "Delegation",
    "Dossier",
    "EnonceDeProcedure",
    "LeveeDuMaire",
    "LigneDeRegistre",
    "Pouvoir",
    "QualiteDelegue",
    "Rappel",
    "Rectification",
    "Registre",
    "SuiteDeRappel",
]
