"""The day of each role: what is late, today, to come and new, ordered by date and by nothing else."""

from maillage.pilotage.journee.composition import Journee, composer

__all__ = ["Journee", "composer"]
