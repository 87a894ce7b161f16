"""Rights of persons: requests, answers of each groupe, restriction of a file; the DPO's registers."""

from django.apps import AppConfig


class DroitsConfig(AppConfig):
    name = "maillage.droits"
    label = "droits"
    verbose_name = "Droits des personnes"

    def ready(self) -> None:
        """Freeze what is restricted; erase with a file what this room holds about it; answer for keys."""
        from maillage.droits.fins import FINS
        from maillage.droits.limitations import DOSSIER_LIMITE, ENCART, RETENUE, effacer, gel
        from maillage.droits.models import Limitation
        from maillage.droits.scellement import DETENTEUR
        from maillage.situations.api import (
            enregistrer_effaceur,
            enregistrer_encart,
            enregistrer_gel,
            enregistrer_retenue,
            enregistrer_temoin,
        )
        from maillage.socle.cles.detenteurs import enregistrer
        from maillage.socle.fins import enregistrer as enregistrer_les_fins
        from maillage.socle.services import expliquer

        enregistrer_les_fins(FINS)
        enregistrer_gel("droits", gel)
        enregistrer_retenue("droits", RETENUE)
        expliquer("dossier limité", DOSSIER_LIMITE)
        enregistrer_effaceur("droits", effacer)
        enregistrer_temoin("limitation", Limitation._meta.db_table, "t.levee_le IS NULL")
        enregistrer_encart(ENCART)
        enregistrer("droits", DETENTEUR)
