"""Within one reading of a page, what has been asked is not asked again.

Only a request that reads remembers, and only inside its own transaction and for its own actor: a command
never trusts an earlier answer. The wall of the database is not concerned: it judges at every statement, so
that a right withdrawn during the page shows no further row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from maillage.socle.contexte import courant

P = ParamSpec("P")
R = TypeVar("R")
_UTILISATEUR: Final = "utilisateur"


def une_fois(fonction: Callable[P, R]) -> Callable[P, R]:
    """Answer from memory within a page. Arguments are hashable, and nobody changes what is returned."""

    @wraps(fonction)
    def lire(*args: P.args, **kwargs: P.kwargs) -> R:
        contexte = courant()
        if contexte is None or contexte.memoire is None:
            return fonction(*args, **kwargs)
        cle = (fonction, args, tuple(sorted(kwargs.items())))
        if cle not in contexte.memoire:
            contexte.memoire[cle] = fonction(*args, **kwargs)
        connu: R = contexte.memoire[cle]
        return connu

    return lire


def memorise() -> bool:
    """Whether the page under way remembers: what is asked for one use may then serve another."""
    contexte = courant()
    return contexte is not None and contexte.memoire is not None


def connu(cle: str) -> Any:
    """What the opening of the page has already read under that key (see ``socle.contexte``), or None."""
    contexte = courant()
    return contexte.memoire.get(cle) if contexte is not None and contexte.memoire else None


def presenter(utilisateur_: Any) -> None:
    """The account that was authenticated for this page: nobody needs to read it again."""
    contexte = courant()
    if contexte is not None and contexte.memoire is not None:
        contexte.memoire[_UTILISATEUR] = utilisateur_


def utilisateur() -> Any:
    """The account of the page, or None where nothing is remembered."""
    return connu(_UTILISATEUR)


def oublier() -> None:
    """A command is about to change something, or just has: what was read may no longer be true."""
    contexte = courant()
    if contexte is not None and contexte.memoire is not None:
        contexte.memoire.clear()
