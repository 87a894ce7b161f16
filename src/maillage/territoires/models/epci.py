"""Intercommunalités and who belongs to them, by date."""

from __future__ import annotations

from django.db import models

from maillage.socle.contraintes import Droits
from maillage.territoires.models.communes import Commune
from maillage.territoires.models.periodes import Validite, dates_en_ordre, sans_chevauchement
from maillage.territoires.valeurs import NATURES_EPCI

EPCI, EPT = "epci", "ept"


class Epci(Validite):
    """An intercommunalité, or a territorial body of Greater Paris, known by its SIREN."""

    code = models.CharField("Siren", max_length=9, primary_key=True)
    nom = models.CharField(max_length=160)
    nature = models.CharField(max_length=5, choices=list(NATURES_EPCI.items()))
    population = models.PositiveIntegerField("population municipale")
    population_totale = models.PositiveIntegerField()

    class Meta:
        ordering = ["nom"]
        constraints = [dates_en_ordre("epci_dates"), Droits(name="epci_droits", web="SELECT")]

    def __str__(self) -> str:
        return self.nom


class AppartenanceEpci(Validite):
    """A commune belongs to one intercommunalité at a time; in Greater Paris, to an EPT besides."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="appartenances")
    epci = models.ForeignKey(Epci, on_delete=models.CASCADE, related_name="appartenances")
    rang = models.CharField(
        max_length=4, choices=[(EPCI, "intercommunalité"), (EPT, "territoire du Grand Paris")]
    )

    class Meta:
        constraints = [
            sans_chevauchement("appartenance_une_a_la_fois", "commune", "rang"),
            dates_en_ordre("appartenance_dates"),
            Droits(name="appartenance_droits", web="SELECT"),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} dans {self.epci_id}"
