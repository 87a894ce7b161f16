"""A follow-up is not closed over somebody whom a body still receives (see ``situations.empechements``)."""

from collections.abc import Sequence

from maillage.droit.api import Motif
from maillage.parcours.models import Participation
from maillage.parcours.rules.orientation import motifs_de_cloture
from maillage.parcours.states import OUVERTES
from maillage.situations.api import Situation, visibles


def empechements(situation: Situation) -> Sequence[Motif]:
    """The reasons this room has against closing now: a participation that is not over."""
    en_cours = visibles(Participation).filter(situation=situation, etat__in=OUVERTES).count()
    return motifs_de_cloture(en_cours=en_cours)
