"""Communes, their population by date, the old codes that lead to them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from maillage.socle.contraintes import Droits
from maillage.territoires.models.decoupage import Departement
from maillage.territoires.models.periodes import Validite, dates_en_ordre, sans_chevauchement
from maillage.territoires.valeurs import NATURES_ANCIENNES


class Commune(Validite):
    """A commune, known by its INSEE code. Its period is that of its existence under this code."""

    code = models.CharField("code Insee", max_length=5, primary_key=True)
    nom = models.CharField(max_length=120)
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="communes")
    arrondissement = models.CharField("code de l'arrondissement", max_length=4, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    codes_postaux = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    densite = models.CharField("classe de densité (Insee)", max_length=60, blank=True)
    ruralite = models.CharField("type de ruralité (ANCT)", max_length=90, blank=True)
    centralite = models.CharField("niveau de centralité (ANCT)", max_length=60, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [dates_en_ordre("commune_dates"), Droits(name="commune_droits", web="SELECT")]

    def __str__(self) -> str:
        return self.nom


class Population(Validite):
    """Municipal population of a commune over a period; thresholds of the law are read here."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="populations")
    habitants = models.PositiveIntegerField()

    class Meta:
        constraints = [
            sans_chevauchement("population_une_a_la_fois", "commune"),
            dates_en_ordre("population_dates"),
            Droits(name="population_droits", web="SELECT"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} : {self.habitants}"


class AncienneCommune(models.Model):
    """A code or a name no longer in force and the present commune it leads to. The name may be unknown."""

    code = models.CharField("code Insee", max_length=5)
    nom = models.CharField(max_length=120, blank=True)
    nature = models.CharField(max_length=14, choices=list(NATURES_ANCIENNES.items()))
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="anciennes")

    class Meta:
        ordering = ["code", "nom"]
        constraints = [
            models.UniqueConstraint(fields=["code", "nom", "nature"], name="ancienne_commune_unique"),
            Droits(name="ancienne_commune_droits", web="SELECT"),
        ]

    def __str__(self) -> str:
        return self.nom or self.code
