"""Councils, their formations, who sits there, who may know, and the texts that bind them."""

from django.apps import AppConfig


class InstancesConfig(AppConfig):
    name = "maillage.instances"
    label = "instances"
    verbose_name = "Instances et groupes"

    def ready(self) -> None:
        """Tell the rooms below: councils of a commune, their names, where to record one, who holds what."""
        from maillage.acteurs.api import declarer_attaches, declarer_noms_des_instances
        from maillage.instances.selectors.creation import adresse_de_creation
        from maillage.instances.services.rattachement import ATTACHES
        from maillage.instances.territoire import conseils_couvrant, noms_des_conseils
        from maillage.territoires.api import declarer_creation, declarer_source

        declarer_attaches(ATTACHES)
        declarer_noms_des_instances(noms_des_conseils)
        declarer_source(conseils_couvrant)
        declarer_creation(adresse_de_creation)
