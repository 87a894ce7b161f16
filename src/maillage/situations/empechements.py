"""What a higher room holds open about a situation keeps it from being closed, said in plain reasons.

``situations`` cannot know those rooms: each registers, at start, the function that tells why one of its own
acts must end first. It runs in the transaction of the closing, once the situation is locked.
"""

from collections.abc import Callable, Sequence

from maillage.droit.api import Motif, Verdict
from maillage.situations.models import Situation

#: The reasons for which this situation cannot be closed yet; none when nothing is left open.
Empechement = Callable[[Situation], Sequence[Motif]]

_empechements: dict[str, Empechement] = {}


def enregistrer(nom: str, empechement: Empechement) -> None:
    """Register a room's reasons at start; two under one name is an error."""
    if _empechements.setdefault(nom, empechement) is not empechement:
        raise ValueError(f"empêchement déjà enregistré : {nom}")


def juger(situation: Situation) -> Verdict:
    """Whether every room lets this situation be closed."""
    return Verdict.selon(
        [motif for empechement in _empechements.values() for motif in empechement(situation)]
    )
