"""A timeline drawn on the server: one track a domain, what holds it, and the days that nothing holds.

SVG with attributes only, no colour and no style: classes of the theme give both, so that dark mode, print and
forced colours follow. A gap is never said by its colour alone: its outline is dashed, its days are written
under it, and the table beside says the same in words. Days are whole, both ends included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from maillage.interface.typographie import date_longue

LARGEUR: Final = 380
_MILIEU = LARGEUR / 2
_UN_JOUR = timedelta(days=1)
#: Drawn before the first day that matters, and after the last one.
_MARGE_AVANT, _MARGE_APRES = 10, 20
#: Nothing older is drawn: a support that began long ago starts at the edge.
_AU_PLUS_TOT = 120
_GRADUATIONS = 4
_LARGEUR_DE_LETTRE = 10
_ABREGES = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


class Genre(StrEnum):
    """What a band of a track is."""

    MESURE = "mesure"
    PREVU = "prevu"
    EFFECTIF = "tenu"
    TROU = "trou"


@dataclass(frozen=True, slots=True)
class Bande:
    """Days of a track. ``au`` None: nothing ends it. ``texte`` is written under a gap."""

    du: date
    au: date | None
    genre: Genre
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Piste:
    """One line: its name, its bands, and what the table says of it."""

    libelle: str
    bandes: tuple[Bande, ...]
    relais: tuple[str, ...] = ()
    trous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chronologie:
    """What `<c-m.chronologie>` shows. ``titre`` is the finding."""

    titre: str
    legende: str
    svg: SafeString
    pistes: tuple[Piste, ...]
    cles: tuple[tuple[str, str], ...]


#: Words of the key, in the order they are shown.
CLES: Final = {
    Genre.MESURE: "Mesure",
    Genre.PREVU: "Relais prévu",
    Genre.EFFECTIF: "Relais effectif",
    Genre.TROU: "Sans relais",
}


def chronologie(
    titre: str, *, legende: str, pistes: Sequence[Piste], repere: date, repere_texte: str, aujourd_hui: date
) -> Chronologie:
    """The timeline and its table, from the same values. ``repere``: the last day of what ends."""
    bandes = [bande for piste in pistes for bande in piste.bandes]
    echelle = _Echelle(bandes, repere, aujourd_hui)
    morceaux: list[SafeString] = []
    y = 44.0
    traces: list[SafeString] = []
    for piste in pistes:
        hauteur, dessin = _piste(piste, y, echelle)
        traces.append(dessin)
        y += hauteur
    morceaux += _graduations(echelle, y)
    morceaux.append(
        _repere(echelle.x(repere + _UN_JOUR), 14, y, f"{repere_texte}, {_court(repere)}", "g-base")
    )
    morceaux.append(_repere(echelle.x(aujourd_hui), 32, y, "Aujourd’hui", "g-l2"))
    morceaux += traces
    presents = {bande.genre for bande in bandes}
    return Chronologie(
        titre=titre,
        legende=legende,
        svg=format_html(
            '<svg class="m-graph" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
            LARGEUR,
            round(y + 24),
            f"{titre}. Le tableau dit les mêmes dates.",
            _joindre(morceaux),
        ),
        pistes=tuple(pistes),
        cles=tuple((genre.value, mots) for genre, mots in CLES.items() if genre in presents),
    )


class _Echelle:
    """Days to abscissas. Local to one drawing."""

    def __init__(self, bandes: Iterable[Bande], repere: date, aujourd_hui: date) -> None:
        bandes = list(bandes)
        bornes = [repere, aujourd_hui, *(b.du for b in bandes), *(b.au for b in bandes if b.au)]
        plus_tot = min(repere, aujourd_hui) - timedelta(days=_AU_PLUS_TOT)
        self.debut = max(min(bornes), plus_tot) - timedelta(days=_MARGE_AVANT)
        self.fin = max(bornes) + timedelta(days=_MARGE_APRES)

    def x(self, jour: date) -> float:
        """Where a day begins."""
        jours = (self.fin - self.debut).days
        dans = min(max((jour - self.debut).days, 0), jours)
        return round(LARGEUR * dans / jours, 1)


def _piste(piste: Piste, y: float, echelle: _Echelle) -> tuple[float, SafeString]:
    """The name, then the bands, then the days of the gaps: the height used, and the drawing."""
    morceaux = [format_html('<text class="g-nom" x="0" y="{}">{}</text>', round(y + 14, 1), piste.libelle)]
    barre, epaisseur = y + 21, 14
    for bande in sorted(piste.bandes, key=lambda bande: (bande.genre == Genre.TROU, bande.du)):
        gauche = echelle.x(bande.du)
        droite = LARGEUR if bande.au is None else echelle.x(bande.au + _UN_JOUR)
        morceaux.append(
            format_html(
                '<rect class="g-{}" x="{}" y="{}" width="{}" height="{}"/>',
                bande.genre.value,
                gauche,
                round(barre, 1),
                round(max(droite - gauche, 2.5), 1),
                epaisseur,
            )
        )
    hauteur = 21.0 + epaisseur + 10
    for bande in piste.bandes:
        if not bande.texte:
            continue
        gauche = echelle.x(bande.du)
        # Written from the gap on where it fits on the largest letters, else against the right edge.
        tient = gauche + len(bande.texte) * _LARGEUR_DE_LETTRE <= LARGEUR
        morceaux.append(
            format_html(
                '<text class="g-fort" x="{}" y="{}" text-anchor="{}">{}</text>',
                gauche if tient else LARGEUR,
                round(y + hauteur + 7, 1),
                "start" if tient else "end",
                bande.texte,
            )
        )
        hauteur += 19
    return hauteur + 4, _joindre(morceaux)


def _repere(x: float, y: float, bas: float, texte: str, classe: str) -> SafeString:
    a_gauche = x > _MILIEU
    return format_html(
        '<path class="{}" d="M{} {}V{}"/><text class="g-doux" x="{}" y="{}" text-anchor="{}">{}</text>',
        classe,
        x,
        y - 10,
        round(bas, 1),
        round(x - 5 if a_gauche else x + 5, 1),
        y,
        "end" if a_gauche else "start",
        texte,
    )


def _graduations(echelle: _Echelle, y: float) -> list[SafeString]:
    """The first days of months, few enough to be read."""
    premiers: list[date] = []
    jour = echelle.debut.replace(day=1)
    while jour <= echelle.fin:
        if jour >= echelle.debut:
            premiers.append(jour)
        jour = (jour + timedelta(days=32)).replace(day=1)
    pas = max(1, -(-len(premiers) // _GRADUATIONS))
    return [
        format_html(
            '<path class="g-axe" d="M{} 38V{}"/>'
            '<text class="g-doux" x="{}" y="{}" text-anchor="{}">{}</text>',
            echelle.x(premier),
            round(y, 1),
            echelle.x(premier),
            round(y + 17, 1),
            "end" if echelle.x(premier) > LARGEUR - 50 else "start",
            f"{_ABREGES[premier.month - 1]} {premier.year}"
            if premier == premiers[0] or premier.month == 1
            else _ABREGES[premier.month - 1],
        )
        for premier in premiers[::pas]
    ]


def _court(jour: date) -> str:
    return date_longue(jour, annee=False)


def _joindre(morceaux: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((m,) for m in morceaux))
