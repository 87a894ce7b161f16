"""Who may act in the mayor's name: a dated decision (arrêté), for named powers, in one commune."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maillage.socle.contraintes import Droits


class Pouvoir(models.TextChoices):
    """What a mayor may delegate here (CGCT L. 2122-18)."""

    RAPPEL = "rappel_a_l_ordre", "Rappel à l’ordre"
    TRANSACTION = "transaction", "Transaction"
    FAMILLES = "familles", "Conseil des familles"
    SPORT = "sport", "Mesures d’un équipement sportif"


class QualiteDelegue(models.TextChoices):
    ADJOINT = "adjoint_delegue", "Adjoint ou adjointe"
    CONSEILLER = "conseiller_delegue", "Conseiller ou conseillère"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def en_vigueur(self, le: date) -> "DelegationQuerySet":
        """Those that hold on ``le``; the last day counts."""
        return self.filter(Q(jusqua__isnull=True) | Q(jusqua__gte=le), depuis__lte=le)


class Delegation(models.Model):
    """Names an elected member, never a followed person. Ended, never deleted: past acts rest on it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    compte = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations")
    commune_code = models.CharField(max_length=5)
    qualite = models.CharField(max_length=20, choices=QualiteDelegue.choices)
    pouvoirs = ArrayField(models.CharField(max_length=20, choices=Pouvoir.choices))
    arrete_numero = models.CharField(max_length=40)
    arrete_le = models.DateField()
    depuis = models.DateField()
    jusqua = models.DateField(null=True)
    enregistree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(depuis__gte=F("arrete_le")), name="delegation_apres_arrete"),
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")), name="delegation_dates"
            ),
            models.CheckConstraint(condition=Q(pouvoirs__len__gte=1), name="delegation_d_un_pouvoir"),
            Droits(name="delegation_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [models.Index(fields=["compte", "commune_code"], name="delegation_compte")]

    def __str__(self) -> str:
        return f"{self.qualite} {self.commune_code}"
