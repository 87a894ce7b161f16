"""Markup that a page repeats dozens of times, written without a template, which cost a third of the page.

Every text is escaped, once, as a template does: what is safe already says so by its type. A component and
the page that draws it in number share the function, so that there is one markup.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Final, Protocol

from django.template.loader import get_template
from django.utils.safestring import SafeString

from maillage.interface import typographie
from maillage.interface.navigation import Groupe

#: What assistive technology reads after the title of a step, by genre.
LUS: Final = {"decision": "décision du groupe", "refus": "refus"}


class LecteurMontre(Protocol):
    """A reader as a list shows them (see the component ``c-m.lecteurs``)."""

    @property
    def nom(self) -> str: ...
    @property
    def fonction(self) -> str: ...
    @property
    def masque(self) -> bool: ...
    @property
    def vous(self) -> bool: ...


def texte(valeur: str) -> str:
    """A text ready to stand in markup or between the quotes of an attribute."""
    return valeur if isinstance(valeur, SafeString) else escape(valeur)


def jalon(
    *,
    le: datetime.date | None = None,
    quand: str = "",
    titre: str = "",
    genre: str = "",
    niveau: int | str = 3,
    suite: str = "",
) -> SafeString:
    """A step of a timeline: ``suite`` is what is said under its title."""
    if le is not None:
        mots = texte(quand) if quand else typographie.date_longue(le, annee=False)
        avenir = ", à venir" if genre == "avenir" else ""
        date = f'<time datetime="{le.year:04d}-{le.month:02d}-{le.day:02d}">{mots}{avenir}</time>'
    else:
        date = f'<span class="m-jalon-quand">{texte(quand)}</span>'
    tete = ""
    if titre:
        lu = f'<span class="visually-hidden"> ({LUS[genre]})</span>' if genre in LUS else ""
        tete = f"<h{niveau}>{texte(titre)}{lu}</h{niveau}>"
    classe = f' class="est-{texte(genre)}"' if genre else ""
    corps = f"<p>{texte(suite)}</p>" if suite.strip() else ""
    return SafeString(f"<li{classe}>{date}{tete}{corps}</li>")


def lecteurs(lus: Iterable[LecteurMontre], *, icone: str, ligne: bool = False) -> SafeString:
    """One item for each reader; ``ligne``: the name alone, unless the body is masked."""
    return SafeString("".join(_lecteur(lu, icone, ligne=ligne) for lu in lus))


def lecteurs_en_bref(lus: Sequence[LecteurMontre], cites: int = 2) -> str:
    """The first names, and how many more: the line under which a phone folds the list."""
    noms = [f"{lu.nom} (vous)" if lu.vous else lu.nom for lu in lus]
    reste = len(noms) - cites
    if reste < 1:
        return " et ".join(noms)
    return f"{', '.join(noms[:cites])} et {reste} autre{'s' if reste > 1 else ''}"


def _lecteur(lu: LecteurMontre, icone: str, *, ligne: bool) -> str:
    vous = " (vous)" if lu.vous else ""
    sous = "organisme masqué" if lu.masque else "" if ligne else texte(lu.fonction)
    sous = "" if ligne and not lu.masque else f"<span>{sous}</span>"
    return f"<li>{icone}<span>{texte(lu.nom)}{vous}{sous}</span></li>"


@lru_cache(maxsize=512)
def menu(navigation: tuple[Groupe, ...]) -> SafeString:
    """The lists of the menu: the same for all who may open the same entries and are waited for as much."""
    return SafeString(get_template("maillage/menu.html").render({"navigation": navigation}))
