"""What a file holds of this room, for its page: asked first, since most files hold nothing yet."""

from dataclasses import dataclass
from typing import Final

from maillage.parcours.models import Orientation, PlanDeSortie
from maillage.situations.api import Situation
from maillage.socle.memoire import une_fois
from maillage.socle.requetes import Requete

_REQUETE: Final = Requete(f"""
SELECT EXISTS (SELECT FROM {Orientation._meta.db_table} o
               WHERE o.situation_id = %(situation)s::bigint AND o.cercle_id = %(cercle)s::bigint),
       EXISTS (SELECT FROM {PlanDeSortie._meta.db_table} p
               WHERE p.situation_id = %(situation)s::bigint AND p.cercle_id = %(cercle)s::bigint)
""")


@dataclass(frozen=True, slots=True)
class Existe:
    """Whether the actor may read an orientation of this file, a plan of exit."""

    orientation: bool
    plan: bool


def ce_qui_existe(situation: Situation) -> Existe:
    """In one prepared query; the wall answers no to whoever may not read the file."""
    return _lire(situation.pk, situation.cercle_id)


@une_fois
def _lire(situation: int, cercle: int) -> Existe:
    ((orientation, plan),) = _REQUETE.lignes(situation=situation, cercle=cercle)
    return Existe(orientation, plan)
