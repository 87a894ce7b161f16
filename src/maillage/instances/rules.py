"""Who may share what, and where: the rule of the walls (CSI, art. L. 132-5). Pure: the day is always given.

The rule judges a named agent's access to an exchange. The database applies the same conditions with its own
function; a property test keeps the two in agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.droit.api import Obstacle, Releve, Verdict, contient, jour_en_lettres

_L132_5 = "Code de la sécurité intérieure, art. L. 132-5"
_FORUMS = f"{_L132_5} ; Code de l’action sociale et des familles, art. L. 141-1"
_CHARTE = f"{_L132_5} ; charte déontologique de l’échange d’informations"
_SECRETS = f"{_L132_5} ; Code pénal, art. 226-13 ; Code de procédure pénale, art. 11"

OBSTACLES = (
    Obstacle(
        "forum_interdit",
        "Ces informations se partagent seulement dans un groupe de travail du conseil ou un CDDF.",
        base_legale=_FORUMS,
    ),
    Obstacle(
        "information_secrete",
        "Une information secrète ne se partage pas et ne s’enregistre jamais.",
        base_legale=_SECRETS,
    ),
    Obstacle("habilitation_invalide", "L’habilitation n’est pas valable ce jour-là.", base_legale=_L132_5),
    Obstacle(
        "charte_non_signee", "La version en vigueur de la charte n’est pas signée.", base_legale=_CHARTE
    ),
    Obstacle("non_membre", "La personne n’est pas membre de cette instance.", base_legale=_L132_5),
)


class Forum(StrEnum):
    """Where an exchange takes place."""

    GROUPE = "groupe"
    CDDF = "cddf"
    PLENIERE = "pleniere"
    RESTREINTE = "restreinte"


class Nature(StrEnum):
    """What is exchanged. A secret information is never recorded nor shared."""

    PUBLIQUE = "publique"
    CONFIDENTIELLE = "confidentielle"
    SECRETE = "secrete"


#: The only places where named information is shared.
FORUMS_NOMINATIFS = frozenset({Forum.GROUPE, Forum.CDDF})


@dataclass(frozen=True, slots=True)
class Habilitation:
    """An agent's mandate, both days included (`fin` None: open), and charter versions signed and in force."""

    debut: date
    fin: date | None
    charte_signee: str | None
    charte_en_vigueur: str | None


def partage(*, le: date, forum: Forum, nature: Nature, habilitation: Habilitation, membre: bool) -> Verdict:
    """Whether this agent may share or read this information there on that day; every obstacle is named.

    Public information may go to any forum; the conditions about the agent hold whatever the nature, because
    they open the place where the exchange is recorded.
    """
    releve = Releve(OBSTACLES, le)
    if nature is not Nature.PUBLIQUE and forum not in FORUMS_NOMINATIFS:
        releve.noter("forum_interdit")
    if nature is Nature.SECRETE:
        releve.noter("information_secrete")
    if not contient(habilitation.debut, habilitation.fin, le):
        releve.noter("habilitation_invalide", f"L’habilitation n’est pas valable au {jour_en_lettres(le)}.")
    if not charte_a_jour(habilitation):
        releve.noter("charte_non_signee")
    if not membre:
        releve.noter("non_membre")
    return releve.verdict({"fin_habilitation": habilitation.fin})


def charte_a_jour(habilitation: Habilitation) -> bool:
    """The version signed is the one in force; without a charter in force nothing is signed."""
    en_vigueur = habilitation.charte_en_vigueur
    return en_vigueur is not None and habilitation.charte_signee == en_vigueur
