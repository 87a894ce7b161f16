"""Permissions of the room: they open pages; the wall says which requests, the rule who may act."""

from typing import Final

from maillage.instances.perms import PRESIDENTS
from maillage.maire.perms import AGENTS, ELUS
from maillage.parcours.api import ACCUEILLANTS
from maillage.situations.perms import LECTEURS
from maillage.socle.permissions import declarer

#: The DPO, and the agents the controller designated: their mandate in the register opens it.
QUI_REPOND: Final = frozenset({"dpo", "membre"}) | PRESIDENTS

DEMANDES_LIRE = declarer("droits.demandes.lire", "Lire les demandes des personnes", QUI_REPOND)
DEMANDES_INSTRUIRE = declarer(
    "droits.demandes.instruire", "Enregistrer une demande et y répondre", QUI_REPOND
)
QUESTIONS_REPONDRE = declarer(
    "droits.questions.repondre",
    "Répondre au délégué pour les dossiers de mon groupe",
    LECTEURS | AGENTS | ELUS | ACCUEILLANTS,
)
ARCHIVES_VOIR = declarer(
    "droits.archives.voir", "Voir qui a ouvert une archive", PRESIDENTS | {"coordonnateur"}
)
REGISTRE_LIRE = declarer(
    "droits.registre.lire", "Lire le registre des traitements et ses indicateurs", PRESIDENTS | {"dpo"}
)
