"""The base every room stands on; it knows no domain."""

from django.apps import AppConfig


class SocleConfig(AppConfig):
    name = "maillage.socle"
    label = "socle"
    verbose_name = "Socle"
