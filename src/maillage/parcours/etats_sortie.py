"""The states of an exit plan and of its steps, once, as data (fiche 10)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EtatPlan(StrEnum):
    OUVERT = "ouvert"
    CLOS = "clos"


class EtatEtape(StrEnum):
    PREVUE = "prevue"
    EFFECTIVE = "effective"
    ABANDONNEE = "abandonnee"
    SANS_RELAIS = "sans_relais"


LIBELLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        EtatPlan.OUVERT: "En préparation",
        EtatPlan.CLOS: "Clos",
        EtatEtape.PREVUE: "Prévue",
        EtatEtape.EFFECTIVE: "Effective",
        EtatEtape.ABANDONNEE: "Abandonnée",
        EtatEtape.SANS_RELAIS: "Sans relais, motif noté",
    }
)

#: A closed plan is never reopened: another measure has its own plan.
TRANSITIONS_PLAN: Final[Mapping[EtatPlan, frozenset[EtatPlan]]] = MappingProxyType(
    {EtatPlan.OUVERT: frozenset({EtatPlan.CLOS}), EtatPlan.CLOS: frozenset()}
)

#: « Effective » goes back to « prévue » when it was confirmed by mistake, while the plan is open.
TRANSITIONS_ETAPE: Final[Mapping[EtatEtape, frozenset[EtatEtape]]] = MappingProxyType(
    {
        EtatEtape.PREVUE: frozenset({EtatEtape.EFFECTIVE, EtatEtape.ABANDONNEE}),
        EtatEtape.EFFECTIVE: frozenset({EtatEtape.PREVUE}),
        EtatEtape.ABANDONNEE: frozenset(),
        EtatEtape.SANS_RELAIS: frozenset({EtatEtape.ABANDONNEE}),
    }
)
