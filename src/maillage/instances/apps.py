"""Councils, their formations, who sits there, who may know, and the texts that bind them."""

from django.apps import AppConfig


class InstancesConfig(AppConfig):
    name = "maillage.instances"
    label = "instances"
    verbose_name = "Instances et groupes"

    def ready(self) -> None:
        """Tell the pages of territories which councils cover a commune."""
        from maillage.instances.territoire import conseils_couvrant
        from maillage.territoires.api import declarer_source

        declarer_source(conseils_couvrant)
