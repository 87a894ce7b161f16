"""Fixtures of the room."""

from tests.simulees import base_simulee, modele_simule

__all__ = ["base_simulee", "modele_simule"]
