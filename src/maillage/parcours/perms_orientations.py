"""Permissions of orientations: they open pages; the wall says which ones an account reads there."""

from typing import Final

from maillage.instances.perms import COORDINATION
from maillage.situations.perms import LECTEURS, PROFESSIONNELS
from maillage.socle.permissions import declarer

#: Functions whose agents may receive people for a body, under its own undertaking.
ACCUEILLANTS: Final = frozenset(
    {"porteur_action", "mediateur", "parrain", "recruteur_smv", "referent_tig", "membre", "referent_parcours"}
)

PARCOURS_LIRE = declarer("parcours.orientations.lire", "Lire le parcours d’une personne suivie", LECTEURS)
PARCOURS_ECRIRE = declarer(
    "parcours.orientations.ecrire", "Proposer, transmettre et suivre une orientation", PROFESSIONNELS
)
#: Elected officials too: a doctrine is theirs to set aside. The role in the groupe says who may.
PARCOURS_ECARTER = declarer(
    "parcours.orientations.ecarter", "Écarter une raison qui n’est pas la loi", LECTEURS
)
ACCUEILS = declarer("parcours.accueils", "Suivre les personnes que mon organisme accueille", ACCUEILLANTS)
PRESTATAIRES = declarer("parcours.prestataires", "Ouvrir un accès à un lieu d’accueil", COORDINATION)
