"""One thing to do, and the blocks of the day page. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.interface.typographie import INSECABLE, JOURS, accord, date_longue

#: How far the page looks ahead, and how far back for what is new (days).
HORIZON = 14
RECENT = 3
#: Months as they are shortened in French.
ABREGES = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


@dataclass(frozen=True, slots=True)
class Tache:
    """Verb first, then why it is here, then one way to it. ``le`` orders; ``heure`` is said if there is one.

    ``automatique``: it happens by itself, and is never late. ``nouveau``: news, dated in the past.
    """

    le: date
    titre: str
    pourquoi: str
    url: str = ""
    bouton: str = "Ouvrir"
    heure: str = ""
    automatique: bool = False
    nouveau: bool = False


@dataclass(frozen=True, slots=True)
class LigneDeJournee:
    """A task as the page shows it: when in three words, and the date behind them."""

    tache: Tache
    quand: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bloc:
    code: str
    titre: str
    note: str
    lignes: tuple[LigneDeJournee, ...]


def ranger(taches: Iterable[Tache], jour: date) -> tuple[Bloc, ...]:
    """The four blocks, without the empty ones. Beyond the horizon, nothing is shown."""
    rangees = sorted(taches, key=lambda tache: (tache.le, tache.heure, tache.titre))
    limite = jour + timedelta(days=HORIZON)
    nouvelles = [tache for tache in rangees if tache.nouveau]
    autres = [tache for tache in rangees if not tache.nouveau]
    blocs = (
        (
            "retard",
            "En retard",
            "du plus ancien au plus récent",
            [t for t in autres if t.le < jour and not t.automatique],
        ),
        ("jour", "Aujourd’hui", "", [t for t in autres if t.le == jour or (t.automatique and t.le < jour)]),
        (
            "venir",
            f"D’ici le {date_longue(limite, annee=False)}",
            "",
            [t for t in autres if jour < t.le <= limite],
        ),
        ("nouveau", "Nouveau", f"depuis {RECENT} jours", list(reversed(nouvelles))),
    )
    return tuple(
        Bloc(code, titre, note, tuple(_ligne(tache, jour) for tache in retenues))
        for code, titre, note, retenues in blocs
        if retenues
    )


def _ligne(tache: Tache, jour: date) -> LigneDeJournee:
    if tache.nouveau:
        return LigneDeJournee(tache, _proche(tache.le, jour))
    if tache.le < jour and not tache.automatique:
        depuis = accord((jour - tache.le).days, "jour,jours")
        return LigneDeJournee(tache, depuis, f"depuis le {_court(tache.le)}")
    if tache.le <= jour:
        return LigneDeJournee(tache, tache.heure or "Aujourd’hui")
    return LigneDeJournee(tache, f"{JOURS[tache.le.weekday()].capitalize()} {_court(tache.le)}", tache.heure)


def _proche(le: date, jour: date) -> str:
    ecart = (jour - le).days
    return {0: "Aujourd’hui", 1: "Hier"}.get(ecart, f"Le {_court(le)}")


def _court(le: date) -> str:
    """« 18 nov. »: the year is beyond doubt on a page of the day."""
    return f"{'1er' if le.day == 1 else le.day}{INSECABLE}{ABREGES[le.month - 1]}"
