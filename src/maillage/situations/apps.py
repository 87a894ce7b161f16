"""Signalements and situations of the groupes."""

from django.apps import AppConfig


class SituationsConfig(AppConfig):
    name = "maillage.situations"
    label = "situations"
    verbose_name = "Situations"

    def ready(self) -> None:
        """Offer signalements and situations to the agenda of séances."""
        from maillage.situations.points import enregistrer_les_sources

        enregistrer_les_sources()
