"""Rights of persons: requests, answers of each groupe, restriction of a file; the DPO's registers."""

from django.apps import AppConfig


class DroitsConfig(AppConfig):
    name = "maillage.droits"
    label = "droits"
    verbose_name = "Droits des personnes"

    def ready(self) -> None:
        """Freeze a file whose processing is restricted; erase with a file what this room holds about it."""
        from maillage.droits.fins import FINS
        from maillage.droits.limitations import ENCART, effacer, gel
        from maillage.droits.models import Limitation
        from maillage.situations.api import (
            enregistrer_effaceur,
            enregistrer_encart,
            enregistrer_gel,
            enregistrer_temoin,
        )
        from maillage.socle.fins import enregistrer as enregistrer_les_fins

        enregistrer_les_fins(FINS)
        enregistrer_gel("droits", gel)
        enregistrer_effaceur("droits", effacer)
        enregistrer_temoin("limitation", Limitation._meta.db_table, "t.levee_le IS NULL")
        enregistrer_encart(ENCART)
