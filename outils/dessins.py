"""Drawings of the documentation, as SVG written from the same data as the tables beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

LARGEUR, HAUTEUR, ECART = 210, 38, 30
#: How far the nearest arc bends, and how much more for each state it passes.
COURBE, PAS = 34, 30
MARGE = 16
ENCRE, FOND, ALLER, RETOUR = "#17262b", "#ffffff", "#0b5a66", "#744800"

Table = Mapping[Any, Sequence[Any]]


def etats(machine: str, transitions: Table, libelle: Callable[[Any], str]) -> str:
    """States in one column, in their order: what goes on is at the right, what comes back at the left.

    A state nothing follows has a double border. The text of the drawing says every transition again.
    """
    rangs = {etat: rang for rang, etat in enumerate(transitions)}
    passages = [(rangs[de], rangs[vers]) for de, suites in transitions.items() for vers in suites]
    gauche, droite = _place(passages, -1), _place(passages, 1)
    largeur, x = gauche + LARGEUR + droite + 2 * MARGE, gauche + MARGE
    hauteur = len(rangs) * (HAUTEUR + ECART) - ECART + 2 * MARGE
    titre, recit = f"États : {machine}", _recit(transitions, libelle)
    lignes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {largeur} {hauteur}" width="{largeur}" '
        f'height="{hauteur}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="14">',
        f'<title id="t">{escape(titre)}</title>',
        f'<desc id="d">{escape(recit)}</desc>',
        *(_pointe(nom, teinte) for nom, teinte in (("a", ALLER), ("r", RETOUR))),
        f'<rect width="{largeur}" height="{hauteur}" fill="{FOND}"/>',
    ]
    lignes += [_arc(x, de, vers, passages) for de, vers in passages]
    lignes += [_boite(x, rang, libelle(e), fin=not transitions[e]) for e, rang in rangs.items()]
    return "\n".join([*lignes, "</svg>"]) + "\n"


def _recit(transitions: Table, libelle: Callable[[Any], str]) -> str:
    phrases = []
    for depart, suites in transitions.items():
        vers = ", ".join(libelle(suite) for suite in suites)
        phrases.append(f"{libelle(depart)} : {vers or 'rien ne suit'}.")
    return " ".join(phrases)


def _place(passages: Sequence[tuple[int, int]], sens: int) -> int:
    """Room the arcs of one side need; going on to the next state is a straight arrow, without any."""
    portees = [abs(vers - de) for de, vers in passages if _cote(de, vers) == sens]
    return max((COURBE + PAS * portee for portee in portees), default=0)


def _cote(de: int, vers: int) -> int:
    if vers == de + 1:
        return 0
    return 1 if vers >= de else -1


def _haut(rang: int) -> int:
    return MARGE + rang * (HAUTEUR + ECART)


def _boite(x: int, rang: int, nom: str, *, fin: bool) -> str:
    y = _haut(rang)
    cadre = (
        f'<rect x="{x}" y="{y}" width="{LARGEUR}" height="{HAUTEUR}" rx="6" fill="{FOND}" stroke="{ENCRE}"/>'
    )
    if fin:
        cadre += (
            f'<rect x="{x + 3}" y="{y + 3}" width="{LARGEUR - 6}" height="{HAUTEUR - 6}" rx="4" '
            f'fill="none" stroke="{ENCRE}"/>'
        )
    milieu = f'x="{x + LARGEUR / 2:g}" y="{y + HAUTEUR / 2 + 5:g}"'
    return f'{cadre}<text {milieu} text-anchor="middle" fill="{ENCRE}">{escape(nom)}</text>'


def _pointe(nom: str, teinte: str) -> str:
    return (
        f'<marker id="{nom}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="{teinte}"/></marker>'
    )


def _arc(x: int, de: int, vers: int, passages: Sequence[tuple[int, int]]) -> str:
    cote = _cote(de, vers)
    if cote == 0:
        milieu = x + LARGEUR / 2
        chemin = f"M{milieu:g} {_haut(de) + HAUTEUR}V{_haut(vers) - 1}"
        return _trait(chemin, ALLER, "a")
    bord = x + LARGEUR if cote == 1 else x
    depart, arrivee = _prise(de, (de, vers), passages), _prise(vers, (de, vers), passages, entree=True)
    loin = bord + cote * (COURBE + PAS * abs(vers - de)) * 1.3
    chemin = f"M{bord} {depart:g}C{loin:g} {depart:g} {loin:g} {arrivee:g} {bord + cote} {arrivee:g}"
    return _trait(chemin, *((ALLER, "a") if cote == 1 else (RETOUR, "r")))


def _prise(
    rang: int, passage: tuple[int, int], passages: Sequence[tuple[int, int]], *, entree: bool = False
) -> float:
    """Where an arc touches the side of a box: each has its own place on it."""
    cote = _cote(*passage)
    voisins = [p for p in passages if _cote(*p) == cote and rang in p]
    entrants = sorted(((p, True) for p in voisins if p[1] == rang), key=lambda c: -c[0][0])
    sortants = sorted(((p, False) for p in voisins if p[0] == rang), key=lambda c: -c[0][1])
    # What comes from higher up arrives above what leaves downwards, so that arcs do not cross.
    cles = entrants + sortants if cote == 1 else sortants + entrants
    return _haut(rang) + HAUTEUR * (cles.index((passage, entree)) + 1) / (len(cles) + 1)


def _trait(chemin: str, teinte: str, pointe: str) -> str:
    return (
        f'<path d="{chemin}" fill="none" stroke="{teinte}" stroke-width="1.5" marker-end="url(#{pointe})"/>'
    )
