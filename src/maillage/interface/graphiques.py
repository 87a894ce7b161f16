"""Small charts drawn on the server: SVG with attributes only, always beside the table of the same values.

Two series at most, the current year solid. The axis starts at zero. A small count is None and reads
« 5 ou moins »; one hidden beside it is ``SECRET`` and reads « non publié ». Both are dashed and never drawn
at their true length. Lengths are in the units of the view box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maillage.interface.typographie import nombre

PROTEGE = "5 ou moins"
SEUIL_PROTEGE = 5
LARGEUR = 380
MAX_SERIES = 2


class Cachee(Enum):
    """Counts hidden by disclosure control that are not small ones."""

    SECRET = "non publié"


SECRET: Final = Cachee.SECRET
Valeur = int | Cachee | None


@dataclass(frozen=True, slots=True)
class Serie:
    """Values of one series, in the order of the categories. None: protected by disclosure control."""

    nom: str
    valeurs: tuple[Valeur, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """The same values as text: the head, one line a category, and the total where it may be shown."""

    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What `<c-m.figure>` shows. `titre` is the finding, `legende` says what is counted."""

    titre: str
    legende: str
    svg: SafeString
    tableau: Tableau
    source: str = ""


def texte_valeur(valeur: Valeur) -> str:
    """« 13 », or « 5 ou moins » for a protected count."""
    if valeur is None:
        return PROTEGE
    return valeur.value if isinstance(valeur, Cachee) else nombre(valeur)


def _longueur(valeur: Valeur) -> int:
    """What is drawn: never the true length of a hidden count."""
    return valeur if isinstance(valeur, int) else SEUIL_PROTEGE


def _verifier(categories: Sequence[str], series: Sequence[Serie]) -> None:
    if not 1 <= len(series) <= MAX_SERIES:
        raise ValueError("Un graphique porte une ou deux séries.")
    if not categories or any(len(s.valeurs) != len(categories) for s in series):
        raise ValueError("Chaque série a une valeur par catégorie.")


def _maximum(series: Sequence[Serie]) -> int:
    connues = [v for s in series for v in s.valeurs if isinstance(v, int)]
    return max([SEUIL_PROTEGE, *connues])


def _pas(maximum: int) -> int:
    """A round step that leaves three or four lines above zero."""
    echelle = 1
    while True:
        for base in (1, 2, 5):
            if maximum <= base * echelle * 4:
                return base * echelle
        echelle *= 10


def _classe(rang: int, combien: int) -> str:
    """The last series is the current one, solid; an earlier one is pale."""
    return "g-s1" if rang == combien - 1 else "g-s2"


def _enveloppe(titre: str, hauteur: float, corps: SafeString, *, largeur: int = LARGEUR) -> SafeString:
    return format_html(
        '<svg class="m-graph" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        largeur,
        round(hauteur),
        f"{titre}. Le tableau donne les mêmes valeurs.",
        corps,
    )


def _joindre(morceaux: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((m,) for m in morceaux))


def _legende(series: Sequence[Serie], y: float) -> list[SafeString]:
    if len(series) < MAX_SERIES:
        return []
    morceaux: list[SafeString] = []
    x = 0
    for rang, serie in enumerate(series):
        morceaux.append(
            format_html(
                '<rect class="{}" x="{}" y="{}" width="12" height="12"/><text x="{}" y="{}">{}</text>',
                _classe(rang, len(series)),
                x,
                round(y, 1),
                x + 18,
                round(y + 11, 1),
                serie.nom,
            )
        )
        x += 44 + 8 * len(serie.nom)
    return morceaux


def barres_horizontales(categories: Sequence[str], series: Sequence[Serie], *, titre: str) -> SafeString:
    """One group of bars a category, its label above: long French labels stay readable on a phone."""
    _verifier(categories, series)
    maximum, epaisseur, ecart = _maximum(series), 18 if len(series) == 1 else 14, 3
    utile = LARGEUR - 84
    morceaux: list[SafeString] = []
    y = 0.0
    for i, categorie in enumerate(categories):
        morceaux.append(format_html('<text x="0" y="{}">{}</text>', round(y + 14, 1), categorie))
        y += 21
        debut = y
        for rang, serie in enumerate(series):
            morceaux.append(
                _barre_couchee(serie.valeurs[i], rang, len(series), y, epaisseur, utile / maximum)
            )
            y += epaisseur + ecart
        morceaux.append(
            format_html('<path class="g-base" d="M0.5 {}V{}"/>', round(debut - 2, 1), round(y - 1, 1))
        )
        y += 9
    morceaux += _legende(series, y + 4)
    return _enveloppe(titre, y + (22 if len(series) == MAX_SERIES else 0), _joindre(morceaux))


def _barre_couchee(
    valeur: Valeur, rang: int, combien: int, y: float, epaisseur: int, echelle: float
) -> SafeString:
    largeur = round(_longueur(valeur) * echelle, 1)
    cachee = not isinstance(valeur, int)
    classe = "g-secret" if cachee else _classe(rang, combien)
    ton = "g-doux" if cachee or rang < combien - 1 else "g-fort"
    return format_html(
        '<rect class="{}" x="0.5" y="{}" width="{}" height="{}"/><text class="{}" x="{}" y="{}">{}</text>',
        classe,
        round(y, 1),
        largeur,
        epaisseur,
        ton,
        round(largeur + 7, 1),
        round(y + epaisseur / 2 + 4.5, 1),
        texte_valeur(valeur),
    )


