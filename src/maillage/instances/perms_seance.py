"""Permissions of séances: members read those of their formations, the coordination runs them."""

from maillage.instances.perms import COORDINATION, FONCTIONS_DU_CONSEIL, PRESIDENTS
from maillage.socle.permissions import declarer

SEANCES_VOIR = declarer("instances.seances.voir", "Voir les séances", FONCTIONS_DU_CONSEIL)
SEANCES_CONDUIRE = declarer(
    "instances.seances.conduire", "Préparer et conduire une séance", COORDINATION | PRESIDENTS
)
