"""A family before the council for rights and duties of families: its file and each act on it (fiche 5).

Codes, days and accounts: what was said at the hearing is written nowhere. As for the mayor's other acts, what
a row says is never rewritten in the database itself: each class lists the columns that follow the file.
"""

from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.maire.etats_familles import EtatAccompagnement, EtatFamille
from maillage.maire.models.dossier import Dossier, sans_mur
from maillage.maire.models.registre import Registre
from maillage.socle.contraintes import CleComposee, MurRestreint

#: Who is heard, why and since when never change; where the family lives does, when the département is asked.
SUIT_LE_DOSSIER: Final = [
    "etat",
    "expire_le",
    "revue_le",
    "departement",
    "suivi_existant",
    "issue",
    "clos_le",
]


class DossierFamille(Dossier):
    """One child and the parents who answer for them. ``revue_le``: the next look at the file, always set.

    ``departement``: where the family lives, whose president may be asked. ``suivi_existant``: a code that
    says something exists before which the council abstains, never what.
    """

    REGISTRE: ClassVar[str] = Registre.FAMILLES

    motif = models.CharField(max_length=40)
    departement = models.CharField(max_length=3)
    etat = models.CharField(max_length=12, default=EtatFamille.SAISI)
    suivi_existant = models.CharField(max_length=20, blank=True, default="")
    revue_le = models.DateField()
    issue = models.CharField(max_length=40, blank=True, default="")
    clos_le = models.DateField(null=True)

    class Meta(Dossier.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *sans_mur(Dossier.Meta.constraints),
            MurRestreint(name="dossierfamille_mur", modifiables=SUIT_LE_DOSSIER),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatFamille]), name="dossierfamille_etat"
            ),
            models.CheckConstraint(
                condition=Q(etat="clos", clos_le__isnull=False) & ~Q(issue="")
                | ~Q(etat="clos") & Q(clos_le__isnull=True, issue=""),
                name="dossierfamille_clos",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["differe", "clos"]) | Q(suivi_existant=""),
                name="dossierfamille_s_abstient",
            ),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "revue_le"], name="dossierfamille_revues")]


class PieceDeFamille(LigneNominative):
    """An act on a family's file: the account, its quality and the decision that gives it, the day."""

    dossier = models.ForeignKey(DossierFamille, on_delete=models.PROTECT, db_constraint=False)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    qualite = models.CharField(max_length=20, blank=True, default="")
    arrete = models.CharField(max_length=40, blank=True, default="")

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["cercle", "id"], name="%(class)s_cercle_id"),
            models.UniqueConstraint(fields=["cercle", "public_id"], name="%(class)s_cercle_public_id"),
            CleComposee(champ="dossier", name="%(class)s_dossier"),
        ]


class ConvocationFamille(PieceDeFamille):
    """A letter to the parents. ``membres``: the accounts whose presence it announces.

    ``rang`` follows the convocations of the file: the second says that it is the second.
    """

    rang = models.PositiveSmallIntegerField()
    audition_le = models.DateTimeField()
    lieu = models.CharField(max_length=120)
    moyen = models.CharField(max_length=20)
    membres = ArrayField(models.BigIntegerField())
    issue = models.CharField(max_length=12, blank=True, default="")
    issue_le = models.DateField(null=True)

    class Meta(PieceDeFamille.Meta):
        abstract = False
        default_related_name = "convocations"
        constraints: ClassVar[list[Any]] = [
            *PieceDeFamille.Meta.constraints,
            MurRestreint(name="%(class)s_mur", modifiables=["issue", "issue_le"]),
            models.UniqueConstraint(fields=["cercle", "dossier", "rang"], name="convocationfamille_rang"),
            models.CheckConstraint(
                condition=Q(issue="", issue_le__isnull=True) | ~Q(issue="") & Q(issue_le__isnull=False),
                name="convocationfamille_issue",
            ),
        ]


class AuditionFamille(PieceDeFamille):
    """The hearing: who presided, in what quality, which members and who of the family were there."""

    convocation = models.ForeignKey(ConvocationFamille, on_delete=models.PROTECT, db_constraint=False)
    preside_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    membres = ArrayField(models.BigIntegerField())
    famille = ArrayField(models.CharField(max_length=20))

    class Meta(PieceDeFamille.Meta):
        abstract = False
        default_related_name = "auditions"
        constraints: ClassVar[list[Any]] = [
            *PieceDeFamille.Meta.constraints,
            MurRestreint(name="%(class)s_mur", modifiables=[]),
            CleComposee(champ="convocation", name="auditionfamille_convocation"),
            models.UniqueConstraint(fields=["cercle", "convocation"], name="auditionfamille_une"),
        ]


