"""Conventions: one engine, two families of tables. Between bodies, they name no followed person and belong to
a council; about someone, they live in the cercle that follows them, and are erased with the file.

No state is written by hand: it follows from the signatures and the days (``rules.conventions``).
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee, Droits

COURT = 140


class Moyen(models.TextChoices):
    """How a party signed."""

    PAPIER = "papier", "Sur papier"
    ICI = "ici", "Dans Maillage"


class ConventionBase(models.Model):
    """``modele_version`` is kept: a paper is made again exactly as it was signed.

    ``signee_le``: the day the last required party signed. ``requises``: the roles needed, as judged when it
    was sent to sign. ``champs``: the fields typed for the template, by code. ``paliers``: the steps
    of its life, which every act writes from the facts (``services.paliers``); the register reads them.
    """

    genre = models.CharField(max_length=30)
    numero = models.PositiveIntegerField()
    modele_version = models.PositiveIntegerField()
    champs = models.JSONField(default=dict)
    requises = models.JSONField(default=list)
    debut = models.DateField()
    fin = models.DateField()
    mode = models.CharField(max_length=8, default="aucun")
    duree_mois = models.PositiveSmallIntegerField(default=0)
    fois = models.PositiveSmallIntegerField(default=0)
    preavis_jours = models.PositiveSmallIntegerField(default=0)
    proposee_le = models.DateField(null=True)
    signee_le = models.DateField(null=True)
    denoncee_le = models.DateField(null=True)
    resiliee_le = models.DateField(null=True)
    motif_fin = models.CharField(max_length=COURT, blank=True, default="")
    renouvelee_le = models.DateField(null=True)
    paliers = models.JSONField(default=list)
    preparee_le = models.DateField()
    preparee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(fin__gte=models.F("debut")), name="%(class)s_dates"),
            models.CheckConstraint(
                condition=models.Q(mode__in=["aucun", "expres"])
                | models.Q(mode="tacite", duree_mois__gte=1, fois__gte=1),
                name="%(class)s_mode",
            ),
            models.CheckConstraint(
                condition=models.Q(signee_le__isnull=True) | models.Q(proposee_le__isnull=False),
                name="%(class)s_signee_apres_envoi",
            ),
        ]


class PartieBase(models.Model):
    """Who commits: a body of the directory, or one written out; and the name of who signs for it."""

    role = models.CharField(max_length=30)
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, null=True, related_name="+")
    denomination = models.CharField(max_length=COURT, blank=True, default="")
    signataire = models.CharField(max_length=120, blank=True, default="")
    qualite = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True


class AvenantBase(models.Model):
    """A numbered amendment. ``signe_le``: the day the last required party signed it."""

    numero = models.PositiveSmallIntegerField()
    objet = models.CharField(max_length=COURT)
    prend_effet_le = models.DateField()
    nouvelle_fin = models.DateField(null=True)
    signe_le = models.DateField(null=True)
    prepare_le = models.DateField()

    class Meta:
        abstract = True


class SignatureBase(models.Model):
    """A party signed, the convention or one of its amendments. ``par``: the account that recorded it."""

    le = models.DateField()
    moyen = models.CharField(max_length=6, choices=Moyen.choices)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


# --- Between bodies --------------------------------------------------------------------------------


class Convention(ConventionBase):
    """Between bodies, kept by a council: no followed person is ever named here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    conseil = models.ForeignKey("instances.Conseil", on_delete=models.PROTECT, related_name="+")
    precedente = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="suivantes")

    class Meta(ConventionBase.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *ConventionBase.Meta.constraints,
            models.UniqueConstraint(fields=["conseil", "numero"], name="convention_numero"),
            Droits(name="convention_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conseil", "fin"], name="convention_terme")
        ]

    def __str__(self) -> str:
        return f"Convention n° {self.numero}"


class Partie(PartieBase):
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="parties")

    class Meta(PartieBase.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["convention", "role"], name="partie_role"),
            Droits(name="partie_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return self.role


class Avenant(AvenantBase):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="avenants")

    class Meta(AvenantBase.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["convention", "numero"], name="avenant_numero"),
            Droits(name="avenant_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return f"Avenant n° {self.numero}"


class Signature(SignatureBase):
    partie = models.ForeignKey(Partie, on_delete=models.PROTECT, related_name="signatures")
    avenant = models.ForeignKey(Avenant, on_delete=models.PROTECT, null=True, related_name="signatures")

    class Meta(SignatureBase.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["partie", "avenant"], name="signature_de_partie", nulls_distinct=False
            ),
            Droits(name="signature_de_partie_droits", web="SELECT, INSERT"),
        ]

    def __str__(self) -> str:
        return f"{self.moyen} {self.le}"


# --- About someone ---------------------------------------------------------------------------------


class ConventionNominative(LigneNominative, ConventionBase):
    """About a followed person. ``objet`` is the file's pseudonym, known to the room that holds it."""

    objet = models.UUIDField()
    precedente = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="suivantes", db_constraint=False
    )

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *LigneNominative.Meta.constraints,
            *ConventionBase.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "numero"], name="convention_nominative_numero"),
            CleComposee(champ="precedente", name="convention_nominative_precedente"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cercle", "objet"], name="convention_nominative_objet")
        ]

    def __str__(self) -> str:
        return f"Convention n° {self.numero}"


class EnfantNominatif(LigneNominative):
    """A child of a nominative convention, held in the same cercle by a composite key."""

    convention = models.ForeignKey(ConventionNominative, on_delete=models.PROTECT, db_constraint=False)

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="convention", name="%(class)s_convention"),
        ]


class PartieNominative(EnfantNominatif, PartieBase):
    class Meta(EnfantNominatif.Meta):
        abstract = False
        default_related_name = "parties"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *EnfantNominatif.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "convention", "role"], name="partie_nominative_role"),
        ]

    def __str__(self) -> str:
        return self.role


class AvenantNominatif(EnfantNominatif, AvenantBase):
    class Meta(EnfantNominatif.Meta):
        abstract = False
        default_related_name = "avenants"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *EnfantNominatif.Meta.constraints,
            models.UniqueConstraint(
                fields=["cercle", "convention", "numero"], name="avenant_nominatif_numero"
            ),
        ]

    def __str__(self) -> str:
        return f"Avenant n° {self.numero}"


class SignatureNominative(LigneNominative, SignatureBase):
    partie = models.ForeignKey(
        PartieNominative, on_delete=models.PROTECT, related_name="signatures", db_constraint=False
    )
    avenant = models.ForeignKey(
        AvenantNominatif, on_delete=models.PROTECT, null=True, related_name="signatures", db_constraint=False
    )

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="partie", name="signature_nominative_partie"),
            CleComposee(champ="avenant", name="signature_nominative_avenant"),
            models.UniqueConstraint(
                fields=["cercle", "partie", "avenant"],
                name="signature_nominative_unique",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moyen} {self.le}"
