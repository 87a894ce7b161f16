"""The states of the room, once, as data. The documentation's tables and drawings are made from here."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar

E = TypeVar("E", bound=StrEnum)


class EtatSignalement(StrEnum):
    RECU = "recu"
    INSCRIT = "inscrit"
    OUVERT = "ouvert"
    ORIENTE = "oriente"
    NON_RETENU = "non_retenu"


class EtatSituation(StrEnum):
    OUVERTE = "ouverte"
    CLOSE = "close"


class EtatObjectif(StrEnum):
    A_DEMARRER = "a_demarrer"
    EN_COURS = "en_cours"
    ATTEINT = "atteint"
    ABANDONNE = "abandonne"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatSignalement.RECU: "Reçu, à examiner",
        EtatSignalement.INSCRIT: "Inscrit à une séance",
        EtatSignalement.OUVERT: "Situation ouverte",
        EtatSignalement.ORIENTE: "Orienté",
        EtatSignalement.NON_RETENU: "Non retenu",
        EtatSituation.OUVERTE: "Suivi en cours",
        EtatSituation.CLOSE: "Close, en archive",
        EtatObjectif.A_DEMARRER: "À démarrer",
        EtatObjectif.EN_COURS: "En cours",
        EtatObjectif.ATTEINT: "Atteint",
        EtatObjectif.ABANDONNE: "Abandonné",
    }
)

#: The groupe decides together; only a séance leads out of "reçu" and "inscrit" (fiche 1).
#: "Inscrit" follows the agendas: withdrawn, reported or cancelled, it is "reçu" again.
TRANSITIONS_SIGNALEMENT: Final[Mapping[EtatSignalement, frozenset[EtatSignalement]]] = MappingProxyType(
    {
        EtatSignalement.RECU: frozenset(
            {
                EtatSignalement.INSCRIT,
                EtatSignalement.OUVERT,
                EtatSignalement.ORIENTE,
                EtatSignalement.NON_RETENU,
            }
        ),
        EtatSignalement.INSCRIT: frozenset(
            {
                EtatSignalement.RECU,
                EtatSignalement.INSCRIT,
                EtatSignalement.OUVERT,
                EtatSignalement.ORIENTE,
                EtatSignalement.NON_RETENU,
            }
        ),
        EtatSignalement.OUVERT: frozenset(),
        EtatSignalement.ORIENTE: frozenset(),
        EtatSignalement.NON_RETENU: frozenset(),
    }
)

#: A closed situation is never reopened: a new signalement starts a new one.
TRANSITIONS_SITUATION: Final[Mapping[EtatSituation, frozenset[EtatSituation]]] = MappingProxyType(
    {EtatSituation.OUVERTE: frozenset({EtatSituation.CLOSE}), EtatSituation.CLOSE: frozenset()}
)

TRANSITIONS_OBJECTIF: Final[Mapping[EtatObjectif, frozenset[EtatObjectif]]] = MappingProxyType(
    {
        EtatObjectif.A_DEMARRER: frozenset(
            {EtatObjectif.EN_COURS, EtatObjectif.ATTEINT, EtatObjectif.ABANDONNE}
        ),
        EtatObjectif.EN_COURS: frozenset({EtatObjectif.ATTEINT, EtatObjectif.ABANDONNE}),
        EtatObjectif.ATTEINT: frozenset({EtatObjectif.EN_COURS}),
        EtatObjectif.ABANDONNE: frozenset({EtatObjectif.EN_COURS}),
    }
)

A_EXAMINER: Final = frozenset({EtatSignalement.RECU, EtatSignalement.INSCRIT})


def possible(table: Mapping[E, frozenset[E]], de: str, vers: str) -> bool:
    """Whether the table leads from one state to the other."""
    return any(suite == vers for etat, suites in table.items() if etat == de for suite in suites)
