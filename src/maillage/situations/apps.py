"""Signalements and situations of the groupes."""

from django.apps import AppConfig


class SituationsConfig(AppConfig):
    name = "maillage.situations"
    label = "situations"
    verbose_name = "Situations"

    def ready(self) -> None:
        """Offer signalements and situations to the agenda of séances; answer for the keys of persons, and for
        the end of each row.
        """
        from maillage.situations import identites, recits
        from maillage.situations.fins import FINS
        from maillage.situations.points import enregistrer_les_sources
        from maillage.situations.services.conservation import effacer_de_nouveau
        from maillage.socle.cles.detenteurs import Detenteur, enregistrer
        from maillage.socle.fins import enregistrer as enregistrer_les_fins

        enregistrer_les_sources()
        enregistrer_les_fins(FINS)
        enregistrer("identites", Detenteur(identites.vivantes, recits.resceller, effacer_de_nouveau))
