"""Councils, their formations, who sits there, who may know, and the texts that bind them."""

from django.apps import AppConfig


class InstancesConfig(AppConfig):
    name = "maillage.instances"
    label = "instances"
    verbose_name = "Instances et groupes"
