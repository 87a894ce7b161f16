"""What the mayor's acts make due: each kind of file registers its own; the home page and the day read it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.maire.lieux import Lieu, lieux_des_actes, lieux_des_familles


@dataclass(frozen=True, slots=True)
class EcheanceDActe:
    """One thing to do: verb first, why it is here, one way to it. A name only as initials."""

    le: date
    titre: str
    pourquoi: str
    url: str
    bouton: str = "Ouvrir"
    heure: str = ""
    automatique: bool = False


Source = Callable[[Sequence[Lieu], date], Iterable[EcheanceDActe]]
SOURCES: dict[str, Source] = {}


def enregistrer(nom: str, source: Source) -> None:
    """``source(lieux, horizon)`` gives what is due up to ``horizon`` in those places."""
    SOURCES[nom] = source


def echeances(jours: int) -> list[EcheanceDActe]:
    """Everything due within that many days, the nearest first; nothing for who reads no register."""
    lieux = [*lieux_des_actes(), *lieux_des_familles()]
    if not lieux:
        return []
    horizon = max(ou.jour for ou in lieux) + timedelta(days=jours)
    dues = [due for source in SOURCES.values() for due in source(lieux, horizon)]
    return sorted(dues, key=lambda due: (due.le, due.titre))
