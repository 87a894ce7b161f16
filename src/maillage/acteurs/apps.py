"""Who acts: organisms, accounts, the functions they exercise."""

from django.apps import AppConfig


class ActeursConfig(AppConfig):
    name = "maillage.acteurs"
    label = "acteurs"
    verbose_name = "Acteurs"

    def ready(self) -> None:
        """Answer for the keys of the applications of codes; say how the rows of an account end, and which
        columns of accounts the planner keeps nothing of.
        """
        from maillage.acteurs.fins import FINS, MUETTES
        from maillage.acteurs.services import appareils
        from maillage.socle.cles.detenteurs import Detenteur, enregistrer
        from maillage.socle.fins import enregistrer as enregistrer_les_fins
        from maillage.socle.statistiques import declarer

        enregistrer(
            "applications_de_codes", Detenteur(appareils.vivants, appareils.resceller, appareils.effacer)
        )
        enregistrer_les_fins(FINS)
        for table, colonnes in MUETTES.items():
            declarer(table, *colonnes)
