"""Permissions of the room: they open pages; on which council is decided by the territory of the function."""

from typing import Final

from maillage.instances.perms import COORDINATION, FONCTIONS_DU_CONSEIL
from maillage.situations.perms import LECTEURS
from maillage.socle.permissions import declarer

#: Who looks for an offer: the members of a council, and the referent of TIG places.
CHERCHEURS: Final = FONCTIONS_DU_CONSEIL | {"referent_tig"}

DISPOSITIFS_VOIR = declarer("parcours.dispositifs.voir", "Lire le catalogue des dispositifs", CHERCHEURS)
DISPOSITIFS_TENIR = declarer(
    "parcours.dispositifs.tenir", "Ajouter un dispositif local à mon conseil", COORDINATION
)
OFFRES_VOIR = declarer("parcours.offres.voir", "Chercher une place, un accueil, un parrain", CHERCHEURS)
OFFRES_TENIR = declarer("parcours.offres.tenir", "Tenir les offres de mon conseil", COORDINATION)
PERSONNE_VOIR = declarer(
    "parcours.personne.dispositifs", "Voir quels dispositifs s’ouvrent à une personne suivie", LECTEURS
)
