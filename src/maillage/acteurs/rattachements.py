"""What an account holds in the name of its body, in rooms above: they register it here.

A body's seat opens a groupe to its agents and to nobody else (CSI art. L. 132-5): who leaves the body
loses, in the same transaction, what was held in its name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from maillage.acteurs.models import Compte, Organisme


@dataclass(frozen=True)
class Attaches:
    """``lister`` names where something ends when the account passes to that body; ``rompre`` ends it."""

    lister: Callable[[Compte, Organisme | None], Sequence[str]]
    rompre: Callable[[Compte, Organisme | None], None]


_declarees: list[Attaches] = []


def declarer_attaches(attaches: Attaches) -> None:
    """Declare what a room ties to a body; declaring twice changes nothing."""
    if attaches not in _declarees:
        _declarees.append(attaches)


def attaches_a_rompre(compte: Compte, nouveau: Organisme | None) -> list[str]:
    """Where something ends if the account passes to ``nouveau``; empty when it stays where it is."""
    if not _quitte(compte, nouveau):
        return []
    return [ou for attaches in _declarees for ou in attaches.lister(compte, nouveau)]


def rompre_les_attaches(compte: Compte, nouveau: Organisme | None) -> None:
    """End it, in the transaction that moves the account."""
    if _quitte(compte, nouveau):
        for attaches in _declarees:
            attaches.rompre(compte, nouveau)


def _quitte(compte: Compte, nouveau: Organisme | None) -> bool:
    return compte.organisme_id != (nouveau.pk if nouveau else None)
