"""Permissions of the room: they open pages; the wall says which files, the rule who may act.

The procureur reads no register of a mayor's acts. The power is the mayor's own (CSI, art. L. 132-7), and only
the commune's own administration holds a seat in the register (``un_seul_organisme``): the parquet is asked by
the letters the room prepares, and its answer is noted. In a family council it may sit like any member.
"""

from typing import Final

from maillage.instances.perms import COORDINATION
from maillage.situations.perms import LECTEURS
from maillage.socle.permissions import declarer

ELUS: Final = frozenset({"maire", "elu_delegue"})
#: Agents of the town hall have no function of their own: their mandate in the register opens it.
AGENTS: Final = frozenset({"membre", "police_municipale"}) | COORDINATION

ACTES_LIRE = declarer("maire.actes.lire", "Lire les actes d’un maire", ELUS | AGENTS)
ACTES_PREPARER = declarer("maire.actes.preparer", "Préparer et suivre les actes d’un maire", ELUS | AGENTS)
#: The president of an EPCI comes as far as the rule, which says why the act is not theirs.
ACTES_PRONONCER = declarer("maire.actes.prononcer", "Faire un acte du maire", ELUS | {"president_epci"})
DELEGATIONS_TENIR = declarer(
    "maire.delegations.tenir", "Enregistrer les délégations d’un maire", {"maire"} | COORDINATION
)
FAMILLES_LIRE = declarer("maire.familles.lire", "Lire les dossiers d’un conseil des familles", LECTEURS)
FAMILLES_ECRIRE = declarer("maire.familles.ecrire", "Préparer et suivre l’audition d’une famille", LECTEURS)