class SuiteFamille(PieceDeFamille):
    """What the council proposes, or what befalls the file: a kind, its types, its days.

    ``precision``, a short text, is sealed, and opened by ``situations.recits`` alone.
    """

    precision: str
    genre = models.CharField(max_length=20)
    types = ArrayField(models.CharField(max_length=30), default=list)
    scelle = models.BinaryField()
    debut = models.DateField(null=True)
    fin = models.DateField(null=True)

    class Meta(PieceDeFamille.Meta):
        abstract = False
        default_related_name = "suites"
        constraints: ClassVar[list[Any]] = [
            *PieceDeFamille.Meta.constraints,
            MurRestreint(name="%(class)s_mur", modifiables=[]),
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(debut__isnull=False, fin__gte=F("debut")),
                name="suitefamille_dates",
            ),
        ]


class AccompagnementParental(PieceDeFamille):
    """A parental support, proposed by the mayor and accepted or not (CASF, art. L. 141-2).

    ``fin``: the last day agreed; ``fini_le`` the last day as it was.
    """

    etat = models.CharField(max_length=10, default=EtatAccompagnement.PROPOSE)
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="+")
    repondu_le = models.DateField(null=True)
    debut = models.DateField(null=True)
    fin = models.DateField(null=True)
    referent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    issue = models.CharField(max_length=20, blank=True, default="")
    fini_le = models.DateField(null=True)

    class Meta(PieceDeFamille.Meta):
        abstract = False
        default_related_name = "accompagnements"
        constraints: ClassVar[list[Any]] = [
            *PieceDeFamille.Meta.constraints,
            MurRestreint(
                name="%(class)s_mur",
                modifiables=["etat", "repondu_le", "debut", "fin", "referent_id", "issue", "fini_le"],
            ),
            models.UniqueConstraint(
                fields=["cercle", "dossier"],
                condition=Q(etat__in=["propose", "en_cours"]),
                name="accompagnementparental_un_vivant",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=["propose", "refuse"], debut__isnull=True, fin__isnull=True)
                | Q(etat__in=["en_cours", "termine"], debut__isnull=False, fin__gte=F("debut")),
                name="accompagnementparental_dates",
            ),
            models.CheckConstraint(
                condition=Q(etat="termine", fini_le__gte=F("debut")) & ~Q(issue="")
                | ~Q(etat="termine") & Q(fini_le__isnull=True, issue=""),
                name="accompagnementparental_fin",
            ),
        ]


class BilanFamille(PieceDeFamille):
    """A point made with the family: its result by a code, and the day of the next one."""

    resultat = models.CharField(max_length=20)
    prochain_le = models.DateField()

    class Meta(PieceDeFamille.Meta):
        abstract = False
        default_related_name = "bilans"
        constraints: ClassVar[list[Any]] = [
            *PieceDeFamille.Meta.constraints,
            MurRestreint(name="%(class)s_mur", modifiables=[]),
            models.CheckConstraint(condition=Q(prochain_le__gt=F("le")), name="bilanfamille_prochain"),
        ]


class SaisineDepartement(PieceDeFamille):
    """The president of the département where the family lives is asked for a social support (MAESF)."""

    departement = models.CharField(max_length=3)
    reponse = models.CharField(max_length=20, blank=True, default="")
    reponse_le = models.DateField(null=True)

    class Meta(PieceDeFamille.Meta):
        abstract = False
        default_related_name = "saisines"
        constraints: ClassVar[list[Any]] = [
            *PieceDeFamille.Meta.constraints,
            MurRestreint(name="%(class)s_mur", modifiables=["reponse", "reponse_le"]),
            models.UniqueConstraint(
                fields=["cercle", "dossier"], condition=Q(reponse=""), name="saisinedepartement_une_attendue"
            ),
            models.CheckConstraint(
                condition=Q(reponse="", reponse_le__isnull=True)
                | ~Q(reponse="") & Q(reponse_le__gte=F("le")),
                name="saisinedepartement_reponse",
            ),
        ]
