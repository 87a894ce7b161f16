"""The base every room stands on; it knows no domain."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SocleConfig(AppConfig):
    name = "maillage.socle"
    label = "socle"
    verbose_name = "Socle"

    def ready(self) -> None:
        """Keep the planner from sampling what tells something of someone, whenever tables have changed."""
        from maillage.socle import statistiques

        statistiques.declarer("socle.EntreeJournal", "objet", "details")
        post_migrate.connect(statistiques.apres_les_migrations, dispatch_uid="maillage.statistiques")
