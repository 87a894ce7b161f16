"""French as it should be set: dates in words, numbers with their noun, spaces that do not break.

Pure functions, used by the templates, the letters and the refusal pages. The subset of Source Sans we serve
lacks U+202F, so every fixed space is U+00A0.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

INSECABLE = "\u00a0"
MOIS = (
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
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_EN_LETTRES = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def date_longue(jour: datetime.date, *, annee: bool = True, jour_semaine: bool = False) -> str:
    """`2027-03-08` → « 8 mars 2027 » ; the first of a month is « 1er »."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    texte = f"{quantieme}{INSECABLE}{MOIS[jour.month - 1]}"
    if annee:
        texte += f"{INSECABLE}{jour.year}"
    if jour_semaine:
        texte = f"{JOURS[jour.weekday()]} {texte}"
    return texte


def heure(moment: datetime.datetime | datetime.time) -> str:
    """`14:30` → « 14 h 30 », `14:00` → « 14 h »."""
    minutes = f"{INSECABLE}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{INSECABLE}h{minutes}"


def nombre(valeur: int) -> str:
    """`40882` → « 40 882 », groups of three held together."""
    return f"{valeur:,}".replace(",", INSECABLE)


def euros(montant: Decimal) -> str:
    """`24000.5` → « 24 000,50 € », as an amount is written on paper."""
    signe = "-" if montant < 0 else ""
    entier, _, centimes = f"{abs(montant):.2f}".partition(".")
    return f"{signe}{nombre(int(entier))},{centimes}{INSECABLE}€"


def en_lettres(valeur: int, *, feminin: bool = False) -> str:
    """« deux » up to ten, figures above, as sentences read better so."""
    if valeur == 1 and feminin:
        return "une"
    return _EN_LETTRES[valeur] if 0 <= valeur <= 10 else nombre(valeur)


def accord(valeur: int, formes: str) -> str:
    """`accord(3, "situation,situations")` → « 3 situations ». French keeps the singular for 0 and 1."""
    singulier, _, pluriel = formes.partition(",")
    return f"{nombre(valeur)}{INSECABLE}{pluriel or singulier + 's' if valeur >= 2 else singulier}"


def groupe_nomme(nom: str) -> str:
    """The name of a groupe after an article: « le groupe Jeunesse », « le groupe « Prévention » ».

    Most are recorded as « Groupe Jeunesse »: the word is never said twice.
    """
    nom = " ".join(nom.split())
    if re.match(r"groupe\b", nom, re.IGNORECASE):
        return f"groupe{nom[6:]}"
    return f"groupe «{INSECABLE}{nom}{INSECABLE}»" if nom else "groupe"


def espaces(texte: str) -> str:
    """Make the spaces French typography forbids to break non-breaking: before ; : ? ! % » and after «."""
    texte = re.sub(r" (?=[;:?!%»])", INSECABLE, texte)
    texte = re.sub(r"(?<=«) ", INSECABLE, texte)
    return re.sub(r"\b(n°|art\.|L\.|D\.|R\.) (?=[\dLRD])", lambda m: m.group(1) + INSECABLE, texte)


def initiales(nom: str) -> str:
    """« Hélène Olivet » → « HO »."""
    mots = [m for m in re.split(r"[\s-]+", nom) if m]
    return "".join(m[0].upper() for m in (mots[:1] + mots[-1:] if len(mots) > 1 else mots))


def couper(texte: str) -> tuple[str, str]:
    """First sentence and the rest. A full stop inside « art. L. 132-5 » does not end a sentence."""
    trouve = re.search(r"(?<![A-Z]\.)(?<!\bart\.)(?<=[.?!])\s+(?=[A-ZÉÈÀÔ«])", texte)
    if trouve is None:
        return texte.rstrip("."), ""
    return texte[: trouve.start()].rstrip("."), texte[trouve.end() :]
