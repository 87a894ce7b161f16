"""Councils, their formations, who sits there, who may know, and the texts that bind them."""

from django.apps import AppConfig


class InstancesConfig(AppConfig):
    name = "maillage.instances"
    label = "instances"
    verbose_name = "Instances et groupes"

    def ready(self) -> None:
        """Tell the rooms below: councils of a commune, where to record one, what a body's agents hold."""
        from maillage.acteurs.api import declarer_attaches
        from maillage.instances.selectors.creation import adresse_de_creation
        from maillage.instances.services.rattachement import ATTACHES
        from maillage.instances.territoire import conseils_couvrant
        from maillage.territoires.api import declarer_creation, declarer_source

        declarer_attaches(ATTACHES)
        declarer_source(conseils_couvrant)
        declarer_creation(adresse_de_creation)
