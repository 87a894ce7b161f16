"""The offers near a council, scheme by scheme: the nearest communes first, in one statement.

With twenty thousand offers a page must not read them all: for each scheme the index is asked commune by
commune, then in the département, and the first few are enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Final

from django.db import connection

from maillage.instances.api import Conseil
from maillage.parcours.models import ACCORD
from maillage.territoires.api import communes_proches, populations

COMMUNES: Final = 40
_LOIN: Final = 1_000_000

#: Nearest offers of a scheme among which those with a free place are kept.
EXAMINEES: Final = 30

_VISIBLE: Final = """o.dispositif_code = d.code AND o.fermee_le IS NULL
  AND (o.conseil_id IS NULL OR o.conseil_id = %(conseil)s)"""
_OUVERTE: Final = """
  AND o.contact = %(accord)s AND o.depuis <= %(le)s AND (o.jusqua IS NULL OR o.jusqua >= %(le)s)"""
_LIBRE: Final = """
  WHERE (SELECT count(*) FROM parcours_place p WHERE p.offre_id = q.id AND p.du <= %(le)s
         AND (p.au IS NULL OR p.au >= %(le)s)) < q.capacite"""

#: The second half is read only where the first has not filled the page.
_PROCHES: Final = """
SELECT d.code, v.id, v.rang FROM unnest(%(codes)s::text[]) AS d(code)
CROSS JOIN LATERAL (
  SELECT q.id, q.rang FROM (
    (SELECT o.id, o.capacite, array_position(%(communes)s::text[], o.commune_code::text) AS rang
       FROM parcours_offre o
       WHERE {visible} AND o.commune_code = ANY(%(communes)s::text[]) {ouverte}
       ORDER BY rang, o.id LIMIT %(examinees)s)
    UNION ALL
    (SELECT o.id, o.capacite, %(loin)s FROM parcours_offre o
       WHERE {visible} AND o.departement_code = ANY(%(departements)s::text[])
         AND o.commune_code <> ALL(%(communes)s::text[]) {ouverte}
       ORDER BY o.departement_code DESC, o.id LIMIT %(examinees)s)
  ) q {libre}
  LIMIT %(nombre)s
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
    requete = _PROCHES.format(
        visible=_VISIBLE, ouverte="" if toutes else _OUVERTE, libre="" if toutes else _LIBRE
    )
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
                "examinees": max(nombre, EXAMINEES),
                "loin": _LOIN,
                "accord": ACCORD,
                "le": le,
            },
        )
        for code, cle, _ in sorted(curseur.fetchall(), key=itemgetter(2, 1)):
            trouves.setdefault(code, []).append(cle)
    return trouves
