"""Who acts: organisms, accounts, the functions they exercise."""

from django.apps import AppConfig


class ActeursConfig(AppConfig):
    name = "maillage.acteurs"
    label = "acteurs"
    verbose_name = "Acteurs"

    def ready(self) -> None:
        """Answer for the keys of the applications of codes."""
        from maillage.acteurs.services import appareils
        from maillage.socle.cles.detenteurs import Detenteur, enregistrer

        enregistrer(
            "applications_de_codes", Detenteur(appareils.vivants, appareils.resceller, appareils.effacer)
        )
