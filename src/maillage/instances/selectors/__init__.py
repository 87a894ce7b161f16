"""Reads of the room."""

from maillage.instances.selectors.conseils import acteur, conseil_visible, formation_visible

__all__ = ["acteur", "conseil_visible", "formation_visible"]
