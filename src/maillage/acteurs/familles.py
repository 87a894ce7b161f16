"""Functions by what people come to do: how lists of them are grouped. Nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Famille:
    """A heading, what those people do here in one sentence, and their functions."""

    code: str
    titre: str
    phrase: str
    fonctions: tuple[str, ...]


FAMILLES: Final = (
    Famille(
        "coordination",
        "Coordonner",
        "Préparent les séances, composent les groupes, tiennent les échéances.",
        ("coordonnateur",),
    ),
    Famille(
        "elus",
        "Présider et décider",
        "Créent le conseil, président les séances, adoptent les textes.",
        ("maire", "president_epci", "elu_delegue", "president_departement"),
    ),
    Famille(
        "suivi",
        "Signaler et suivre",
        "Lisent et écrivent dans les groupes où ils sont habilités, et nulle part ailleurs.",
        (
            "referent_parcours",
            "membre",
            "police_municipale",
            "chef_secteur",
            "iscg",
            "aide_victimes",
            "caf",
            "conseil_departemental",
        ),
    ),
    Famille(
        "etat",
        "Justice et État",
        "Siègent au conseil. La préfecture et l’État ne reçoivent que des chiffres sans nom.",
        ("procureur", "prefecture", "ars", "chef_projet_mildeca", "national"),
    ),
    Famille(
        "partenaires",
        "Partenaires",
        "Participent à la vie du conseil, sans lire aucun dossier.",
        (
            "sapeurs_pompiers",
            "referent_surete",
            "referent_tig",
            "referent_violences",
            "porteur_action",
            "mediateur",
            "parrain",
            "recruteur_smv",
        ),
    ),
    Famille(
        "controle",
        "Contrôler et administrer",
        "Veillent aux droits, mesurent ou tiennent les comptes, sans lire aucun dossier.",
        ("dpo", "evaluateur", "administrateur_technique"),
    ),
)


def famille_de(fonctions: Iterable[str]) -> Famille | None:
    """The family of who holds these functions: the first, in the order of the families, they have one of."""
    tenues = frozenset(fonctions)
    return next((famille for famille in FAMILLES if tenues.intersection(famille.fonctions)), None)
