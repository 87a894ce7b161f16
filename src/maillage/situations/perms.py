"""Permissions of the room. They open pages; an habilitation opens a file, and the wall has the last word.

Never the technical administrator, the préfecture, the State or the DPO: figures without names are theirs.
"""

from typing import Final

from maillage.socle.permissions import declarer

#: Functions whose agents may be habilitated in a groupe.
LECTEURS: Final = frozenset(
    {
        "coordonnateur",
        "maire",
        "president_epci",
        "elu_delegue",
        "membre",
        "referent_parcours",
        "procureur",
        "conseil_departemental",
        "caf",
        "chef_secteur",
        "police_municipale",
        "iscg",
        "aide_victimes",
    }
)
#: Elected officials read; professionals write the follow-up.
PROFESSIONNELS: Final = LECTEURS - {"maire", "president_epci", "elu_delegue"}

SIGNALEMENTS_LIRE = declarer("situations.signalements.lire", "Lire les signalements de mes groupes", LECTEURS)
SIGNALER = declarer("situations.signaler", "Faire un signalement", LECTEURS)
LIRE = declarer("situations.lire", "Lire les situations de mes groupes", LECTEURS)
SUIVRE = declarer("situations.suivre", "Noter le suivi d’une situation", PROFESSIONNELS)
CLORE = declarer("situations.clore", "Clore une situation", {"coordonnateur", "referent_parcours", "membre"})
ARCHIVE = declarer("situations.archive", "Ouvrir une archive, pour un motif", {"coordonnateur"})
