"""Reading the YAML files of the room, fast and once.

The C loader reads the two files of fiches about ten times faster than the Python one; both give the same
objects.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ICI = Path(__file__).resolve().parent


class DonneesInvalidesError(ValueError):
    """A data file of the strategy says something this room cannot accept; the message names the file."""


def lire(chemin: str) -> Any:
    """Parse ``chemin``, relative to this package (``"donnees/acteurs.yaml"``)."""
    with (_ICI / chemin).open(encoding="utf-8") as flux:
        return yaml.load(flux, Loader=_Loader)


def fichiers(dossier: str) -> tuple[str, ...]:
    """The names, without suffix, of the YAML files of a folder of this package, sorted."""
    return tuple(sorted(chemin.stem for chemin in (_ICI / dossier).glob("*.yaml")))


def jour(valeur: str | date | None) -> date | None:
    """An ISO date of a data file; ``None`` means unbounded."""
    if valeur is None or isinstance(valeur, date):
        return valeur
    return date.fromisoformat(valeur)


def en_vigueur(debut: date | None, fin: date | None, le: date | None) -> bool:
    """Whether ``[debut, fin]`` (both included, ``None`` unbounded) contains ``le``; ``le`` of ``None``
    accepts all.
    """
    if le is None:
        return True
    return (debut is None or debut <= le) and (fin is None or le <= fin)
