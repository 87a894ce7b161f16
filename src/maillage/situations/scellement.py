"""Where what names a person stands, sealed: by the name of what is sealed, its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from maillage.socle.cles import fiche
from maillage.socle.cles.scelle import CleDeDossier, Lieu

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
CHAMP: Final = "scelle"
TABLES: Final = {"DonneesIdentite": "situations_identite", "DonneesRepresentant": "situations_representant"}


def fermer(cle: CleDeDossier, donnees: Any, ligne: UUID, *, version: int = 1) -> bytes:
    """These fields, sealed for that row at that version."""
    return fiche.fermer(cle, donnees, Lieu(TABLES[type(donnees).__name__], ligne, CHAMP, version))


def ouvrir(
    cles: Mapping[int, CleDeDossier],
    sorte: type[D],
    ferme: bytes | memoryview,
    ligne: UUID,
    *,
    version: int = 1,
) -> D:
    """What that row holds. Raises ``ScelleRompu``."""
    return fiche.ouvrir(cles, sorte, ferme, Lieu(TABLES[sorte.__name__], ligne, CHAMP, version))
