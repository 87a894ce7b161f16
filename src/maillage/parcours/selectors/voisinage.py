"""The offers near a council, scheme by scheme: the nearest communes first, in one statement.

With twenty thousand offers a page must not read them all: for each scheme the index is asked commune by
commune, then in the département, and the first few are enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from maillage.instances.api import Conseil
from maillage.parcours.models import ACCORD
from maillage.territoires.api import communes_proches, populations

COMMUNES: Final = 40
_LOIN: Final = 1_000_000

#: Open offers with a free place: the only ones worth judging first.
_LIBRE: Final = """
  AND o.contact = %(accord)s AND o.depuis <= %(le)s AND (o.jusqua IS NULL OR o.jusqua >= %(le)s)
  AND (SELECT count(*) FROM parcours_place p WHERE p.offre_id = o.id AND p.du <= %(le)s
       AND (p.au IS NULL OR p.au >= %(le)s)) < o.capacite
"""
_VISIBLE: Final = """o.dispositif_code = d.code AND o.fermee_le IS NULL
  AND (o.conseil_id IS NULL OR o.conseil_id = %(conseil)s)"""

_PROCHES: Final = """
SELECT d.code, v.id FROM unnest(%(codes)s::text[]) AS d(code)
CROSS JOIN LATERAL (
  (SELECT o.id, c.rang FROM unnest(%(communes)s::text[]) WITH ORDINALITY AS c(commune, rang)
     CROSS JOIN LATERAL (
       SELECT o.id FROM parcours_offre o WHERE {visible} AND o.commune_code = c.commune {libre}
       ORDER BY o.id LIMIT %(nombre)s) o
     ORDER BY c.rang, o.id LIMIT %(nombre)s)
  UNION ALL
  (SELECT o.id, %(loin)s FROM parcours_offre o
     WHERE {visible} AND o.departement_code = ANY(%(departements)s)
       AND o.commune_code <> ALL(%(communes)s) {libre}
     ORDER BY o.id LIMIT %(nombre)s)
  ORDER BY 2, 1 LIMIT %(nombre)s
) v
"""


@dataclass(frozen=True, slots=True)
class Voisinage:
    """Where a council looks for offers: communes by distance from its own, then its département."""

    conseil: int
    departement: str
    distances: Mapping[str, int]

    def distance(self, commune: str) -> str:
        """How far a commune is, in words."""
        km = self.distances.get(commune)
        if km is None:
            return "dans le département" if commune else "sans lieu fixe"
        return "sur place" if km == 0 else f"à {km} km"


def voisinage(conseil: Conseil, le: date) -> Voisinage:
    """Around the commune of the council; for an intercommunalité, around its most populated member."""
    origine = conseil.commune_code or _centre(conseil, le)
    return Voisinage(conseil.pk, conseil.departement_code, communes_proches(origine, COMMUNES))


def _centre(conseil: Conseil, le: date) -> str:
    membres = list(conseil.communes.filter(jusqua__isnull=True).values_list("commune_code", flat=True))
    habitants = populations(membres, le)
    return max(membres, key=lambda code: (habitants.get(code, 0), code), default="")


def offres_proches(
    codes: Collection[str], autour: Voisinage, *, le: date, nombre: int, toutes: bool = False
) -> dict[str, list[int]]:
    """Keys of the ``nombre`` nearest offers of each scheme; with ``toutes``, full and unagreed ones too."""
    libre = "" if toutes else _LIBRE
    requete = _PROCHES.format(visible=_VISIBLE, libre=libre)
    trouves: dict[str, list[int]] = {}
    with connection.cursor() as curseur:
        curseur.execute(
            requete,
            {
                "codes": list(codes),
                "communes": list(autour.distances),
                # An offer without a place is that of whole France: its département is empty.
                "departements": [autour.departement, ""],
                "conseil": autour.conseil,
                "nombre": nombre,
                "loin": _LOIN,
                "accord": ACCORD,
                "le": le,
            },
        )
        for code, cle in curseur.fetchall():
            trouves.setdefault(code, []).append(cle)
    return trouves