def _graduation(palier: int, y: float, gauche: int, droite: int) -> SafeString:
    return format_html(
        '<path class="{}" d="M{} {}H{}"/><text class="g-doux" x="{}" y="{}" text-anchor="end">{}</text>',
        "g-axe" if palier else "g-base",
        gauche,
        round(y, 1),
        droite,
        gauche - 7,
        round(y + 4, 1),
        nombre(palier),
    )


def barres_verticales(categories: Sequence[str], series: Sequence[Serie], *, titre: str) -> SafeString:
    """Time runs to the right: quarters or months, with short labels."""
    _verifier(categories, series)
    maximum = _maximum(series)
    pas = _pas(maximum)
    sommet = pas * -(-maximum // pas)
    gauche, haut, hauteur = 34, 22, 150
    base = haut + hauteur
    morceaux = [
        _graduation(palier, base - hauteur * palier / sommet, gauche, LARGEUR)
        for palier in range(pas, sommet + 1, pas)
    ]
    largeur_groupe = (LARGEUR - gauche) / len(categories)
    barre = min(30.0, (largeur_groupe - 14) / len(series))
    for i, categorie in enumerate(categories):
        centre = gauche + largeur_groupe * (i + 0.5)
        x = centre - barre * len(series) / 2
        for rang, serie in enumerate(series):
            morceaux.append(
                _barre_debout(
                    serie.valeurs[i], rang, len(series), x + rang * barre, barre, base, hauteur / sommet
                )
            )
        morceaux.append(
            format_html(
                '<text x="{}" y="{}" text-anchor="middle">{}</text>', round(centre, 1), base + 19, categorie
            )
        )
    morceaux.append(format_html('<path class="g-base" d="M{} {}H{}"/>', gauche, base, LARGEUR))
    morceaux += _legende(series, base + 32)
    return _enveloppe(titre, base + (46 if len(series) == MAX_SERIES else 26), _joindre(morceaux))


def _barre_debout(
    valeur: Valeur, rang: int, combien: int, x: float, largeur: float, base: float, echelle: float
) -> SafeString:
    hauteur = round(_longueur(valeur) * echelle, 1)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        _classe(rang, combien) if isinstance(valeur, int) else "g-secret",
        round(x + 1, 1),
        round(base - hauteur, 1),
        round(largeur - 2, 1),
        hauteur,
        "g-fort" if rang == combien - 1 and isinstance(valeur, int) else "g-doux",
        round(x + largeur / 2, 1),
        round(base - hauteur - 6, 1),
        _sur_la_barre(valeur),
    )


def _sur_la_barre(valeur: Valeur) -> str:
    """A standing bar has room for three signs; the table beside it has the words."""
    if valeur is None:
        return "≤ 5"
    return "n. p." if isinstance(valeur, Cachee) else nombre(valeur)


def courbes(categories: Sequence[str], series: Sequence[Serie], *, titre: str) -> SafeString:
    """A stock through time: at most two lines, the current one solid. Refuses protected counts."""
    _verifier(categories, series)
    if any(not isinstance(v, int) for s in series for v in s.valeurs):
        raise ValueError("Une courbe ne peut pas cacher une valeur : prenez des barres.")
    if len(categories) < 2:
        raise ValueError("Une courbe a deux points au moins.")
    maximum = _maximum(series)
    pas = _pas(maximum)
    sommet = pas * -(-maximum // pas)
    gauche, droite, haut, hauteur = 34, LARGEUR - 40, 14, 150
    base = haut + hauteur
    morceaux = [
        _graduation(palier, base - hauteur * palier / sommet, gauche, droite)
        for palier in range(0, sommet + 1, pas)
    ]
    abscisses = [
        gauche + 4 + (droite - gauche - 8) * i / (len(categories) - 1) for i in range(len(categories))
    ]
    for x, categorie in zip(abscisses, categories, strict=True):
        morceaux.append(
            format_html(
                '<text class="g-doux" x="{}" y="{}" text-anchor="middle">{}</text>',
                round(x, 1),
                base + 19,
                categorie,
            )
        )
    for rang, serie in enumerate(series):
        hauteurs = [base - hauteur * _longueur(v) / sommet for v in serie.valeurs]
        trace = "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(abscisses, hauteurs, strict=True))
        courante = rang == len(series) - 1
        morceaux.append(
            format_html(
                '<path class="{}" d="M{}"/><text class="{}" x="{}" y="{}">{}</text>',
                "g-l1" if courante else "g-l2",
                trace,
                "g-fort" if courante else "g-doux",
                droite + 4,
                round(hauteurs[-1] + 4, 1),
                serie.nom,
            )
        )
    return _enveloppe(titre, base + 26, _joindre(morceaux))


_TRACES = {"horizontales": barres_horizontales, "verticales": barres_verticales, "courbes": courbes}


def figure(
    titre: str,
    *,
    legende: str,
    categories: Sequence[str],
    series: Sequence[Serie],
    genre: str = "horizontales",
    premiere_colonne: str = "",
    total: Sequence[str] = (),
    source: str = "",
) -> Figure:
    """A chart and its table from the same values. `genre`: horizontales, verticales or courbes.

    `total` is the text of the last line: only disclosure control knows whether it may show.
    """
    svg = _TRACES[genre](categories, series, titre=legende)
    lignes = tuple(
        (categorie, *(texte_valeur(s.valeurs[i]) for s in series)) for i, categorie in enumerate(categories)
    )
    tableau = Tableau((premiere_colonne, *(s.nom for s in series)), lignes, tuple(total))
    return Figure(titre, legende, svg, tableau, source)
