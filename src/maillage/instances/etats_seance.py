"""The states of a séance. It goes one way: what was decided in it cannot be decided again."""

from typing import Final

from django.db import models


class EtatSeance(models.TextChoices):
    PREPAREE = "preparee", "En préparation"
    CONVOQUEE = "convoquee", "Convoquée"
    OUVERTE = "ouverte", "En cours"
    CLOSE = "close", "Close"
    ANNULEE = "annulee", "Annulée"


TRANSITIONS: Final[dict[EtatSeance, frozenset[EtatSeance]]] = {
    EtatSeance.PREPAREE: frozenset({EtatSeance.CONVOQUEE, EtatSeance.ANNULEE}),
    EtatSeance.CONVOQUEE: frozenset({EtatSeance.OUVERTE, EtatSeance.ANNULEE}),
    EtatSeance.OUVERTE: frozenset({EtatSeance.CLOSE}),
    EtatSeance.CLOSE: frozenset(),
    EtatSeance.ANNULEE: frozenset(),
}

#: A séance that may still decide: a file on its agenda waits for it.
A_TENIR: Final = frozenset({EtatSeance.PREPAREE, EtatSeance.CONVOQUEE, EtatSeance.OUVERTE})


def peut_passer(depuis: str, vers: str) -> bool:
    """Whether the table allows that passage."""
    return EtatSeance(vers) in TRANSITIONS[EtatSeance(depuis)]
