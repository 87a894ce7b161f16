"""Régions and départements."""

from __future__ import annotations

from django.db import models

from maillage.socle.contraintes import Droits

ZONES = [
    ("metro", "France métropolitaine"),
    ("drom", "Département d'outre-mer"),
    ("com", "Collectivité d'outre-mer"),
]


class Region(models.Model):
    """A région; an overseas collectivity stands as its own."""

    code = models.CharField(max_length=3, primary_key=True)
    nom = models.CharField(max_length=80)
    chef_lieu = models.CharField("code Insee du chef-lieu", max_length=5)
    zone = models.CharField(max_length=5, choices=ZONES)

    class Meta:
        ordering = ["nom"]
        constraints = [Droits(name="region_droits", web="SELECT")]

    def __str__(self) -> str:
        return self.nom


class Departement(models.Model):
    """A département or an overseas collectivity."""

    code = models.CharField(max_length=3, primary_key=True)
    nom = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departements")
    chef_lieu = models.CharField("code Insee du chef-lieu", max_length=5)
    zone = models.CharField(max_length=5, choices=ZONES)

    class Meta:
        ordering = ["code"]
        constraints = [Droits(name="departement_droits", web="SELECT")]

    def __str__(self) -> str:
        return self.nom
