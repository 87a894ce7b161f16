"""Outlines of territories, read from the compressed archive, and their projection on a small drawing.

All outlines share one integer grid of longitudes and latitudes, so that neighbours of two départements fit
together. The projection is equirectangular at the latitude of the drawing: exact enough over a département.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from typing import Any
from zipfile import ZipFile

from maillage.territoires.registre import DONNEES, departement_du_code

Point = tuple[int, int]
Anneau = tuple[Point, ...]
Contour = tuple[Anneau, ...]


@dataclass(frozen=True, slots=True)
class Emprise:
    """A rectangle of the grid."""

    x_min: int
    y_min: int
    x_max: int
    y_max: int

    def touche(self, autre: Emprise) -> bool:
        """Whether the two rectangles meet."""
        return (
            self.x_min <= autre.x_max
            and autre.x_min <= self.x_max
            and self.y_min <= autre.y_max
            and autre.y_min <= self.y_max
        )

    def elargie(self, marge: int) -> Emprise:
        """The rectangle with a margin on each side, in cells."""
        return Emprise(self.x_min - marge, self.y_min - marge, self.x_max + marge, self.y_max + marge)

    @property
    def cote(self) -> int:
        """The longer side, in cells, at least one."""
        return max(self.x_max - self.x_min, self.y_max - self.y_min, 1)


@cache
def _archive() -> ZipFile:
    return ZipFile(DONNEES / "contours.zip")


@cache
def _membres() -> frozenset[str]:
    return frozenset(_archive().namelist())


def _lire(membre: str) -> dict[str, Any]:
    if membre not in _membres():
        return {}
    document: dict[str, Any] = json.loads(_archive().read(membre))
    return document


@cache
def _grille() -> dict[str, Any]:
    return _lire("grille.json")


def _anneau(plat: list[int]) -> Anneau:
    x = y = 0
    points = []
    for dx, dy in zip(plat[::2], plat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return tuple(points)


def _contours(membre: str) -> dict[str, Contour]:
    return {code: tuple(_anneau(plat) for plat in plats) for code, plats in _lire(membre).items()}


@cache
def contours_des_communes(departement: str) -> dict[str, Contour]:
    """Outlines of the communes of a département by code; empty for an overseas collectivity."""
    return _contours(f"communes/{departement}.json")


@cache
def contours_des_departements() -> dict[str, Contour]:
    return _contours("departements.json")


@cache
def contours_des_regions() -> dict[str, Contour]:
    return _contours("regions.json")


def contour_de_commune(code: str) -> Contour | None:
    """The outline of a commune; None where the 2018 outlines do not hold it."""
    return contours_des_communes(departement_du_code(code)).get(code)


def commune_englobante(code: str) -> str | None:
    """The commune whose 2018 outline still includes this one, set up again since."""
    parente: str | None = _grille()["retablies"].get(code)
    return parente


def emprise(contours: Iterable[Contour]) -> Emprise:
    """The smallest rectangle around outlines. Raises ValueError when there is none."""
    points = [point for contour in contours for anneau in contour for point in anneau]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return Emprise(min(xs), min(ys), max(xs), max(ys))


def communes_dans(cadre: Emprise) -> dict[str, Contour]:
    """Every commune, of any département, whose rectangle meets the frame."""
    visibles: dict[str, Contour] = {}
    for departement, bornes in _grille()["emprises"].items():
        if not cadre.touche(Emprise(*bornes)):
            continue
        contours = contours_des_communes(departement)
        visibles |= {code: contour for code, contour in contours.items() if cadre.touche(emprise([contour]))}
    return visibles


def en_degres(point: tuple[float, float]) -> tuple[float, float]:
    """Longitude and latitude of a point of the grid."""
    (x0, y0), (pas_x, pas_y) = _grille()["origine"], _grille()["echelle"]
    return float(x0 + pas_x * point[0]), float(y0 + pas_y * point[1])


def en_cellules(degres: float) -> int:
    """Cells of the grid that cover an arc, on its tighter axis."""
    pas: float = min(_grille()["echelle"])
    return round(degres / pas)


class Projection:
    """From the grid to the drawing: north up, equal scale both ways, origin at the top left."""

    def __init__(self, cadre: Emprise, largeur: int, hauteur_max: int, marge: int = 8) -> None:
        pas_x, pas_y = _grille()["echelle"]
        latitude = _grille()["origine"][1] + pas_y * (cadre.y_min + cadre.y_max) / 2
        self._pas_x, self._pas_y = pas_x * cos(radians(latitude)), pas_y
        etendue_x = max(cadre.x_max - cadre.x_min, 1) * self._pas_x
        etendue_y = max(cadre.y_max - cadre.y_min, 1) * self._pas_y
        self._zoom = min((largeur - 2 * marge) / etendue_x, (hauteur_max - 2 * marge) / etendue_y)
        self.largeur = largeur
        self.hauteur = round(etendue_y * self._zoom) + 2 * marge
        self._x0 = cadre.x_min
        self._y0 = cadre.y_max
        self._decalage_x = (largeur - etendue_x * self._zoom) / 2
        self._marge = marge

    def point(self, point: tuple[float, float]) -> tuple[float, float]:
        """Position on the drawing, in its units."""
        x = self._decalage_x + (point[0] - self._x0) * self._pas_x * self._zoom
        y = self._marge + (self._y0 - point[1]) * self._pas_y * self._zoom
        return round(x, 1), round(y, 1)

    def chemin(self, contour: Contour) -> str:
        """The `d` attribute of an SVG path, holes included (use the even-odd rule)."""
        morceaux = []
        for anneau in contour:
            points = [self.point(point) for point in anneau]
            depart, *suite = (f"{x:g} {y:g}" for x, y in points)
            morceaux.append(f"M{depart}L{' '.join(suite)}Z")
        return "".join(morceaux)

    def chemin_entier(self, contour: Contour, x: int = 0, y: int = 0) -> str:
        """The same in whole units and relative moves, four times shorter: for drawings of the whole country.

        Points are rounded before their difference is taken, so neighbours stay glued and nothing drifts.
        """
        morceaux = []
        for anneau in contour:
            points = [(round(px) + x, round(py) + y) for px, py in map(self.point, anneau)]
            pas = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points)]
            suite = "".join(f"{dx}{dy:+d} " for dx, dy in pas if dx or dy).rstrip()
            if suite:
                morceaux.append(f"M{points[0][0]} {points[0][1]}l{suite}z")
        return "".join(morceaux)

    def losange(self, contour: Contour, rayon: int = 5) -> str:
        """A mark at the centre of an outline too small to be seen."""
        x, y = self.point(centre(contour))
        return f"M{x:g} {y - rayon:g}L{x + rayon:g} {y:g} {x:g} {y + rayon:g} {x - rayon:g} {y:g}Z"

    def largeur_de(self, contour: Contour) -> float:
        """Width of an outline on the drawing."""
        boite = emprise([contour])
        largeur: float = (boite.x_max - boite.x_min) * self._pas_x * self._zoom
        return largeur


def centre(contour: Contour) -> tuple[float, float]:
    """Centre of gravity of the largest ring, on the grid: where a name is written."""
    anneau = contour[0]
    double = somme_x = somme_y = 0
    for (xa, ya), (xb, yb) in zip(anneau, (*anneau[1:], anneau[0]), strict=True):
        produit = xa * yb - xb * ya
        double += produit
        somme_x += (xa + xb) * produit
        somme_y += (ya + yb) * produit
    if not double:
        return anneau[0]
    return somme_x / (3 * double), somme_y / (3 * double)
