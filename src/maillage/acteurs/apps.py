"""Who acts: organisms, accounts, the functions they exercise."""

from django.apps import AppConfig


class ActeursConfig(AppConfig):
    name = "maillage.acteurs"
    label = "acteurs"
    verbose_name = "Acteurs"
