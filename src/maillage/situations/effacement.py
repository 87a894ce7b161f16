"""What a higher room holds about a situation is erased with it, in the same transaction.

``situations`` cannot know those rooms: each registers, at start, the function that erases its own rows of
the files whose term has come. It runs as ``m_maintenance``, before the situations themselves.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

#: Erases the rows of these situations (primary keys); how many, by table.
Effaceur = Callable[[Sequence[int]], Mapping[str, int]]

_effaceurs: dict[str, Effaceur] = {}


def enregistrer(nom: str, effaceur: Effaceur) -> None:
    """Register a room's eraser at start; two under one name is an error."""
    if _effaceurs.setdefault(nom, effaceur) is not effaceur:
        raise ValueError(f"effaceur déjà enregistré : {nom}")


def effacer(cles: Sequence[int]) -> Counter[str]:
    """Erase what every room holds about these situations; how many rows, by table."""
    lignes: Counter[str] = Counter()
    for effaceur in _effaceurs.values():
        lignes.update(effaceur(cles))
    return lignes
