"""A reader as the plum box names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lecteur:
    """Who reads, or will read. `masque`: the very name of the organism would reveal, it is not written."""

    nom: str
    fonction: str = ""
    masque: bool = False
    vous: bool = False
