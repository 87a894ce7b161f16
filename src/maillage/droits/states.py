"""The states of a request about personal data, once, as data (RGPD, art. 12)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatDemande(StrEnum):
    RECUE = "recue"
    INSTRUITE = "instruite"
    REPONDUE = "repondue"
    RETIREE = "retiree"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatDemande.RECUE: "Reçue, identité à vérifier",
        EtatDemande.INSTRUITE: "En cours",
        EtatDemande.REPONDUE: "Répondue",
        EtatDemande.RETIREE: "Retirée par la personne",
    }
)
#: A request whose author was not identified may still be answered: by a refusal, which says so.
TRANSITIONS_DEMANDE_DE_DROIT: Final[Mapping[EtatDemande, frozenset[EtatDemande]]] = MappingProxyType(
    {
        EtatDemande.RECUE: frozenset({EtatDemande.INSTRUITE, EtatDemande.REPONDUE, EtatDemande.RETIREE}),
        EtatDemande.INSTRUITE: frozenset({EtatDemande.REPONDUE, EtatDemande.RETIREE}),
        EtatDemande.REPONDUE: frozenset(),
        EtatDemande.RETIREE: frozenset(),
    }
)
FINIES: Final = frozenset({EtatDemande.REPONDUE, EtatDemande.RETIREE})
