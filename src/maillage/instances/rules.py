"""Who may share what, and where: the rule of the walls (CSI, art. L. 132-5). Pure: the day is always given.

The rule judges a named agent's access to an exchange. The database applies the same conditions with its own
function; a property test keeps the two in agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.droit.api import Force, Motif, Verdict, contient, jour_en_lettres

_L132_5 = "Code de la sécurité intérieure, art. L. 132-5"
_FORUMS = f"{_L132_5} ; Code de l’action sociale et des familles, art. L. 141-1"
_CHARTE = f"{_L132_5} ; charte déontologique de l’échange d’informations"


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
    motifs = []
    if nature is not Nature.PUBLIQUE and forum not in FORUMS_NOMINATIFS:
        texte = "Ces informations se partagent seulement dans un groupe de travail du conseil ou un CDDF."
        motifs.append(Motif("forum_interdit", texte, _FORUMS, Force.LOI))
    if nature is Nature.SECRETE:
        texte = "Une information secrète ne se partage pas et ne s’enregistre jamais."
        base = f"{_L132_5} ; Code pénal, art. 226-13 ; Code de procédure pénale, art. 11"
        motifs.append(Motif("information_secrete", texte, base, Force.LOI))
    if not contient(habilitation.debut, habilitation.fin, le):
        texte = f"L’habilitation n’est pas valable au {jour_en_lettres(le)}."
        motifs.append(Motif("habilitation_invalide", texte, _L132_5, Force.LOI))
    if not charte_a_jour(habilitation):
        texte = "La version en vigueur de la charte n’est pas signée."
        motifs.append(Motif("charte_non_signee", texte, _CHARTE, Force.LOI))
    if not membre:
        texte = "La personne n’est pas membre de cette instance."
        motifs.append(Motif("non_membre", texte, _L132_5, Force.LOI))
    return Verdict.selon(motifs, {"fin_habilitation": habilitation.fin})


def charte_a_jour(habilitation: Habilitation) -> bool:
    """The version signed is the one in force; without a charter in force nothing is signed."""
    en_vigueur = habilitation.charte_en_vigueur
    return en_vigueur is not None and habilitation.charte_signee == en_vigueur
