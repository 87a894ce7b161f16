"""A user agent reduced to what lets its owner recognise a session: never kept whole."""

from typing import Final

_NAVIGATEURS: Final = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMES: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def navigateur_lisible(agent: str) -> str:
    """« Firefox, Windows » ; « Navigateur inconnu » when nothing is recognised. 60 characters at most."""
    trouves = [
        nom
        for table in (_NAVIGATEURS, _SYSTEMES)
        for nom in [next((nom for marque, nom in table if marque in agent), None)]
        if nom
    ]
    return ", ".join(trouves) or "Navigateur inconnu"
