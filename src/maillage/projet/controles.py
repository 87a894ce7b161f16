"""The controls that look at the configuration and at the migrations, added to those of the base."""

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from maillage.socle.controles import controle


def inscrire() -> None:
    """Register the project's controls; safe to call again."""
    controle("configuration")(configuration_sure)
    controle("migrations")(migrations_passees)


def configuration_sure() -> tuple[bool, str]:
    """The environment is complete and safe for its mode."""
    fautes = settings.CONFIGURATION.fautes
    sure = f"Configuration « {settings.CONFIGURATION.mode} » sûre."
    return not fautes, " ".join(fautes) or sure


def migrations_passees() -> tuple[bool, str]:
    """Every migration of the code is in the database."""
    executeur = MigrationExecutor(connections["proprietaire"])
    plan = executeur.migration_plan(executeur.loader.graph.leaf_nodes())
    if plan:
        return False, f"{len(plan)} migrations n’ont pas été passées : lancez « maillage base preparer »."
    return True, "La base est à jour du code."
