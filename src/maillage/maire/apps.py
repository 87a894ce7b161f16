"""The mayor's own acts and the family council (fiches 5, 29, 37, 38)."""

from django.apps import AppConfig


class MaireConfig(AppConfig):
    name = "maillage.maire"
    label = "maire"
    verbose_name = "Actes du maire et familles"

    def ready(self) -> None:
        """Say what each kind of file makes due, and where « who does what » is told of a commune."""
        from maillage.maire import echeances_rappel
        from maillage.maire.echeances import enregistrer
        from maillage.maire.views.repartition import adresse_pour
        from maillage.territoires.api import declarer_repartition

        enregistrer("rappels", echeances_rappel.echeances)
        declarer_repartition(adresse_pour)
