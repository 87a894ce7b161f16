"""Ages, months and deadlines, counted once and the same way everywhere.

Where the day does not exist in the target month, the last day of that month stands for it: this is the
rule of the code of civil procedure (art. 641) for periods in months, and we count birthdays alike. A person
born on 29 February is therefore one year older on 28 February of a common year. For a retention cap it is
the earlier, more protective day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

#: Dates outside these years are typing errors, not acts of local prevention.
PREMIER_JOUR = date(1900, 1, 1)
DERNIER_JOUR = date(2199, 12, 31)


def _decaler(depart: date, mois: int) -> tuple[date, bool]:
    """The same day ``mois`` later, and whether that day exists in its month."""
    rang = depart.year * 12 + depart.month - 1 + mois
    annee, mois_cible = divmod(rang, 12)
    longueur = monthrange(annee, mois_cible + 1)[1]
    return date(annee, mois_cible + 1, min(depart.day, longueur)), depart.day <= longueur


def echeance_mois(acte: date, mois: int) -> date:
    """Last day of a deadline of ``mois`` months after an act, that day included: 15 January → 15 February."""
    return _decaler(acte, mois)[0]


def fin_de_periode(debut: date, mois: int) -> date:
    """Last possible day of a period of ``mois`` months date to date: 2 March → 1 April.

    The eve of the same day; where that day does not exist, the last day of the month (31 January → 28 or
    29 February).
    """
    if mois < 1:
        raise ValueError("Une période compte au moins un mois.")
    jour, existe = _decaler(debut, mois)
    return jour - timedelta(days=1) if existe else jour


def anniversaire(naissance: date, ans: int) -> date:
    """The day a person reaches ``ans`` years; 28 February in common years for those born on the 29th."""
    return _decaler(naissance, ans * 12)[0]


def age(naissance: date, le: date) -> int:
    """Completed years on a day, the birthday itself counting."""
    if le < naissance:
        raise ValueError("Le jour précède la naissance.")
    ans = le.year - naissance.year
    return ans if anniversaire(naissance, ans) <= le else ans - 1


def age_au_moins(naissance: date, ans: int, le: date) -> bool:
    """« Au moins N ans » : from the birthday itself."""
    return anniversaire(naissance, ans) <= le


def age_entre(naissance: date, minimum: int, maximum: int, le: date) -> bool:
    """« De N à M ans » : the whole year of age M is inside, up to the eve of the next birthday."""
    return anniversaire(naissance, minimum) <= le < anniversaire(naissance, maximum + 1)


def jours_inclus(debut: date, fin: date) -> int:
    """Days of a period, both ends included: six weeks are 42."""
    return (fin - debut).days + 1


def contient(debut: date | None, fin: date | None, le: date) -> bool:
    """Whether a day lies in a period, both ends included; None leaves an end open."""
    return (debut is None or debut <= le) and (fin is None or le <= fin)
