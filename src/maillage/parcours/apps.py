"""What is proposed to a person over time: schemes, offers, orientations, participations (fiches 6 to 14)."""

from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "maillage.parcours"
    label = "parcours"
    verbose_name = "Parcours"

    def ready(self) -> None:
        """What this room holds about a situation is erased with it, and shown on its page."""
        from maillage.parcours.effacement import effacer
        from maillage.parcours.encarts import DISPOSITIFS
        from maillage.situations.api import enregistrer_effaceur, enregistrer_encart

        enregistrer_effaceur("parcours", effacer)
        enregistrer_encart(DISPOSITIFS)
