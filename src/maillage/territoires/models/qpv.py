"""Priority neighbourhoods (quartiers prioritaires de la politique de la ville) and their communes."""

from __future__ import annotations

from django.db import models

from maillage.socle.contraintes import Droits
from maillage.territoires.models.communes import Commune
from maillage.territoires.models.periodes import Validite, dates_en_ordre


class Qpv(Validite):
    """A priority neighbourhood of an official list. Its outline is not known here."""

    code = models.CharField(max_length=8, primary_key=True)
    nom = models.CharField(max_length=160)
    liste = models.PositiveSmallIntegerField("année de la liste", default=2024)
    communes = models.ManyToManyField(Commune, through="QpvCommune", related_name="qpv")

    class Meta:
        ordering = ["nom"]
        constraints = [dates_en_ordre("qpv_dates"), Droits(name="qpv_droits", web="SELECT")]

    def __str__(self) -> str:
        return self.nom


class QpvCommune(models.Model):
    """A neighbourhood lies on a commune; 148 lie on several."""

    qpv = models.ForeignKey(Qpv, on_delete=models.CASCADE)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qpv", "commune"], name="qpv_commune_unique"),
            Droits(name="qpv_commune_droits", web="SELECT"),
        ]

    def __str__(self) -> str:
        return f"{self.qpv_id} à {self.commune_id}"
