"""Councils, their formations, who sits there, who may know, and the texts that bind them."""

from django.apps import AppConfig


class InstancesConfig(AppConfig):
    name = "maillage.instances"
    label = "instances"
    verbose_name = "Instances et groupes"

    def ready(self) -> None:
        """Tell the pages of territories which councils cover a commune, and where one is recorded."""
        from maillage.instances.selectors.creation import adresse_de_creation
        from maillage.instances.territoire import conseils_couvrant
        from maillage.territoires.api import declarer_creation, declarer_source

        declarer_source(conseils_couvrant)
        declarer_creation(adresse_de_creation)
