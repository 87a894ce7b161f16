"""Contrast of two colours of the theme (WCAG 2.2, 1.4.3), computed from its tokens: it cannot drift."""

from __future__ import annotations

import re
from functools import lru_cache

from maillage.interface.construction import FICHIER_SOMBRE, SOURCES

JETONS = "10-jetons.css"
_JETON = re.compile(r"--m-([\w-]+):\s*(#[0-9A-Fa-f]{6})\b")
THEMES = ("clair", "sombre")


@lru_cache(maxsize=1)
def jetons() -> dict[str, dict[str, str]]:
    """Colour of each token, by theme; the dark sheet replaces what it names."""
    clair, sombre = (
        dict(_JETON.findall((SOURCES / nom).read_text(encoding="utf-8"))) for nom in (JETONS, FICHIER_SOMBRE)
    )
    return {"clair": clair, "sombre": {**clair, **sombre}}


def luminance(couleur: str) -> float:
    """Relative luminance of ``#RRGGBB``, from 0 (black) to 1 (white)."""
    canaux = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return sum(poids * c for poids, c in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


def contraste(une: str, autre: str) -> float:
    """Ratio of two colours, from 1 (the same) to 21 (black on white)."""
    sombre, claire = sorted((luminance(une), luminance(autre)))
    return (claire + 0.05) / (sombre + 0.05)


def rapport(encre: str, fond: str, theme: str) -> float:
    """Ratio of two tokens in a theme; ``KeyError`` when one does not exist."""
    teintes = jetons()[theme]
    return contraste(teintes[encre], teintes[fond])
