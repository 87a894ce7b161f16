"""The habilitation: a named agent may know what a cercle knows, between two instants."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from maillage.instances.models.cercle import Cercle
from maillage.instances.models.formation import Siege
from maillage.socle.contraintes import Droits


class Role(models.TextChoices):
    """What the agent does in the cercle; all read it, only some decide or follow."""

    COORDONNATEUR = "coordonnateur", "Coordination"
    MEMBRE = "membre", "Membre"
    MAIRE = "maire", "Maire ou élu délégué"
    PARQUET = "parquet", "Membre du parquet"
    REFERENT = "referent", "Référent de parcours"


class HabilitationQuerySet(models.QuerySet["Habilitation"]):
    def en_vigueur(self, instant: datetime) -> "HabilitationQuerySet":
        """Mandates that contain ``instant``; the end is excluded."""
        return self.filter(periode__contains=instant)

    def en_cours(self, instant: datetime) -> "HabilitationQuerySet":
        """Mandates not over at ``instant``: in force, or to come."""
        return self.filter(periode__overlap=DateTimeTZRange(instant, None))


class Habilitation(models.Model):
    """A mandate ``[start, end)``. Alone it opens nothing: see the conditions in ``mes_cercles()``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="habilitations"
    )
    cercle = models.ForeignKey(Cercle, on_delete=models.PROTECT, related_name="habilitations")
    siege = models.ForeignKey(Siege, on_delete=models.PROTECT, related_name="habilitations")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.MEMBRE)
    periode = DateTimeRangeField()
    accordee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accordee_le = models.DateTimeField()
    fin_motif = models.CharField(max_length=20, blank=True, default="")

    objects = HabilitationQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="habilitation_sans_recouvrement",
                expressions=[
                    ("compte", RangeOperators.EQUAL),
                    ("cercle", RangeOperators.EQUAL),
                    ("periode", RangeOperators.OVERLAPS),
                ],
            ),
            Droits(name="habilitation_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def debut(self) -> datetime | None:
        """First instant of the mandate; None when it was cancelled before it began."""
        debut: datetime | None = self.periode.lower
        return debut

    @property
    def fin(self) -> datetime | None:
        """First instant after the mandate; None when it has no end."""
        fin: datetime | None = self.periode.upper
        return fin

    @property
    def signee(self) -> bool:
        """Whether the charter in force is signed; known on rows of ``selectors.acces.habilites`` only."""
        signee: bool = self.__dict__["charte_signee"]
        return signee
