"""What happens in a follow-up: facts and dates, never the content of an exchange.

The free words of a row are sealed (``scelle``); ``situations.recits`` alone closes and opens them.
"""

from django.conf import settings
from django.db import models

from maillage.instances.api import LigneNominative
from maillage.situations.models.retrait import Reprenable, Retrait
from maillage.situations.models.situation import Situation
from maillage.situations.rules.retrait import DELAI
from maillage.situations.states import EtatObjectif
from maillage.socle.contraintes import CleComposee

COURT = 140
BILAN_MAX = 1200
RETRAIT_MINUTES = int(DELAI.total_seconds() // 60)


class LigneDeSuivi(LigneNominative):
    """A child of a situation, held in the same cercle by a composite key."""

    situation = models.ForeignKey(Situation, on_delete=models.PROTECT, db_constraint=False)

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="situation", name="%(class)s_situation"),
        ]


class Lettre(LigneDeSuivi):
    """The individual information of the person or of a legal representative (RGPD, art. 13 and 14)."""

    destinataire = models.CharField(max_length=12)
    remise_le = models.DateField()
    moyen = models.CharField(max_length=30)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneDeSuivi.Meta):
        abstract = False
        default_related_name = "lettres"
        constraints = [
            *LigneDeSuivi.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(destinataire__in=["personne", "representant"]), name="lettre_destinataire"
            ),
        ]


class Element(Reprenable, LigneDeSuivi):
    """A shared element: a category of a closed list, its nature, a few words that passed the guard."""

    AUTEUR = "partage_par"
    precision: str
    categorie = models.CharField(max_length=40)
    nature = models.CharField(max_length=14)
    scelle = models.BinaryField()
    partage_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="+", null=True)
    partage_le = models.DateField()

    class Meta(LigneDeSuivi.Meta):
        abstract = False
        default_related_name = "elements"
        constraints = [
            *LigneDeSuivi.Meta.constraints,
            # What is secret is never recorded (CSI, art. L. 132-5): no third value exists.
            models.CheckConstraint(
                condition=models.Q(nature__in=["publique", "confidentielle"]), name="element_nature"
            ),
            Retrait(name="element_retrait", auteur="partage_par", minutes=RETRAIT_MINUTES),
        ]


class Designation(LigneDeSuivi):
    """A référent de parcours and the days of the mandate (fiche 4).

    ``relais_le``: the day the judicial follow-up ends and hands over, where one exists beside it.
    """

    referent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    profession = models.CharField(max_length=40)
    structure = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="+")
    depuis = models.DateField()
    jusqua = models.DateField(null=True)
    motif_fin = models.CharField(max_length=40, blank=True, default="")
    accord_personne_le = models.DateField(null=True)
    relais_le = models.DateField(null=True)

    class Meta(LigneDeSuivi.Meta):
        abstract = False
        default_related_name = "designations"
        constraints = [
            *LigneDeSuivi.Meta.constraints,
            models.UniqueConstraint(
                fields=["cercle", "situation"],
                condition=models.Q(jusqua__isnull=True),
                name="designation_une_en_cours",
            ),
            models.CheckConstraint(
                condition=models.Q(jusqua__isnull=True) | models.Q(jusqua__gte=models.F("depuis")),
                name="designation_dates",
            ),
        ]
        indexes = [models.Index(fields=["cercle", "referent", "jusqua"], name="designation_charge")]


class Objectif(Reprenable, LigneDeSuivi):
    """What the person and the référent agreed to reach, and by when."""

    AUTEUR = "pose_par"
    libelle: str
    scelle = models.BinaryField()
    domaine = models.CharField(max_length=40)
    pose_le = models.DateField()
    pose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    echeance = models.DateField()
    etat = models.CharField(max_length=12, default=EtatObjectif.A_DEMARRER)
    etat_le = models.DateField()

    class Meta(LigneDeSuivi.Meta):
        abstract = False
        default_related_name = "objectifs"
        constraints = [
            *LigneDeSuivi.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(etat__in=[etat.value for etat in EtatObjectif]), name="objectif_etat"
            ),
            Retrait(
                name="objectif_retrait",
                auteur="pose_par",
                minutes=RETRAIT_MINUTES,
                modifiables=("etat", "etat_le"),
            ),
        ]


class Contact(Reprenable, LigneDeSuivi):
    """A contact, without its content: how, with whom, how long, what next."""

    AUTEUR = "par"
    le = models.DateField()
    moyen = models.CharField(max_length=30)
    avec = models.CharField(max_length=30)
    duree_min = models.PositiveSmallIntegerField()
    suite = models.CharField(max_length=40)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneDeSuivi.Meta):
        abstract = False
        default_related_name = "contacts"
        constraints = [
            *LigneDeSuivi.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(duree_min__gte=1, duree_min__lte=720), name="contact_duree"
            ),
            Retrait(name="contact_retrait", auteur="par", minutes=RETRAIT_MINUTES),
        ]
        indexes = [models.Index(fields=["cercle", "situation", "le"], name="contact_dernier")]


class Bilan(LigneDeSuivi):
    """The référent's report of intervention, countersigned by a social-work member (fiche 4)."""

    texte: str
    scelle = models.BinaryField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateField()
    contresigne_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    contresigne_le = models.DateField(null=True)

    class Meta(LigneDeSuivi.Meta):
        abstract = False
        default_related_name = "bilans"
        constraints = [
            *LigneDeSuivi.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(contresigne_par__isnull=True, contresigne_le__isnull=True)
                | models.Q(contresigne_par__isnull=False, contresigne_le__isnull=False)
                & ~models.Q(contresigne_par=models.F("par")),
                name="bilan_contreseing_d_un_autre",
            ),
        ]
