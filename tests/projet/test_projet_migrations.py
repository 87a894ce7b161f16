"""Models and migrations say the same thing."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState


def test_no_change_of_a_model_is_left_without_its_migration():
    chargeur = MigrationLoader(None)
    changements = MigrationAutodetector(chargeur.project_state(), ProjectState.from_apps(apps)).changes(
        graph=chargeur.graph
    )
    nos_salles = {
        salle: ecarts
        for salle, ecarts in changements.items()
        if apps.get_app_config(salle).name.startswith("maillage")
    }
    assert nos_salles == {}
