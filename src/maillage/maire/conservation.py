"""Which files of the room the retention run erases, and with what: a family of tables a kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from maillage.instances.api import LigneNominative
from maillage.maire.models import (
    AccompagnementParental,
    ActeDeRappel,
    ActeDeTransaction,
    Audition,
    AuditionFamille,
    BilanFamille,
    CompteRendu,
    ConsultationDuParquet,
    Convocation,
    ConvocationFamille,
    DecisionSport,
    Dossier,
    DossierFamille,
    EnonceDeProcedure,
    ExecutionDeTransaction,
    InvitationSport,
    MesurePreventive,
    MesureSport,
    NotificationSport,
    ObservationsSport,
    PropositionDeTransaction,
    Rappel,
    RecoursSport,
    ReparationSport,
    SaisineDepartement,
    SuiteDeRappel,
    SuiteFamille,
    Transaction,
)


@dataclass(frozen=True, slots=True)
class Famille:
    """A kind of file and its child tables, erased before it. Each child points at it by ``dossier``."""

    dossier: type[Dossier]
    pieces: Sequence[type[LigneNominative]] = ()

    @property
    def nom(self) -> str:
        return self.dossier._meta.model_name or ""

    @property
    def lignes(self) -> QuerySet[Any]:
        """Every file of the kind, as the wall shows them to whoever asks."""
        return self.dossier._default_manager.all()


#: Completed by each kind of file; a test refuses one that is left out.
FAMILLES: tuple[Famille, ...] = (
    Famille(
        Rappel,
        (
            EnonceDeProcedure,
            ConsultationDuParquet,
            Convocation,
            ActeDeRappel,
            Audition,
            CompteRendu,
            SuiteDeRappel,
        ),
    ),
    Famille(
        DossierFamille,
        (
            AuditionFamille,
            ConvocationFamille,
            SuiteFamille,
            AccompagnementParental,
            BilanFamille,
            SaisineDepartement,
        ),
    ),
    Famille(Transaction, (PropositionDeTransaction, ActeDeTransaction, ExecutionDeTransaction)),
    Famille(
        MesureSport,
        (
            MesurePreventive,
            InvitationSport,
            ObservationsSport,
            NotificationSport,
            DecisionSport,
            RecoursSport,
            ReparationSport,
        ),
    ),
)
