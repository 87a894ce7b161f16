"""What is proposed to a person over time: schemes, offers, orientations, participations (fiches 6 to 14)."""

from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "maillage.parcours"
    label = "parcours"
    verbose_name = "Parcours"
