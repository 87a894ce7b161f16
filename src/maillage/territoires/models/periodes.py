"""Periods of validity shared by the reference tables."""

from __future__ import annotations

from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value


class PeriodeDeDates(Func):
    """`daterange(debut, fin, '[)')`; an empty bound is open."""

    function = "daterange"


def sans_chevauchement(nom: str, *champs: str) -> ExclusionConstraint:
    """At most one row in force on any day for the same values of `champs`."""
    expressions: list[Any] = [(champ, RangeOperators.EQUAL) for champ in champs]
    periode = PeriodeDeDates(F("debut"), F("fin"), Value("[)"))
    return ExclusionConstraint(name=nom, expressions=[*expressions, (periode, RangeOperators.OVERLAPS)])


def dates_en_ordre(nom: str) -> models.CheckConstraint:
    """The end comes after the start, when both are known."""
    return models.CheckConstraint(
        condition=Q(debut__isnull=True) | Q(fin__isnull=True) | Q(fin__gt=F("debut")), name=nom
    )


def en_vigueur(le: date, prefixe: str = "") -> Q:
    """Rows true on that day."""
    debut, fin = f"{prefixe}debut", f"{prefixe}fin"
    return (Q(**{f"{debut}__isnull": True}) | Q(**{f"{debut}__lte": le})) & (
        Q(**{f"{fin}__isnull": True}) | Q(**{f"{fin}__gt": le})
    )


Ligne = TypeVar("Ligne", bound=models.Model, covariant=True)


class LignesDatees(QuerySet[Ligne]):
    """A queryset that knows the day."""

    def au(self, le: date) -> Self:
        """Only the rows true on that day."""
        return self.filter(en_vigueur(le))


GestionnaireDate = models.Manager.from_queryset(LignesDatees)


class Validite(models.Model):
    """`debut` included, `fin` excluded; None where the source does not say."""

    debut = models.DateField("valable à partir du", null=True, blank=True)
    fin = models.DateField("valable jusqu'au (exclu)", null=True, blank=True)

    objects = GestionnaireDate()

    class Meta:
        abstract = True
