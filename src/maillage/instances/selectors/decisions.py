"""What the séances of a groupe decided on one file, for the page of that file."""

from datetime import datetime
from typing import Final
from uuid import UUID

from maillage.instances.selectors.acces import mes_cercles
from maillage.socle.requetes import Requete

_REQUETE: Final = Requete("""
SELECT p.decide_le, p.precision FROM instances_point p
WHERE p.cercle_id = %(cercle)s::bigint AND p.cercle_id = ANY(%(cercles)s::bigint[])
  AND p.objet = %(objet)s::uuid AND p.decision = %(decision)s::text
ORDER BY p.decide_le
""")


def decisions_sur(cercle: int, objet: UUID, decision: str) -> list[tuple[datetime, str]]:
    """Each time this decision was taken on this file: the instant, and what made it precise."""
    lues = _REQUETE.lignes(cercle=cercle, objet=objet, decision=decision, cercles=mes_cercles())
    return [(instant, precision) for instant, precision in lues]
