"""The mayor's own acts and the family council (fiches 5, 29, 37, 38)."""

from django.apps import AppConfig


class MaireConfig(AppConfig):
    name = "maillage.maire"
    label = "maire"
    verbose_name = "Actes du maire et familles"
