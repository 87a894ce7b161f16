"""The few words reasons need: a day and a number as French sets them. Pure text, no dependency.

Fixed spaces are U+00A0: the font served by the application lacks U+202F.
"""

from __future__ import annotations

from datetime import date

INSECABLE = "\u00a0"
_MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def jour_en_lettres(jour: date) -> str:
    """`2021-05-27` → « 27 mai 2021 » ; the first of a month is « 1er »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return INSECABLE.join((quantieme, _MOIS[jour.month - 1], str(jour.year)))


def nombre(valeur: int) -> str:
    """`10000` → « 10 000 »."""
    return f"{valeur:,}".replace(",", INSECABLE)
