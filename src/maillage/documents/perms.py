"""Permissions of the room: they open pages; which conventions is decided by the territory and by the wall."""

from typing import Final

from maillage.instances.perms import COORDINATION, FONCTIONS_DU_CONSEIL, PRESIDENTS
from maillage.socle.permissions import declarer

#: Those who keep a council's conventions and its letterhead.
TENUE: Final = COORDINATION | PRESIDENTS

CONVENTIONS_VOIR = declarer("documents.conventions.voir", "Voir les conventions", FONCTIONS_DU_CONSEIL)
CONVENTIONS_TENIR = declarer(
    "documents.conventions.tenir",
    "Préparer, modifier, renouveler ou résilier une convention",
    TENUE | {"membre", "referent_parcours"},
)
CONVENTIONS_SIGNER = declarer(
    "documents.conventions.signer", "Signer une convention pour son organisme", FONCTIONS_DU_CONSEIL
)
MODELES_VOIR = declarer("documents.modeles.voir", "Voir les modèles de documents", FONCTIONS_DU_CONSEIL)
MODELES_ADAPTER = declarer(
    "documents.modeles.adapter",
    "Adapter un modèle de document à son conseil",
    COORDINATION | {"maire", "president_epci"},
)
