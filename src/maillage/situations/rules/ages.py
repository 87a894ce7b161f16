"""Ages, and what is assumed when a birth date is not known."""

from datetime import date, timedelta
from typing import Final

from maillage.droit.api import age, anniversaire, entier
from maillage.strategie.api import liste, tranche_age

MOINS_DE_12: Final = "moins_de_12"
MAJORITE: Final = 18


def tranche(naissance: date, le: date) -> str:
    """Code of the age band on ``le``."""
    return tranche_age(age(naissance, le)).code


def naissance_prudente(tranche_code: str, le: date) -> date:
    """The earliest birth date of someone in this band on ``le``.

    A record must never live beyond the cap: with an unknown birth date the oldest age of the band is
    assumed, so erasure comes early rather than late. Open-ended bands assume the cap is reached.
    """
    maximum = liste("tranches_age").item(tranche_code).attributs["age_max"]
    plafond = entier("conservation.jeune_age_plafond", le)
    ans = plafond - 1 if maximum is None else min(maximum, plafond - 1)
    naissance = anniversaire(le, -(ans + 1)) + timedelta(days=1)
    # Born on 29 February, one is a year older on the 28th of a common year.
    return naissance if age(naissance, le) <= ans else naissance + timedelta(days=1)


def est_mineur(naissance: date | None, tranche_code: str, le: date) -> bool:
    """A minor on ``le``; without a birth date the band says it (no band straddles majority)."""
    if naissance is not None:
        return age(naissance, le) < MAJORITE
    maximum = liste("tranches_age").item(tranche_code).attributs["age_max"]
    return maximum is not None and maximum < MAJORITE


def choix_de_tranche(volet: str) -> tuple[tuple[str, str], ...]:
    """The bands a form offers for a strand."""
    choix = liste("tranches_age").choix()
    if volet == "jeune":
        return tuple((code, libelle) for code, libelle in choix if code != "plus_de_25")
    if volet == "majeur":
        return tuple(
            (code, libelle)
            for code, libelle in choix
            if (liste("tranches_age").item(code).attributs["age_min"] or 0) >= MAJORITE
        )
    return choix
