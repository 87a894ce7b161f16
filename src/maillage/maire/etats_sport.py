"""The states of a measure about a sports venue, once, as data (fiche 29)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatMesure(StrEnum):
    RECUE = "recue"
    INVITEE = "invitee"
    DECIDEE = "decidee"
    NOTIFIEE = "notifiee"
    CLOSE = "close"
    RETIREE = "retiree"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatMesure.RECUE: "Reçue",
        EtatMesure.INVITEE: "Personne invitée à s’expliquer",
        EtatMesure.DECIDEE: "Décidée",
        EtatMesure.NOTIFIEE: "Notifiée",
        EtatMesure.CLOSE: "Close",
        EtatMesure.RETIREE: "Retirée",
    }
)
#: Nothing is decided before the person was invited to explain themselves.
TRANSITIONS_MESURE_SPORT: Final[Mapping[EtatMesure, frozenset[EtatMesure]]] = MappingProxyType(
    {
        EtatMesure.RECUE: frozenset({EtatMesure.INVITEE, EtatMesure.CLOSE, EtatMesure.RETIREE}),
        EtatMesure.INVITEE: frozenset({EtatMesure.DECIDEE, EtatMesure.CLOSE, EtatMesure.RETIREE}),
        EtatMesure.DECIDEE: frozenset({EtatMesure.NOTIFIEE, EtatMesure.RETIREE}),
        EtatMesure.NOTIFIEE: frozenset({EtatMesure.CLOSE, EtatMesure.RETIREE}),
        EtatMesure.CLOSE: frozenset({EtatMesure.RETIREE}),
        EtatMesure.RETIREE: frozenset(),
    }
)
FINIES: Final = frozenset({EtatMesure.CLOSE, EtatMesure.RETIREE})
