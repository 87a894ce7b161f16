"""The trace of each load: what entered, from which bytes, when."""

from __future__ import annotations

from django.db import models

from maillage.socle.contraintes import Droits


class Importation(models.Model):
    """One load that changed the register. The last one tells caches that they are stale."""

    genre = models.CharField(max_length=20)
    empreinte = models.CharField("sha256 du fichier", max_length=64)
    le = models.DateTimeField()
    lues = models.PositiveIntegerField()
    creees = models.PositiveIntegerField()
    modifiees = models.PositiveIntegerField()
    refusees = models.PositiveIntegerField()

    class Meta:
        ordering = ["-id"]
        constraints = [Droits(name="importation_droits", web="SELECT")]

    def __str__(self) -> str:
        return f"{self.genre} du {self.le:%d/%m/%Y}"
