"""The communes around one, the nearest first: from centre to centre, as the crow flies.

Roads and ferries are not known here: a distance says which offers to look at first, never that one is near.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import cos, hypot, radians
from types import MappingProxyType

from maillage.territoires import geometrie

KM_PAR_DEGRE = 111.3
#: A frame of about 60 km on each side holds what a youth can reach without lodging there.
PORTEE_KM = 60


@lru_cache(maxsize=256)
def communes_proches(code: str, nombre: int = 40) -> Mapping[str, int]:
    """The nearest communes by code, with their distance in km, itself first; alone without an outline."""
    connu = geometrie.contour_de_commune(code) is not None
    lieu = code if connu else geometrie.commune_englobante(code) or code
    contour = geometrie.contour_de_commune(lieu)
    if contour is None:
        return MappingProxyType({code: 0})
    est, nord = geometrie.en_degres(geometrie.centre(contour))
    echelle = cos(radians(nord))
    portee = geometrie.en_cellules(PORTEE_KM / KM_PAR_DEGRE / echelle)
    distances = {code: 0.0}
    for autre, trace in geometrie.communes_dans(geometrie.emprise([contour]).elargie(portee)).items():
        son_est, son_nord = geometrie.en_degres(geometrie.centre(trace))
        distances.setdefault(autre, hypot((son_est - est) * echelle, son_nord - nord) * KM_PAR_DEGRE)
    plus_proches = sorted(distances.items(), key=lambda couple: (couple[1], couple[0]))[:nombre]
    return MappingProxyType({proche: round(km) for proche, km in plus_proches})
