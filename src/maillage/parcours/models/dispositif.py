"""The schemes a council adds to the national ones."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from maillage.parcours.catalogue import PREFIXE_LOCAL, Dispositif
from maillage.socle.contraintes import Droits

AGE_MAX = 120


def code_local() -> str:
    """A code of its own, which says nothing and never meets a national one."""
    return f"{PREFIXE_LOCAL}{uuid.uuid4().hex[:12]}"


class DispositifLocal(models.Model):
    """A scheme of one council. ``source``: what set it up (deliberation, contract, call for projects).

    ``sensible``: its name would tell of a follow-up; ``libelle_neutre`` then replaces it. Dates are days of
    existence, both included.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=40, unique=True, default=code_local, editable=False)
    conseil = models.ForeignKey("instances.Conseil", on_delete=models.PROTECT, related_name="+")
    libelle = models.CharField(max_length=120)
    libelle_neutre = models.CharField(max_length=120)
    sensible = models.BooleanField(default=False)
    objet = models.CharField(max_length=200, blank=True, default="")
    source = models.CharField(max_length=160)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(AGE_MAX)])
    age_max = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(AGE_MAX)])
    tuteur_forme = models.BooleanField(default=False)
    depuis = models.DateField()
    jusqua = models.DateField(null=True, blank=True)
    declare_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "parcours_dispositif_local"
        constraints = [
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")), name="dispositif_local_dates"
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="dispositif_local_ages",
            ),
            models.CheckConstraint(
                condition=Q(sensible=False) | ~Q(libelle=F("libelle_neutre")), name="dispositif_local_neutre"
            ),
            Droits(name="dispositif_local_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [models.Index(fields=["conseil"], name="dispositif_local_conseil")]

    def __str__(self) -> str:
        return self.code

    def en_dispositif(self) -> Dispositif:
        """The same, as the catalogue and the rules read it."""
        return Dispositif(
            code=self.code,
            libelle=self.libelle,
            libelle_neutre=self.libelle_neutre,
            famille="local",
            fiche=None,
            source=self.source,
            base_legale=self.source,
            sensible=self.sensible,
            debut=self.depuis,
            fin=self.jusqua,
            age_min=self.age_min,
            age_max=self.age_max,
            tuteur_forme=self.tuteur_forme,
            prealables=(self.objet,) if self.objet else (),
            resultats=("contrat", "formation", "scolarite", "logement", "soin", "droits", "projet"),
            local=True,
            conseil=self.conseil_id,
            public_id=self.public_id,
        )
