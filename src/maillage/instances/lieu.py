"""Which council, or which groupe, the page under way belongs to: said in its head, at no cost.

The selector that finds the object of a page, through what the actor sees, notes it here; nothing hidden
is ever noted. The note lives as long as the actor's context, hence one request.
"""

from contextvars import ContextVar
from dataclasses import dataclass

from maillage.instances.models import Conseil, Formation
from maillage.socle.contexte import Contexte, courant


@dataclass(frozen=True, slots=True)
class Lieu:
    """``nom`` is the groupe's or the council's; ``detail`` the council of a groupe."""

    nom: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Note:
    contexte: Contexte
    conseil: str
    formations: frozenset[str]
    ambigu: bool = False


_note: ContextVar[_Note | None] = ContextVar("maillage_lieu", default=None)


def noter_le_lieu(conseil: str, formation: str = "") -> None:
    """The page belongs to that council, and to that formation where one is given."""
    contexte, avant = courant(), _ici()
    if contexte is None:
        return
    formations = frozenset({formation} if formation else ())
    if avant is None:
        _note.set(_Note(contexte, conseil, formations))
    else:
        ambigu = avant.ambigu or avant.conseil != conseil
        _note.set(_Note(contexte, conseil, avant.formations | formations, ambigu))


def situer(objet: Conseil | Formation) -> None:
    """The same, from a row the actor sees; a formation comes with its council."""
    if isinstance(objet, Formation):
        noter_le_lieu(objet.conseil.nom, objet.nom)
    else:
        noter_le_lieu(objet.nom)


def lieu_courant() -> Lieu | None:
    """Where the page stands; None where it belongs to no council, or to several."""
    note = _ici()
    if note is None or note.ambigu:
        return None
    if len(note.formations) == 1:
        return Lieu(next(iter(note.formations)), note.conseil)
    return Lieu(note.conseil)


def _ici() -> _Note | None:
    """The note of this very context: that of an earlier request is nobody's."""
    note = _note.get()
    return note if note is not None and note.contexte is courant() else None
