"""What a higher room froze: a file that may be read, and no longer written (RGPD, art. 18).

``situations`` cannot know those rooms: each registers, at start, the function that tells why nothing may be
written in a file. The database holds the same, for whoever would forget to ask.
"""

from collections.abc import Callable, Sequence

from maillage.droit.api import Motif, Verdict
from maillage.situations.models import Situation

#: The reasons for which nothing is written in this situation; none when it is not frozen.
Gel = Callable[[Situation], Sequence[Motif]]

_gels: dict[str, Gel] = {}


def enregistrer(nom: str, gel: Gel) -> None:
    """Register a room's reasons at start; two under one name is an error."""
    if _gels.setdefault(nom, gel) is not gel:
        raise ValueError(f"gel déjà enregistré : {nom}")


def juger(situation: Situation) -> Verdict:
    """Whether this situation may be written."""
    return Verdict.selon([motif for gel in _gels.values() for motif in gel(situation)])
