"""A formation of a council and the seats organisms hold in it."""

import uuid
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from maillage.instances.models.cercle import Cercle
from maillage.instances.models.conseil import Conseil
from maillage.socle.contraintes import Droits


class GenreFormation(models.TextChoices):
    """CSI D. 132-8 (plenary), D. 132-9 (restricted), L. 132-5 (groupes).

    The others are no formation of the council and stand apart from its groupes: the family council (CASF
    L. 141-1) and the cell that may precede it, the mayor's own acts (CSI L. 132-7), the body that reads
    there those it receives, and no one else, and the requests of persons about their data (RGPD, art. 12).
    """

    PLENIERE = "pleniere", "Formation plénière"
    RESTREINTE = "restreinte", "Formation restreinte"
    GROUPE = "groupe", "Groupe de travail"
    PRESTATAIRE = "prestataire", "Lieu d’accueil"
    ACTES_MAIRE = "actes_maire", "Actes du maire"
    CDDF = "cddf", "Conseil pour les droits et devoirs des familles"
    CCTP = "cctp", "Cellule de citoyenneté et de tranquillité publique"
    DROITS = "droits", "Demandes d’exercice de droits"


#: Where families are heard, under the same confidentiality as a groupe.
GENRES_DES_FAMILLES = (GenreFormation.CDDF, GenreFormation.CCTP)
#: The power of one commune: its registers are its own, whatever the council it takes part in.
GENRES_COMMUNAUX = (GenreFormation.ACTES_MAIRE, *GENRES_DES_FAMILLES)


class Regime(models.TextChoices):
    """Whether persons may be named. Declared once: a formation never changes its regime."""

    SANS_NOMS = "sans_noms", "Sans noms"
    NOMINATIF = "nominatif", "Nominatif"


class FormationQuerySet(models.QuerySet["Formation"]):
    def actives(self, instant: datetime) -> "FormationQuerySet":
        """Formations not dissolved at ``instant``."""
        return self.filter(Q(dissoute_le__isnull=True) | Q(dissoute_le__gt=instant), cree_le__lte=instant)


class Formation(models.Model):
    """A plenary, restricted or working formation. Nominative if and only if it has a cercle.

    Only a groupe may be nominative: named information is shared nowhere else (CSI L. 132-5). A body that
    receives people holds its own, apart, under its own undertaking.
    ``theme`` is the code under which the strategy suggests seats. ``commune_code`` (INSEE): whose mayor acts
    there; empty for a family council of the whole EPCI and for the formations of the council.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conseil = models.ForeignKey(Conseil, on_delete=models.PROTECT, related_name="formations")
    genre = models.CharField(max_length=12, choices=GenreFormation.choices)
    regime = models.CharField(max_length=12, choices=Regime.choices, default=Regime.SANS_NOMS)
    theme = models.CharField(max_length=40)
    nom = models.CharField(max_length=160)
    cercle = models.OneToOneField(
        Cercle, on_delete=models.PROTECT, null=True, blank=True, related_name="formation"
    )
    commune_code = models.CharField(max_length=5, blank=True, default="")
    cree_le = models.DateTimeField()
    dissoute_le = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = FormationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    regime="nominatif",
                    cercle__isnull=False,
                    genre__in=["groupe", "prestataire", "actes_maire", "cddf", "cctp", "droits"],
                )
                | Q(regime="sans_noms", cercle__isnull=True),
                name="formation_nominatif_a_cercle",
            ),
            models.UniqueConstraint(
                fields=["conseil", "genre"],
                condition=Q(dissoute_le__isnull=True, genre__in=["pleniere", "restreinte"]),
                name="formation_une_pleniere",
            ),
            models.UniqueConstraint(
                fields=["commune_code"],
                condition=Q(dissoute_le__isnull=True, genre="actes_maire"),
                name="formation_un_registre_par_commune",
            ),
            models.UniqueConstraint(
                fields=["conseil", "genre", "commune_code"],
                condition=Q(dissoute_le__isnull=True, genre__in=["cddf", "cctp"]),
                name="formation_un_cddf_par_commune",
            ),
            models.UniqueConstraint(
                fields=["conseil"],
                condition=Q(dissoute_le__isnull=True, genre="droits"),
                name="formation_un_registre_des_droits",
            ),
            models.CheckConstraint(
                condition=~Q(genre="actes_maire") | ~Q(commune_code=""), name="formation_actes_d_une_commune"
            ),
            Droits(name="formation_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def nominatif(self) -> bool:
        return self.regime == Regime.NOMINATIF

    def active(self, instant: datetime) -> bool:
        """Whether the formation exists at ``instant``."""
        return self.dissoute_le is None or instant < self.dissoute_le


class SiegeQuerySet(models.QuerySet["Siege"]):
    def en_vigueur(self, instant: datetime) -> "SiegeQuerySet":
        """Seats held at ``instant``: they end the very second written in ``jusqua``."""
        return self.filter(Q(jusqua__isnull=True) | Q(jusqua__gt=instant), depuis__lte=instant)


class Siege(models.Model):
    """An organism's seat. It opens no file by itself: an habilitation does, for a named agent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    formation = models.ForeignKey(Formation, on_delete=models.PROTECT, related_name="sieges")
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="sieges")
    qualite = models.CharField(max_length=120, blank=True, default="")
    depuis = models.DateTimeField()
    jusqua = models.DateTimeField(null=True, blank=True)

    objects = SiegeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")), name="siege_dates"
            ),
            ExclusionConstraint(
                name="siege_sans_recouvrement",
                expressions=[
                    ("formation", RangeOperators.EQUAL),
                    ("organisme", RangeOperators.EQUAL),
                    (
                        Func("depuis", "jusqua", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            Droits(name="siege_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return self.qualite or f"siège {self.pk}"

    def en_vigueur(self, instant: datetime) -> bool:
        """Whether the seat is held at ``instant``."""
        return self.depuis <= instant and (self.jusqua is None or instant < self.jusqua)
