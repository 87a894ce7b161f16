"""The states of a settlement, once, as data (CPP, art. 44-1). Silence is read from the days, never stored."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatTransaction(StrEnum):
    CONSTATEE = "constatee"
    PROPOSEE = "proposee"
    ACCEPTEE = "acceptee"
    REFUSEE = "refusee"
    HOMOLOGUEE = "homologuee"
    NON_HOMOLOGUEE = "non_homologuee"
    EXECUTEE = "executee"
    NON_EXECUTEE = "non_executee"
    ABANDONNEE = "abandonnee"
    CLOSE = "close"
    TRANSMISE = "transmise"
    RECTIFIEE = "rectifiee"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatTransaction.CONSTATEE: "Constatée",
        EtatTransaction.PROPOSEE: "Proposée",
        EtatTransaction.ACCEPTEE: "Acceptée",
        EtatTransaction.REFUSEE: "Refusée",
        EtatTransaction.HOMOLOGUEE: "Homologuée",
        EtatTransaction.NON_HOMOLOGUEE: "Non homologuée",
        EtatTransaction.EXECUTEE: "Exécutée",
        EtatTransaction.NON_EXECUTEE: "Non exécutée",
        EtatTransaction.ABANDONNEE: "Abandonnée",
        EtatTransaction.CLOSE: "Close",
        EtatTransaction.TRANSMISE: "Transmise au procureur",
        EtatTransaction.RECTIFIEE: "Rectifiée",
    }
)

#: What succeeds is reported and closed; what fails goes to the procureur, who decides what follows.
TRANSITIONS_TRANSACTION: Final[Mapping[EtatTransaction, frozenset[EtatTransaction]]] = MappingProxyType(
    {
        EtatTransaction.CONSTATEE: frozenset(
            {EtatTransaction.PROPOSEE, EtatTransaction.ABANDONNEE, EtatTransaction.RECTIFIEE}
        ),
        EtatTransaction.PROPOSEE: frozenset(
            {
                EtatTransaction.ACCEPTEE,
                EtatTransaction.REFUSEE,
                EtatTransaction.ABANDONNEE,
                EtatTransaction.RECTIFIEE,
            }
        ),
        EtatTransaction.ACCEPTEE: frozenset(
            {
                EtatTransaction.HOMOLOGUEE,
                EtatTransaction.NON_HOMOLOGUEE,
                EtatTransaction.ABANDONNEE,
                EtatTransaction.RECTIFIEE,
            }
        ),
        EtatTransaction.REFUSEE: frozenset({EtatTransaction.TRANSMISE}),
        EtatTransaction.HOMOLOGUEE: frozenset({EtatTransaction.EXECUTEE, EtatTransaction.NON_EXECUTEE}),
        EtatTransaction.NON_HOMOLOGUEE: frozenset({EtatTransaction.TRANSMISE}),
        EtatTransaction.EXECUTEE: frozenset({EtatTransaction.CLOSE}),
        EtatTransaction.NON_EXECUTEE: frozenset({EtatTransaction.TRANSMISE}),
        EtatTransaction.ABANDONNEE: frozenset({EtatTransaction.TRANSMISE}),
        EtatTransaction.CLOSE: frozenset(),
        EtatTransaction.TRANSMISE: frozenset(),
        EtatTransaction.RECTIFIEE: frozenset(),
    }
)
FINALES: Final = frozenset(etat for etat, suites in TRANSITIONS_TRANSACTION.items() if not suites)
