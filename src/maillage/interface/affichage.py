"""The reader's choice of light or dark, kept in a cookie that says nothing else about them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from maillage.socle.temps import aujourd_hui

TEMOIN = "maillage_affichage"
DUREE = 365 * 24 * 3600
AUTOMATIQUE = "auto"
AFFICHAGES = (("clair", "clair"), ("sombre", "sombre"), (AUTOMATIQUE, "automatique"))


def theme_choisi(request: HttpRequest) -> str:
    """`clair`, `sombre` or `auto`: anything else in the cookie counts as no choice."""
    valeur = request.COOKIES.get(TEMOIN, AUTOMATIQUE)
    return valeur if valeur in dict(AFFICHAGES) else AUTOMATIQUE


def contexte(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `theme` is empty when the system decides. `jour` is printed on paper."""
    choix = theme_choisi(request)
    return {
        "theme": "" if choix == AUTOMATIQUE else choix,
        "theme_choisi": choix,
        "affichages": AFFICHAGES,
        "jour": SimpleLazyObject(aujourd_hui),
    }
