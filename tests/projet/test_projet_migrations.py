"""Models and migrations say the same thing."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation


def test_no_change_of_a_model_is_left_without_its_migration():
    with translation.override(None):  # as Django's own command does: names are compared untranslated
        chargeur = MigrationLoader(None)
        etat, voulu = chargeur.project_state(), ProjectState.from_apps(apps)
        changements = MigrationAutodetector(etat, voulu).changes(graph=chargeur.graph)
    assert {salle for salle in changements if apps.get_app_config(salle).name.startswith("maillage")} == set()
