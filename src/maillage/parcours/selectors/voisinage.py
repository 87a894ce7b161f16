"""The offers near a council, scheme by scheme: the nearest communes first, in one statement.

With twenty thousand offers a page must not read them all: for each scheme the index is asked commune by
commune, then in the département, and the first few are enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Final

from maillage.instances.api import Conseil
from maillage.parcours.models import ACCORD
from maillage.socle.requetes import Requete
from maillage.territoires.api import communes_proches, populations

COMMUNES: Final = 40
_LOIN: Final = 1_000_000

#: Nearest offers of a scheme among which those with a free place are kept.
EXAMINEES: Final = 30

_VISIBLE: Final = """o.dispositif_code = d.code AND o.fermee_le IS NULL
  AND (o.conseil_id IS NULL OR o.conseil_id = %(conseil)s::bigint)"""
_OUVERTE: Final = """
  AND o.contact = %(accord)s::text AND o.depuis <= %(le)s::date
  AND (o.jusqua IS NULL OR o.jusqua >= %(le)s::date)"""
_LIBRE: Final = """
  WHERE (SELECT count(*) FROM parcours_place p WHERE p.offre_id = q.id AND p.du <= %(le)s::date
         AND (p.au IS NULL OR p.au >= %(le)s::date)) < q.capacite"""

#: The second half is read only where the first has not filled the page.
_TEXTE: Final = """
SELECT d.code, v.id, v.rang FROM unnest(%(codes)s::text[]) AS d(code)
CROSS JOIN LATERAL (
  SELECT q.id, q.rang FROM (
    (SELECT o.id, o.capacite, array_position(%(communes)s::text[], o.commune_code::text) AS rang
       FROM parcours_offre o
       WHERE {visible} AND o.commune_code = ANY(%(communes)s::text[]) {ouverte}
       ORDER BY rang, o.id LIMIT %(examinees)s::int)
    UNION ALL
    (SELECT o.id, o.capacite, %(loin)s::int FROM parcours_offre o
       WHERE {visible} AND o.departement_code = ANY(%(departements)s::text[])
         AND o.commune_code <> ALL(%(communes)s::text[]) {ouverte}
       ORDER BY o.departement_code DESC, o.id LIMIT %(examinees)s::int)
  ) q {libre}
  LIMIT %(nombre)s::int
) v
"""
#: With the offers that are open and have a place, or with all of them.
_PROCHES: Final = Requete(_TEXTE.format(visible=_VISIBLE, ouverte=_OUVERTE, libre=_LIBRE))
_TOUTES: Final = Requete(_TEXTE.format(visible=_VISIBLE, ouverte="", libre=""))


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
    parametres = {
        "codes": list(codes),
        "communes": list(autour.distances),
        # An offer without a place is that of whole France: its département is empty.
        "departements": [autour.departement, ""],
        "conseil": autour.conseil,
        "nombre": nombre,
        "examinees": max(nombre, EXAMINEES),
        "loin": _LOIN,
    }
    lues = _TOUTES.lignes(**parametres) if toutes else _PROCHES.lignes(**parametres, accord=ACCORD, le=le)
    trouves: dict[str, list[int]] = {}
    for code, cle, _ in sorted(lues, key=itemgetter(2, 1)):
        trouves.setdefault(code, []).append(cle)
    return trouves
