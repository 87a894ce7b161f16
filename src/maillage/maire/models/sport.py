"""Measures about a sports venue: what happened, what was tried, the exclusion, the reparation (fiche 29).

What a row says is never rewritten, in the database itself; a measure only changes of state and of term.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.maire.etats_sport import EtatMesure
from maillage.maire.models.dossier import Dossier, sans_mur
from maillage.maire.models.rappel import CODE
from maillage.maire.rules.sport import BASE_MAX, EQUIPEMENT_MAX
from maillage.socle.contraintes import CleComposee, MurRestreint


class MesureSport(Dossier):
    """``equipement``: the name of the place, never of a person. ``proprietaire``: commune or epci."""

    REGISTRE: ClassVar[str] = "sport"

    faits = models.CharField(max_length=CODE)
    faits_le = models.DateField()
    equipement_genre = models.CharField(max_length=CODE)
    equipement = models.CharField(max_length=EQUIPEMENT_MAX)
    proprietaire = models.CharField(max_length=8)
    etat = models.CharField(max_length=8, default=EtatMesure.RECUE)

    class Meta(Dossier.Meta):
        abstract = False
        constraints = [
            *sans_mur(Dossier.Meta.constraints),
            MurRestreint(name="mesuresport_mur", modifiables=["etat", "expire_le"]),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatMesure]), name="mesuresport_etat"
            ),
            models.CheckConstraint(condition=Q(faits_le__lte=F("recu_le")), name="mesuresport_faits_avant"),
            models.CheckConstraint(condition=Q(proprietaire="commune"), name="mesuresport_de_la_commune"),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "recu_le"], name="mesuresport_etats")]


class PieceDeMesure(LigneNominative):
    """A step of a measure: who recorded it and when. It lives and dies with its file."""

    dossier = models.ForeignKey(MesureSport, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints = [
            *sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="dossier", name="%(class)s_dossier"),
            MurRestreint(name="%(class)s_mur", modifiables=[]),
        ]


def _unique(nom: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["cercle", "dossier"], name=nom)


class MesurePreventive(PieceDeMesure):
    """Something tried without justice nor exclusion: a code, a day."""

    mesure = models.CharField(max_length=CODE)
    prevue_le = models.DateField()

    class Meta(PieceDeMesure.Meta):
        abstract = False


class InvitationSport(PieceDeMesure):
    """The adversarial step: the person is invited to explain themselves before ``avant_le``.

    ``composition``: functions that sit in the commission, never names. ``audition_le``: the hearing offered.
    """

    composition = ArrayField(models.CharField(max_length=CODE))
    avant_le = models.DateField()
    audition_le = models.DateTimeField(null=True)

    class Meta(PieceDeMesure.Meta):
        abstract = False
        constraints = [*PieceDeMesure.Meta.constraints, _unique("invitationsport_une")]


class ObservationsSport(PieceDeMesure):
    """That the person explained themselves, and how; nothing of what they said."""

    mode = models.CharField(max_length=CODE)
    recues_le = models.DateField()

    class Meta(PieceDeMesure.Meta):
        abstract = False
        constraints = [*PieceDeMesure.Meta.constraints, _unique("observationssport_une")]


class DecisionSport(PieceDeMesure):
    """Reasoned and limited in time: reasons by code, article of the venue's rules, first and last day.

    ``qualite`` and ``arrete``: in what quality the authority decided, on which delegation.
    """

    decision = models.CharField(max_length=CODE)
    motifs = ArrayField(models.CharField(max_length=CODE))
    base = models.CharField(max_length=BASE_MAX)
    maximum_jours = models.PositiveSmallIntegerField(null=True)
    debut = models.DateField(null=True)
    fin = models.DateField(null=True)
    qualite = models.CharField(max_length=20)
    arrete = models.CharField(max_length=40, blank=True, default="")

    class Meta(PieceDeMesure.Meta):
        abstract = False
        constraints = [
            *PieceDeMesure.Meta.constraints,
            _unique("decisionsport_une"),
            models.CheckConstraint(
                condition=~Q(decision="exclusion")
                | Q(debut__isnull=False, fin__isnull=False, fin__gte=F("debut"), maximum_jours__isnull=False),
                name="decisionsport_limitee",
            ),
        ]


class NotificationSport(PieceDeMesure):
    """The day the decision reached the person: the means and the delay of appeal run from it."""

    notifiee_le = models.DateField()
    recours_avant = models.DateField()

    class Meta(PieceDeMesure.Meta):
        abstract = False
        constraints = [*PieceDeMesure.Meta.constraints, _unique("notificationsport_une")]


class RecoursSport(PieceDeMesure):
    """An appeal: its kind, its day, what became of it. Only its issue is written later."""

    genre = models.CharField(max_length=CODE)
    recu_le = models.DateField()
    issue = models.CharField(max_length=CODE, blank=True, default="")
    issue_le = models.DateField(null=True)
    fin = models.DateField(null=True)

    class Meta(PieceDeMesure.Meta):
        abstract = False
        constraints = [
            *sans_mur(PieceDeMesure.Meta.constraints),
            MurRestreint(name="recourssport_mur", modifiables=["issue", "issue_le", "fin"]),
        ]


class ReparationSport(PieceDeMesure):
    """« Espace réparation »: decided by the parquet under a protocol, agreed to, done within hours.

    ``protocole``: the convention in force that day; none where the mayor set its absence aside in writing.
    """

    tache = models.CharField(max_length=CODE)
    heures = models.PositiveSmallIntegerField()
    protocole = models.UUIDField(null=True)
    accord_le = models.DateField()
    faite_le = models.DateField(null=True)
    heures_faites = models.PositiveSmallIntegerField(null=True)

    class Meta(PieceDeMesure.Meta):
        abstract = False
        constraints = [
            *sans_mur(PieceDeMesure.Meta.constraints),
            MurRestreint(name="reparationsport_mur", modifiables=["faite_le", "heures_faites"]),
            _unique("reparationsport_une"),
            models.CheckConstraint(
                condition=Q(heures_faites__isnull=True) | Q(heures_faites__lte=F("heures")),
                name="reparationsport_heures",
            ),
        ]
