"""The functions an account may exercise, as frozen data: the vocabulary of the permission registry.

A function opens pages. It never opens a person's file: only an habilitation in a cercle does (CSI,
art. L. 132-5), so that "administrateur technique" sees accounts and no situation.
"""

from dataclasses import dataclass
from typing import Final

AUCUNE, INSTANCE, COMMUNE, EPCI, DEPARTEMENT, NATIONAL = (
    "aucune",
    "instance",
    "commune",
    "epci",
    "departement",
    "national",
)

#: genre of portee -> French label
PORTEES: Final[dict[str, str]] = {
    AUCUNE: "Sans territoire",
    INSTANCE: "Une instance",
    COMMUNE: "Une commune",
    EPCI: "Une intercommunalité",
    DEPARTEMENT: "Un département",
    NATIONAL: "Le pays",
}


@dataclass(frozen=True)
class Fonction:
    """A function, its name for a man and for a woman, and the territories it may be exercised on.

    ``double_facteur``: the account that exercises it must have a second factor (CNIL, délibération
    2022-100: authentication is stronger where the data is more sensitive).
    """

    code: str
    masculin: str
    feminin: str
    portees: tuple[str, ...]
    double_facteur: bool = True

    def libelle(self, civilite: str = "") -> str:
        """The name of the function as that person bears it; both names when unknown."""
        if civilite == "F":
            return self.feminin
        if civilite == "M" or self.masculin == self.feminin:
            return self.masculin
        return f"{self.masculin} ou {self.feminin[0].lower()}{self.feminin[1:]}"


_LOCAL = (COMMUNE, EPCI, INSTANCE)
_DEPARTEMENT = (DEPARTEMENT,)
_LARGE = (COMMUNE, EPCI, DEPARTEMENT, INSTANCE)

_FONCTIONS: Final = (
    Fonction("coordonnateur", "Coordonnateur", "Coordonnatrice", _LOCAL),
    Fonction("maire", "Maire", "Maire", (COMMUNE,)),
    Fonction("president_epci", "Président d’intercommunalité", "Présidente d’intercommunalité", (EPCI,)),
    Fonction("elu_delegue", "Élu délégué", "Élue déléguée", (COMMUNE, EPCI)),
    Fonction("membre", "Professionnel membre", "Professionnelle membre", (AUCUNE, *_LARGE)),
    Fonction("referent_parcours", "Référent de parcours", "Référente de parcours", (AUCUNE, *_LARGE)),
    Fonction("procureur", "Membre du parquet", "Membre du parquet", (DEPARTEMENT, INSTANCE)),
    Fonction("prefecture", "Agent de préfecture", "Agente de préfecture", _DEPARTEMENT),
    Fonction(
        "president_departement",
        "Président du conseil départemental",
        "Présidente du conseil départemental",
        _DEPARTEMENT,
    ),
    Fonction("conseil_departemental", "Agent du département", "Agente du département", _DEPARTEMENT),
    Fonction(
        "caf",
        "Agent de la caisse d’allocations familiales",
        "Agente de la caisse d’allocations familiales",
        _DEPARTEMENT,
    ),
    Fonction(
        "ars", "Agent de l’agence régionale de santé", "Agente de l’agence régionale de santé", _DEPARTEMENT
    ),
    Fonction("chef_projet_mildeca", "Chef de projet MILDECA", "Cheffe de projet MILDECA", _DEPARTEMENT),
    Fonction(
        "chef_secteur",
        "Chef de secteur (police ou gendarmerie)",
        "Cheffe de secteur (police ou gendarmerie)",
        _LARGE,
    ),
    Fonction("police_municipale", "Policier municipal", "Policière municipale", (COMMUNE, EPCI)),
    Fonction("sapeurs_pompiers", "Sapeur-pompier", "Sapeuse-pompière", _DEPARTEMENT),
    Fonction("referent_surete", "Référent sûreté", "Référente sûreté", _DEPARTEMENT),
    Fonction("referent_tig", "Référent territorial du TIG", "Référente territoriale du TIG", _DEPARTEMENT),
    Fonction(
        "referent_violences",
        "Référent violences conjugales",
        "Référente violences conjugales",
        (DEPARTEMENT, COMMUNE, EPCI),
    ),
    Fonction(
        "iscg",
        "Intervenant social en commissariat et gendarmerie",
        "Intervenante sociale en commissariat et gendarmerie",
        _LARGE,
    ),
    Fonction(
        "aide_victimes",
        "Professionnel de l’aide aux victimes",
        "Professionnelle de l’aide aux victimes",
        _LARGE,
    ),
    Fonction(
        "porteur_action", "Porteur d’action", "Porteuse d’action", (AUCUNE, *_LARGE), double_facteur=False
    ),
    Fonction("mediateur", "Médiateur social", "Médiatrice sociale", (COMMUNE, EPCI), double_facteur=False),
    Fonction("parrain", "Parrain", "Marraine", (AUCUNE,), double_facteur=False),
    Fonction(
        "recruteur_smv",
        "Recruteur du service militaire volontaire ou adapté",
        "Recruteuse du service militaire volontaire ou adapté",
        (AUCUNE, DEPARTEMENT),
    ),
    Fonction(
        "evaluateur", "Évaluateur (données protégées)", "Évaluatrice (données protégées)", (NATIONAL, *_LARGE)
    ),
    Fonction(
        "dpo",
        "Délégué à la protection des données",
        "Déléguée à la protection des données",
        (NATIONAL, *_LARGE),
    ),
    Fonction(
        "national",
        "Agent du secrétariat général (SG-CIPDR)",
        "Agente du secrétariat général (SG-CIPDR)",
        (NATIONAL,),
    ),
    Fonction(
        "administrateur_technique",
        "Administrateur technique",
        "Administratrice technique",
        (AUCUNE, NATIONAL),
    ),
)

FONCTIONS: Final[dict[str, Fonction]] = {fonction.code: fonction for fonction in _FONCTIONS}

CODES: Final[frozenset[str]] = frozenset(FONCTIONS)


class FonctionInconnueError(LookupError):
    """No function has this code."""


def fonction(code: str) -> Fonction:
    """The function of this code. Raises ``FonctionInconnueError``."""
    try:
        return FONCTIONS[code]
    except KeyError as absente:
        raise FonctionInconnueError(code) from absente
