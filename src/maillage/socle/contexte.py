"""The one place that sets the actor of a transaction.

The database reads the actor from the transaction's setting ``maillage.acteur``; no actor means
zero rows. The former value is restored on exit so that nesting never widens a right.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

POSER = (
    "SELECT current_setting('maillage.acteur', true), "
    "set_config('maillage.acteur', %s, true), socle.maintenant()"
)
#: What nearly every page asks, in the same round trip, once the actor is set.
LIRE = "; SELECT socle.mes_cercles(), (SELECT demo FROM socle_installation)"
CERCLES, DEMO = "cercles", "demo"


@dataclass(frozen=True)
class Contexte:
    """Who acts, and the instant of the transaction (aware, UTC) as the database sees it.

    ``memoire`` is what a request that only reads has already asked (see ``socle.memoire``); else None.
    """

    acteur: int | None
    instant: datetime
    memoire: dict[Any, Any] | None = field(default=None, compare=False, repr=False)


_courant: ContextVar[Contexte | None] = ContextVar("maillage_contexte", default=None)


def courant() -> Contexte | None:
    """The context of the transaction under way, or None outside of any."""
    return _courant.get()


def acteur_courant() -> int | None:
    """The account id of the actor, or None when nobody is signed in."""
    contexte_ = _courant.get()
    return contexte_.acteur if contexte_ else None


class SansActeur(RuntimeError):
    """An act was asked for outside of any actor's context: a programming error, never a refusal."""


def acteur_requis() -> int:
    """The account id of the actor. Raises ``SansActeur``: nothing is ever written by nobody."""
    acteur = acteur_courant()
    if acteur is None:
        raise SansActeur
    return acteur


@contextmanager
def contexte(acteur: int | None, *, lecture: bool = False) -> Iterator[Contexte]:
    """Open a transaction in which ``acteur`` (an account id, or nobody) acts.

    ``lecture``: it only reads, and may remember what it has asked.
    """
    imbrique = connection.in_atomic_block
    with transaction.atomic():
        memoire: dict[Any, Any] | None = None
        with connection.cursor() as curseur:
            curseur.execute(POSER + (LIRE if lecture else ""), [str(acteur or "")])
            avant, _, instant = curseur.fetchone()
            if lecture:
                curseur.nextset()
                cercles, demo = curseur.fetchone()
                memoire = {CERCLES: tuple(sorted(cercles)), DEMO: bool(demo)}
        ouvert = Contexte(acteur=acteur, instant=instant, memoire=memoire)
        jeton = _courant.set(ouvert)
        try:
            yield ouvert
        finally:
            _courant.reset(jeton)
            # The setting is local: the end of the outermost transaction takes it away by itself.
            if imbrique and not connection.needs_rollback:
                with connection.cursor() as curseur:
                    curseur.execute("SELECT set_config('maillage.acteur', %s, true)", [avant or ""])


@contextmanager
def en_maintenance() -> Iterator[None]:
    """Write as ``m_maintenance``, for loads and purges run by an operator's command.

    Works only on a connection whose login may assume that role (the owner's, never the web's).
    """
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT current_user")
            (avant,) = curseur.fetchone()
            curseur.execute("SET LOCAL ROLE m_maintenance")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as curseur:
                    curseur.execute("SELECT set_config('role', %s, true)", [avant])
