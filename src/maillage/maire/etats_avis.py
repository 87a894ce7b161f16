"""The states of a notice due to the mayor, once, as data (CSI L. 132-3)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatAvis(StrEnum):
    ATTENDU = "attendu"
    RECU = "recu"
    RETIRE = "retire"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {EtatAvis.ATTENDU: "Attendu", EtatAvis.RECU: "Reçu", EtatAvis.RETIRE: "Retiré"}
)
TRANSITIONS_AVIS: Final[Mapping[EtatAvis, frozenset[EtatAvis]]] = MappingProxyType(
    {
        EtatAvis.ATTENDU: frozenset({EtatAvis.RECU, EtatAvis.RETIRE}),
        EtatAvis.RECU: frozenset({EtatAvis.RETIRE}),
        EtatAvis.RETIRE: frozenset(),
    }
)
