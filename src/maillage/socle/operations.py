"""Operations of migrations, where Django's own cost more than what they do.

A constraint or an index is a word to the database: no field and no link of a model moves with it. Django
draws again the model and all those that have a link with it; with four hundred of them it was four fifths
of the time of a first installation. Write these in what ``makemigrations`` proposes.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import AddConstraint, AddIndex
from django.db.migrations.state import ProjectState


class PoserContrainte(AddConstraint):
    """``AddConstraint``, without drawing any model again."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _joindre(state, app_label, self.model_name_lower, "constraints", self.constraint)


class PoserIndex(AddIndex):
    """``AddIndex``, without drawing any model again."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _joindre(state, app_label, self.model_name_lower, "indexes", self.index)


def _joindre(state: ProjectState, salle: str, modele: str, option: str, posee: Any) -> None:
    options = state.models[salle, modele].options
    options[option] = [*options.get(option, []), posee]
    # Drawn already? The same model learns it; else it will be drawn with it.
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(salle, modele)._meta, option, list(options[option]))
