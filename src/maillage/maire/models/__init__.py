"""One aggregate a file."""

from maillage.maire.models.avis import AvisDu, RelanceAvis
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
from maillage.maire.models.sport import (
    DecisionSport,
    InvitationSport,
    MesurePreventive,
    MesureSport,
    NotificationSport,
    ObservationsSport,
    RecoursSport,
    ReparationSport,
)
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
    "AvisDu",
    "BilanFamille",
    "CompteRendu",
    "ConsultationDuParquet",
    "Convocation",
    "ConvocationFamille",
    "DecisionSport",
    "Delegation",
    "Dossier",
    "DossierFamille",
    "EnonceDeProcedure",
    "ExecutionDeTransaction",
    "GenreActe",
    "InvitationSport",
    "LeveeDuMaire",
    "LigneDeRegistre",
    "MesurePreventive",
    "MesureSport",
    "NotificationSport",
    "ObservationsSport",
    "PieceDeFamille",
    "Pouvoir",
    "PropositionDeTransaction",
    "QualiteDelegue",
    "Rappel",
    "RecoursSport",
    "Rectification",
    "Registre",
    "RelanceAvis",
    "ReparationSport",
    "SaisineDepartement",
    "SuiteDeRappel",
    "SuiteFamille",
    "Transaction",
]
