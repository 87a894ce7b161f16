"""Permissions of the room: figures without a name. Which council: by territory, mandate or seat."""

from typing import Final

from maillage.socle.permissions import declarer

#: Those who carry, decide, check or fund local prevention, and the members who sit in a council.
LECTEURS_DE_CHIFFRES: Final = frozenset(
    {
        "coordonnateur",
        "maire",
        "president_epci",
        "elu_delegue",
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
#: Those whose territory is a département or the country.
LECTEURS_DU_DEPARTEMENT: Final = (
    "prefecture",
    "president_departement",
    "conseil_departemental",
    "procureur",
)
BILAN_VOIR = declarer("pilotage.bilan.voir", "Voir le bilan annuel et les chiffres", LECTEURS_DE_CHIFFRES)
BILAN_DEPARTEMENT_VOIR = declarer(
    "pilotage.bilan.departement.voir",
    "Voir le bilan d’un département",
    {*LECTEURS_DU_DEPARTEMENT, "national"},
)
