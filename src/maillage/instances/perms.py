"""Permissions of the room: they open pages; on which council is decided by the territory of the function."""

from typing import Final

from maillage.socle.permissions import declarer

#: Those who chair or record what the council deliberated (CSI art. L. 132-4, L. 132-13, D. 132-8).
PRESIDENTS: Final = frozenset({"maire", "president_epci", "elu_delegue"})
COORDINATION: Final = frozenset({"coordonnateur"})

#: Functions whose territory shows a council: no provider of actions, no technical administrator.
FONCTIONS_DU_CONSEIL: Final = (
    PRESIDENTS
    | COORDINATION
    | {
        "membre",
        "referent_parcours",
        "procureur",
        "prefecture",
        "president_departement",
        "conseil_departemental",
        "caf",
        "ars",
        "chef_projet_mildeca",
        "chef_secteur",
        "police_municipale",
        "iscg",
        "aide_victimes",
        "dpo",
        "national",
    }
)

INSTANCES_VOIR = declarer("instances.voir", "Voir les instances et les groupes", FONCTIONS_DU_CONSEIL)
CONSEIL_CREER = declarer(
    "instances.conseil.creer",
    "Enregistrer ou dissoudre un conseil",
    PRESIDENTS | COORDINATION | {"prefecture"},
)
COMPOSITION_TENIR = declarer(
    "instances.composition.tenir", "Créer des groupes et donner des sièges", COORDINATION
)
HABILITER = declarer("instances.habiliter", "Habiliter les membres d’un groupe", PRESIDENTS | COORDINATION)
MANDATS_PASSES = declarer(
    "instances.mandats.passes", "Voir les mandats passés d’un groupe", PRESIDENTS | COORDINATION
)
TEXTE_PROPOSER = declarer(
    "instances.texte.proposer",
    "Proposer un règlement intérieur ou une charte",
    FONCTIONS_DU_CONSEIL - {"national", "dpo"},
)
TEXTE_ADOPTER = declarer(
    "instances.texte.adopter",
    "Enregistrer l’adoption d’un texte par le conseil",
    PRESIDENTS | COORDINATION,
)
#: The president of an EPCI may ask, and is told by the rule why the mayor's acts are not theirs.
REGISTRES_OUVRIR = declarer(
    "instances.registres.ouvrir",
    "Ouvrir les actes d’un maire ou un conseil des familles",
    PRESIDENTS | COORDINATION,
)
DROITS_OUVRIR = declarer(
    "instances.droits.ouvrir",
    "Ouvrir le registre des demandes des personnes sur leurs données",
    PRESIDENTS | {"dpo"},
)
CHARTE_SIGNER = declarer("instances.charte.signer", "Lire et signer ma charte", tout_compte=True)
VOLET_CONFIRMER = declarer(
    "instances.volet.confirmer", "Confirmer le suivi de majeurs ou de victimes", {"dpo"}
)
