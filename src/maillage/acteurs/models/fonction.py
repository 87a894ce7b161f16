"""A function exercised by an account, between two instants, on a territory."""

from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import Combinable

from maillage.acteurs.fonctions import PORTEES, fonction
from maillage.acteurs.models.compte import Compte
from maillage.socle.contraintes import Droits


class FonctionExerceeQuerySet(models.QuerySet["FonctionExercee"]):
    def en_vigueur(self, instant: datetime | Combinable) -> "FonctionExerceeQuerySet":
        """Those in force at ``instant``: they end the very second written in ``jusqua``."""
        return self.filter(Q(jusqua__isnull=True) | Q(jusqua__gt=instant), depuis__lte=instant)


class FonctionExercee(models.Model):
    """``portee_code`` is the INSEE or SIREN code of the territory, or the public id of an instance."""

    compte = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="fonctions_exercees")
    code = models.CharField(max_length=40)
    portee_genre = models.CharField(max_length=12, choices=PORTEES.items(), default="aucune")
    portee_code = models.CharField(max_length=40, blank=True, default="")
    depuis = models.DateTimeField()
    jusqua = models.DateTimeField(null=True, blank=True)

    objects = FonctionExerceeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")), name="fonction_dates"
            ),
            models.CheckConstraint(
                condition=Q(portee_genre__in=["aucune", "national"], portee_code="")
                | (Q(portee_genre__in=["departement", "epci", "commune", "instance"]) & ~Q(portee_code="")),
                name="fonction_portee",
            ),
            ExclusionConstraint(
                name="fonction_sans_recouvrement",
                expressions=[
                    ("compte", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("portee_code", RangeOperators.EQUAL),
                    (
                        Func("depuis", "jusqua", function="tstzrange", output_field=DateTimeRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            Droits(name="fonction_exercee_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [models.Index(fields=["code", "portee_code"], name="fonction_code_portee")]

    def __str__(self) -> str:
        return f"{self.code} {self.portee_code}".strip()

    @property
    def libelle(self) -> str:
        """The function's name as this person bears it."""
        return fonction(self.code).libelle(self.compte.civilite)
