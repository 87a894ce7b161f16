"""Annual reports, dashboards without names, and the day of each role."""

from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "maillage.pilotage"
    label = "pilotage"
    verbose_name = "Pilotage"
