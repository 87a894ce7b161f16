"""One aggregate a file."""

from maillage.maire.models.delegation import Delegation, Pouvoir, QualiteDelegue
from maillage.maire.models.dossier import Dossier
from maillage.maire.models.familles import (
    AccompagnementParental,
    AuditionFamille,
    BilanFamille,
    ConvocationFamille,
    DossierFamille,
    PieceDeFamille,
    SaisineDepartement,
    SuiteFamille,
)
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
from maillage.maire.models.transaction import (
    ActeDeTransaction,
    ExecutionDeTransaction,
    GenreActe,
    PropositionDeTransaction,
    Transaction,
)

__all__ = [
    "AccompagnementParental",
    "ActeDeRappel",
    "ActeDeTransaction",
    "Audition",
    "AuditionFamille",
    "BilanFamille",
    "CompteRendu",
    "ConsultationDuParquet",
    "Convocation",
    "ConvocationFamille",
    "Delegation",
    "Dossier",
    "DossierFamille",
    "EnonceDeProcedure",
    "ExecutionDeTransaction",
    "GenreActe",
    "LeveeDuMaire",
    "LigneDeRegistre",
    "PieceDeFamille",
    "Pouvoir",
    "PropositionDeTransaction",
    "QualiteDelegue",
    "Rappel",
    "Rectification",
    "Registre",
    "SaisineDepartement",
    "SuiteDeRappel",
    "SuiteFamille",
    "Transaction",
]
