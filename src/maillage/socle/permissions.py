"""The registry of permissions: every URL names one, an undeclared one is refused.

A permission says which functions may hold it. What they may do it *to* is decided by the room's
rules and by the wall; both must agree before anything is shown or written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from maillage.droit.api import Force, Motif, Verdict

Vue = TypeVar("Vue", bound=Callable[..., Any])


class Porteur(Protocol):
    """Who holds functions: an account, or nobody."""

    @property
    def is_authenticated(self) -> bool:
        """Whether someone is signed in."""

    @property
    def fonctions(self) -> frozenset[str]:
        """Codes of the functions in force today."""


@dataclass(frozen=True)
class Permission:
    """``fonctions`` is the set of those who may hold it; ``OUVERTE`` is everyone signed in."""

    code: str
    libelle: str
    fonctions: frozenset[str]
    publique: bool = False
    tout_compte: bool = False


_registre: dict[str, Permission] = {}


class PermissionInconnue(LookupError):
    """A view asked for a permission nobody declared: a programming error, refused at start."""


def declarer(
    code: str, libelle: str, fonctions: Iterable[str] = (), *, tout_compte: bool = False
) -> Permission:
    """Declare a permission once; a second, different declaration is an error."""
    permission = Permission(code, libelle, frozenset(fonctions), tout_compte=tout_compte)
    if _registre.setdefault(code, permission) != permission:
        raise ValueError(f"permission déclarée deux fois : {code}")
    return permission


PUBLIQUE = Permission("publique", "Page ouverte à tous", frozenset(), publique=True)
COMPTE = Permission("compte", "Toute personne connectée", frozenset(), tout_compte=True)


def toutes() -> list[Permission]:
    """Every declared permission, by code."""
    return sorted(_registre.values(), key=lambda permission: permission.code)


def permission(code: str) -> Permission:
    """The permission of that code. Raises ``PermissionInconnue``."""
    try:
        return _registre[code]
    except KeyError as absente:
        raise PermissionInconnue(code) from absente


def exige(demande: Permission) -> Callable[[Vue], Vue]:
    """Declare the permission a view needs. The middleware enforces it before the view runs."""

    def poser(vue: Vue) -> Vue:
        vue.__dict__["permission_exigee"] = demande
        return vue

    return poser


def permission_de(vue: Callable[..., Any]) -> Permission | None:
    """The permission declared by a view, or None: then nobody may enter."""
    return getattr(vue, "permission_exigee", None)


FONCTION_ABSENTE = "fonction_absente"
NON_DECLAREE = "adresse_non_declaree"


def juger(porteur: Porteur, demande: Permission | None) -> Verdict:
    """Whether this account may enter; a refusal says which functions open the page."""
    if demande is None:
        return Verdict.refus(
            [
                Motif(
                    code=NON_DECLAREE,
                    texte="Cette adresse n’est ouverte à personne : aucune permission ne lui est associée.",
                    base_legale="Règle de l’application : ce qui n’est pas déclaré est refusé",
                    force=Force.USAGE,
                )
            ]
        )
    if demande.publique:
        return Verdict.accord()
    if porteur.is_authenticated and (demande.tout_compte or porteur.fonctions & demande.fonctions):
        return Verdict.accord()
    return Verdict.refus(
        [
            Motif(
                code=FONCTION_ABSENTE,
                texte=f"« {demande.libelle} » n’est pas ouvert à votre fonction.",
                base_legale="Code de la sécurité intérieure, art. L. 132-5 ; règles d’accès de l’application",
                force=Force.DOCTRINE,
            )
        ]
    )
