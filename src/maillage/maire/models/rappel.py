"""The rappel à l'ordre: the referral, what is known of a procedure, the hearing, the act, its record.

What a row says is never rewritten, in the database itself: a file changes only of state and of term, a
consultation only receives its answer. Another act corrects what was wrong.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.maire.etats_rappel import EtatRappel
from maillage.maire.models.dossier import Dossier, sans_mur
from maillage.socle.contraintes import CleComposee, MurRestreint

CODE = 40


class Rappel(Dossier):
    """``faits``, ``lieu``: codes of closed lists; ``lieu_commune``: INSEE code of where it happened.

    ``qualification``: a value of the rule ``Qualification``, chosen among those of the facts.
    """

    REGISTRE: ClassVar[str] = "rappels"

    faits = models.CharField(max_length=CODE)
    qualification = models.CharField(max_length=20)
    faits_le = models.DateField()
    lieu = models.CharField(max_length=CODE)
    lieu_commune = models.CharField(max_length=5)
    etat = models.CharField(max_length=12, default=EtatRappel.RECU)

    class Meta(Dossier.Meta):
        abstract = False
        constraints = [
            *sans_mur(Dossier.Meta.constraints),
            MurRestreint(name="rappel_mur", modifiables=["etat", "expire_le"]),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatRappel]), name="rappel_etat"
            ),
            models.CheckConstraint(condition=Q(faits_le__lte=F("recu_le")), name="rappel_faits_avant"),
        ]
        indexes = [
            models.Index(fields=["cercle", "etat", "recu_le"], name="rappel_etats"),
            models.Index(fields=["cercle", "faits_le"], name="rappel_faits_du_jour"),
        ]


class PieceDeRappel(LigneNominative):
    """A step of a rappel: who recorded it and when. It lives and dies with its file."""

    dossier = models.ForeignKey(Rappel, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints = [
            *sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="dossier", name="%(class)s_dossier"),
            MurRestreint(name="%(class)s_mur", modifiables=[]),
        ]
        indexes = [models.Index(fields=["cercle", "dossier"], name="%(class)s_doss")]


class EnonceDeProcedure(PieceDeRappel):
    """What somebody stated of a complaint or a procedure, on ``enonce_le``: that it exists, nothing of it."""

    enonce = models.CharField(max_length=CODE)
    source = models.CharField(max_length=CODE)
    enonce_le = models.DateField()

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [
            *PieceDeRappel.Meta.constraints,
            models.CheckConstraint(condition=Q(enonce_le__lte=F("le")), name="enonce_pas_a_venir"),
        ]


class ConsultationDuParquet(PieceDeRappel):
    """``protocole``: the convention it is done under, none where it is done without. ``echeance``: the last
    day of the parquet's answer; ``silence`` what no answer means then, as the protocol of that day said.
    """

    protocole = models.UUIDField(null=True)
    echeance = models.DateField(null=True)
    silence = models.CharField(max_length=8, blank=True, default="")
    reponse = models.CharField(max_length=CODE, blank=True, default="")
    reponse_le = models.DateField(null=True)
    reponse_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [
            *sans_mur(PieceDeRappel.Meta.constraints),
            MurRestreint(
                name="consultationduparquet_mur", modifiables=["reponse", "reponse_le", "reponse_par_id"]
            ),
            models.CheckConstraint(
                condition=Q(reponse="", reponse_le__isnull=True, reponse_par__isnull=True)
                | ~Q(reponse="") & Q(reponse_le__isnull=False, reponse_par__isnull=False),
                name="consultation_reponse_datee",
            ),
            models.CheckConstraint(
                condition=Q(protocole__isnull=True, echeance__isnull=True, silence="")
                | Q(protocole__isnull=False, echeance__isnull=False, silence__in=["accord", "attente"]),
                name="consultation_sous_protocole",
            ),
        ]


class Convocation(PieceDeRappel):
    """The day, hour and place of a hearing. ``impossibilite``: why no parent of a minor is told."""

    pour = models.DateTimeField()
    lieu = models.CharField(max_length=CODE)
    impossibilite = models.CharField(max_length=CODE, blank=True, default="")

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [*PieceDeRappel.Meta.constraints]


class Audition(PieceDeRappel):
    """What came of a convocation: held, postponed (``raison``) or nobody came.

    ``representants``, ``responsable_educatif``: who was there with a minor; ``impossibilite``: why nobody.
    """

    tenue_le = models.DateField()
    issue = models.CharField(max_length=8)
    representants = models.BooleanField(default=False)
    responsable_educatif = models.BooleanField(default=False)
    impossibilite = models.CharField(max_length=CODE, blank=True, default="")
    raison = models.CharField(max_length=CODE, blank=True, default="")

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [
            *PieceDeRappel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(issue__in=["tenue", "carence"], raison="") | Q(issue="reportee") & ~Q(raison=""),
                name="audition_issue",
            ),
            models.CheckConstraint(condition=Q(tenue_le__lte=F("le")), name="audition_pas_a_venir"),
        ]


class ActeDeRappel(PieceDeRappel):
    """The verbal act: by ``par``, in what quality, on which decision (arrêté), the day of the hearing."""

    audition = models.ForeignKey(Audition, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    prononce_le = models.DateField()
    qualite = models.CharField(max_length=20)
    arrete = models.CharField(max_length=40, blank=True, default="")
    delegation = models.ForeignKey("maire.Delegation", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [
            *PieceDeRappel.Meta.constraints,
            CleComposee(champ="audition", name="acte_de_rappel_audition"),
            models.UniqueConstraint(fields=["cercle", "dossier"], name="acte_de_rappel_un_seul"),
            models.CheckConstraint(
                condition=Q(qualite="maire", delegation__isnull=True)
                | Q(qualite__in=["adjoint_delegue", "conseiller_delegue"], delegation__isnull=False),
                name="acte_de_rappel_qualite",
            ),
        ]


class CompteRendu(PieceDeRappel):
    """What was recalled, the position, the undertakings. The last stands; ``motif``: what it corrects."""

    regles = ArrayField(models.CharField(max_length=CODE))
    position = models.CharField(max_length=CODE)
    engagements = ArrayField(models.CharField(max_length=CODE), default=list, blank=True)
    motif = models.CharField(max_length=CODE, blank=True, default="")

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [
            *PieceDeRappel.Meta.constraints,
            models.CheckConstraint(condition=Q(regles__len__gte=1), name="compte_rendu_d_une_regle"),
        ]


class SuiteDeRappel(PieceDeRappel):
    """What followed. ``vers``: the cercle that received something through a gate; nothing else links them."""

    suite = models.CharField(max_length=CODE)
    vers = models.UUIDField(null=True)

    class Meta(PieceDeRappel.Meta):
        abstract = False
        constraints = [
            *PieceDeRappel.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "dossier"], name="suite_de_rappel_une_seule"),
        ]
