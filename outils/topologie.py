"""Read a TopoJSON file and dissolve its polygons: what the build of the reference outlines needs.

Two neighbours share the same arc, walked in opposite directions. Merging a group of polygons is therefore
exact and needs no geometry library: the arcs seen in both directions vanish, the others are stitched into
rings. Coordinates stay integers on the grid of the source file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

Point = tuple[int, int]
Anneau = list[Point]


class Topologie:
    """The arcs of a quantised TopoJSON file and the polygons that refer to them."""

    def __init__(self, document: dict[str, Any], objet: str) -> None:
        self.echelle: tuple[float, float] = tuple(document["transform"]["scale"])
        self.origine: tuple[float, float] = tuple(document["transform"]["translate"])
        self.arcs = [_absolu(arc) for arc in document["arcs"]]
        self.geometries: dict[str, list[list[int]]] = {}
        self.noms: dict[str, str] = {}
        for geometrie in document["objects"][objet]["geometries"]:
            polygones = geometrie["arcs"] if geometrie["type"] == "MultiPolygon" else [geometrie["arcs"]]
            code = geometrie["properties"]["code"]
            self.geometries[code] = [anneau for polygone in polygones for anneau in polygone]
            self.noms[code] = geometrie["properties"]["nom"]

    def points(self, arc: int) -> Anneau:
        """An arc in the asked direction: TopoJSON writes ~i for arc i walked backwards."""
        return self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]

    def anneaux(self, code: str) -> list[Anneau]:
        """The rings of one polygon as published, cleaned."""
        bruts = []
        for anneau in self.geometries[code]:
            points: Anneau = []
            for arc in anneau:
                points.extend(self.points(arc))
            bruts.append(points)
        return [propre for propre in map(nettoyer, bruts) if aire_double(propre)]

    def fondre(self, codes: Iterable[str]) -> list[Anneau]:
        """The rings of the union of several polygons, inner borders removed."""
        diriges = Counter(arc for code in codes for anneau in self.geometries[code] for arc in anneau)
        restants = [arc for arc, nombre in diriges.items() if nombre > diriges.get(~arc, 0)]
        depart: defaultdict[Point, list[Anneau]] = defaultdict(list)
        for arc in sorted(restants):
            points = self.points(arc)
            depart[points[0]].append(points)
        bruts = [_suivre(depart, origine) for origine in sorted(depart) for _ in range(len(depart[origine]))]
        return [propre for propre in map(nettoyer, bruts) if aire_double(propre)]

    def repere(self, code: str) -> list[Anneau]:
        """One grid cell where a commune is too small for the grid: it stays visible and clickable."""
        points = [point for anneau in self.geometries[code] for arc in anneau for point in self.points(arc)]
        x = sum(point[0] for point in points) // len(points)
        y = sum(point[1] for point in points) // len(points)
        return [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]


def _absolu(arc: list[list[int]]) -> Anneau:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _suivre(depart: defaultdict[Point, list[Anneau]], origine: Point) -> Anneau:
    """Walk the remaining arcs from one point until it is met again."""
    anneau: Anneau = []
    ici = origine
    while depart[ici]:
        points = depart[ici].pop()
        anneau.extend(points)
        ici = points[-1]
        if ici == origine:
            break
    return anneau


def nettoyer(points: Anneau) -> Anneau:
    """An open ring without repeated points, there-and-back spikes nor points on a straight line."""
    propre: Anneau = []
    for point in points:
        _ajouter(propre, point)
    while len(propre) > 2 and (propre[0] == propre[-1] or _alignes(propre[-2], propre[-1], propre[0])):
        propre.pop()
    while len(propre) > 2 and _alignes(propre[-1], propre[0], propre[1]):
        propre.pop(0)
    return propre


def _ajouter(propre: Anneau, point: Point) -> None:
    if propre and propre[-1] == point:
        return
    while len(propre) > 1 and _alignes(propre[-2], propre[-1], point):
        propre.pop()
    if not propre or propre[-1] != point:
        propre.append(point)


def _alignes(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])


def aire_double(points: Anneau) -> int:
    """Twice the signed area, in cells of the grid."""
    return sum(points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1] for i in range(len(points)))


def grossir(anneaux: list[Anneau], pas: int) -> list[Anneau]:
    """The same rings on a grid `pas` times coarser; neighbours stay glued, for both snap the same points."""
    gros = [
        nettoyer([((x + pas // 2) // pas * pas, (y + pas // 2) // pas * pas) for x, y in a]) for a in anneaux
    ]
    return [anneau for anneau in gros if aire_double(anneau)]


def coder(anneaux: list[Anneau]) -> list[list[int]]:
    """Flat lists x0, y0, dx1, dy1… : small numbers compress well."""
    codes = []
    for anneau in sorted(anneaux, key=lambda a: (-abs(aire_double(a)), a[0])):
        plat = [*anneau[0]]
        for avant, apres in pairwise(anneau):
            plat += [apres[0] - avant[0], apres[1] - avant[1]]
        codes.append(plat)
    return codes
