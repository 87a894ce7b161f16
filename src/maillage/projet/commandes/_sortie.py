"""How commands speak: JSON for machines, aligned columns for people, one sentence when it fails."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any


class ErreurCommande(Exception):
    """The command cannot be carried out; its message is one French sentence for the person who typed it."""


def ecrire_json(contenu: Any) -> None:
    """UTF-8 as it is, ISO dates given by the caller, two-space indent."""
    print(json.dumps(contenu, ensure_ascii=False, indent=2))


def tableau(
    entetes: Sequence[str], lignes: Sequence[Sequence[str]], maxima: Sequence[int] = ()
) -> tuple[str, ...]:
    """Aligned rows, the heading first; a row takes several lines where a cell passes its maximum width.

    Columns are as wide as their longest line, within ``maxima`` when given; no trailing space.
    """
    rangs = range(len(entetes))
    toutes = [[_plier(rangee[rang], rang, maxima) for rang in rangs] for rangee in (entetes, *lignes)]
    largeurs = [max(len(ligne) for cellules in toutes for ligne in cellules[rang]) for rang in rangs]
    return tuple(
        "\n".join(
            "  ".join(
                morceau.ljust(largeur) for morceau, largeur in zip(rangee, largeurs, strict=True)
            ).rstrip()
            for rangee in zip_longest(*cellules, fillvalue="")
        )
        for cellules in toutes
    )


def _plier(cellule: str, rang: int, maxima: Sequence[int]) -> list[str]:
    """The lines of a cell; its own line breaks are kept."""
    if not maxima:
        return cellule.split("\n")
    return [morceau for ligne in cellule.split("\n") for morceau in wrap(ligne, maxima[rang]) or [""]]
