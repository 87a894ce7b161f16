"""The settlement offered by the mayor: the PV, the proposal, each act that follows, what is done of it.

What a row says is never rewritten, in the database itself: a file changes only of state and of term.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper

from maillage.instances.api import LigneNominative
from maillage.maire.etats_transaction import EtatTransaction
from maillage.maire.models.dossier import Dossier
from maillage.maire.models.registre import Registre
from maillage.maire.rules.transaction import Autorite, Nature
from maillage.socle.contraintes import CleComposee, Mur, MurRestreint

CODE = 40
PV = 40
LIEU = 80


def _sans_mur(contraintes: list[Any]) -> list[Any]:
    return [contrainte for contrainte in contraintes if not isinstance(contrainte, Mur)]


class GenreActe(models.TextChoices):
    """What may be recorded of a settlement besides its proposal and its execution."""

    CONSULTATION = "consultation", "Parquet consulté"
    AVIS_FAVORABLE = "avis_favorable", "Avis favorable du parquet"
    AVIS_DEFAVORABLE = "avis_defavorable", "Avis défavorable du parquet"
    ACCEPTATION = "acceptation", "Proposition acceptée"
    REFUS = "refus", "Proposition refusée"
    SILENCE = "silence", "Sans réponse dans le délai, ce qui vaut refus"
    DEMANDE_HOMOLOGATION = "demande_homologation", "Envoyée pour homologation"
    HOMOLOGATION = "homologation", "Transaction homologuée"
    REFUS_HOMOLOGATION = "refus_homologation", "Homologation refusée"
    INEXECUTION = "inexecution", "Non exécutée dans le délai"
    ABANDON = "abandon", "Abandonnée par le maire"
    COMPTE_RENDU = "compte_rendu", "Compte rendu remis au procureur"
    TRANSMISSION = "transmission", "Dossier transmis au procureur"


#: Acts that tend to the settlement or to its execution interrupt the prescription (CPP, art. 44-1).
INTERRUPTIFS = frozenset(
    {
        GenreActe.ACCEPTATION,
        GenreActe.DEMANDE_HOMOLOGATION,
        GenreActe.HOMOLOGATION,
    }
)


def sans_ponctuation(numero: Any) -> Func:
    """The number of a PV as the database compares it: capitals, letters and digits, nothing else.

    « PM 2026-14 » and « pm2026/14 » are one PV. The column and the search use this very expression.
    """
    return Func(
        Upper(numero),
        Value("[^[:alnum:]]"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=models.CharField(max_length=PV),
    )


class Transaction(Dossier):
    """``contravention``, ``bien``, ``lieu`` and ``origine`` (the agent's service): codes of closed lists.

    ``lieu_precis``: a street or the name of a place, short. ``lieu_commune``: INSEE code of where it was.
    ``pv_cle``: the number without case, spaces nor punctuation, computed by the database: one PV, one file.
    """

    REGISTRE: ClassVar[str] = Registre.TRANSACTIONS.value

    pv_numero = models.CharField(max_length=PV)
    pv_cle = models.GeneratedField(
        expression=sans_ponctuation(F("pv_numero")),
        output_field=models.CharField(max_length=PV),
        db_persist=True,
    )
    pv_le = models.DateField()
    faits_le = models.DateField()
    contravention = models.CharField(max_length=CODE)
    bien = models.CharField(max_length=CODE)
    lieu = models.CharField(max_length=CODE)
    lieu_precis = models.CharField(max_length=LIEU, blank=True, default="")
    lieu_commune = models.CharField(max_length=5)
    estimation = models.DecimalField(max_digits=9, decimal_places=2)
    etat = models.CharField(max_length=16, default=EtatTransaction.CONSTATEE)

    class Meta(Dossier.Meta):
        abstract = False
        constraints = [
            *_sans_mur(Dossier.Meta.constraints),
            MurRestreint(name="transaction_mur", modifiables=["etat", "expire_le"]),
            models.UniqueConstraint(
                fields=["cercle", "pv_cle"],
                condition=~Q(etat=EtatTransaction.RECTIFIEE.value),
                name="transaction_un_pv",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatTransaction]), name="transaction_etat"
            ),
            models.CheckConstraint(
                condition=Q(faits_le__lte=F("pv_le"), pv_le__lte=F("recu_le")), name="transaction_dates"
            ),
            models.CheckConstraint(condition=~Q(pv_cle=""), name="transaction_pv_lisible"),
            models.CheckConstraint(condition=Q(estimation__gt=0), name="transaction_estimation"),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "recu_le"], name="transaction_etats")]


class PieceDeTransaction(LigneNominative):
    """A step of a settlement: who recorded it and when. It lives and dies with its file."""

    dossier = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints = [
            *_sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="dossier", name="%(class)s_dossier"),
            MurRestreint(name="%(class)s_mur", modifiables=[]),
        ]
        indexes = [models.Index(fields=["cercle", "dossier"], name="%(class)s_doss")]


class PropositionDeTransaction(PieceDeTransaction):
    """What the mayor offers, in what quality, under which protocol, until when one answers and executes."""

    nature = models.CharField(max_length=12)
    montant = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    heures = models.PositiveSmallIntegerField(null=True)
    travaux = models.CharField(max_length=CODE, blank=True, default="")
    reponse_avant = models.DateField()
    executer_avant = models.DateField()
    remise = models.CharField(max_length=CODE)
    qualite = models.CharField(max_length=20)
    arrete = models.CharField(max_length=CODE, blank=True, default="")
    delegation = models.UUIDField(null=True)
    protocole = models.UUIDField(null=True)

    class Meta(PieceDeTransaction.Meta):
        abstract = False
        constraints = [
            *PieceDeTransaction.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "dossier"], name="proposition_transaction_une"),
            models.CheckConstraint(
                condition=Q(
                    nature=Nature.REPARATION.value,
                    montant__gt=0,
                    montant__isnull=False,
                    heures__isnull=True,
                    travaux="",
                )
                | Q(nature=Nature.TRAVAIL.value, montant__isnull=True, heures__gte=1, heures__isnull=False)
                & ~Q(travaux=""),
                name="proposition_transaction_nature",
            ),
            models.CheckConstraint(
                condition=Q(reponse_avant__gt=F("le"), executer_avant__gt=F("reponse_avant")),
                name="proposition_transaction_delais",
            ),
        ]


class ActeDeTransaction(PieceDeTransaction):
    """``fait_le``: the day it happened, ``le`` the day it was recorded. ``autorite``: whose decision."""

    genre = models.CharField(max_length=24, choices=GenreActe.choices)
    fait_le = models.DateField()
    autorite = models.CharField(max_length=24, blank=True, default="")
    qualite = models.CharField(max_length=20, blank=True, default="")
    arrete = models.CharField(max_length=CODE, blank=True, default="")
    protocole = models.UUIDField(null=True)

    class Meta(PieceDeTransaction.Meta):
        abstract = False
        constraints = [
            *PieceDeTransaction.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "dossier", "genre"], name="acte_transaction_une_fois"),
            models.CheckConstraint(
                condition=Q(genre__in=[genre.value for genre in GenreActe]), name="acte_transaction_genre"
            ),
            models.CheckConstraint(
                condition=Q(autorite__in=["", *(autorite.value for autorite in Autorite)]),
                name="acte_transaction_autorite",
            ),
            models.CheckConstraint(condition=Q(fait_le__lte=F("le")), name="acte_transaction_passe"),
        ]


class ExecutionDeTransaction(PieceDeTransaction):
    """A payment in euros, or hours of work, on a day. ``encadrant``: the function of who attests it."""

    fait_le = models.DateField()
    montant = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    heures = models.PositiveSmallIntegerField(null=True)
    encadrant = models.CharField(max_length=CODE)

    class Meta(PieceDeTransaction.Meta):
        abstract = False
        constraints = [
            *PieceDeTransaction.Meta.constraints,
            models.CheckConstraint(
                condition=Q(montant__gt=0, montant__isnull=False, heures__isnull=True)
                | Q(heures__gte=1, heures__isnull=False, montant__isnull=True),
                name="execution_transaction_mesure",
            ),
            models.CheckConstraint(condition=Q(fait_le__lte=F("le")), name="execution_transaction_passee"),
        ]
