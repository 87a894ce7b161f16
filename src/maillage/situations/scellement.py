"""How what names a person becomes a sealed value, and back: a text of its fields, empty ones left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from maillage.socle.cles.scelle import CleDeDossier, Lieu, sceller
from maillage.socle.cles.scelle import ouvrir as ouvrir_scelle

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
CHAMP: Final = "scelle"
#: By the name of what is sealed: the table it stands in.
TABLES: Final = {"DonneesIdentite": "situations_identite", "DonneesRepresentant": "situations_representant"}


def fermer(cle: CleDeDossier, donnees: Any, ligne: UUID, *, version: int = 1) -> bytes:
    """These fields, sealed for that row at that version."""
    valeurs = {champ.name: getattr(donnees, champ.name) for champ in fields(donnees)}
    texte = json.dumps(
        {nom: valeur for nom, valeur in valeurs.items() if valeur not in ("", None, False)},
        ensure_ascii=False,
        default=date.isoformat,
        separators=(",", ":"),
    )
    return sceller(cle, texte.encode(), Lieu(TABLES[type(donnees).__name__], ligne, CHAMP, version))


def ouvrir(
    cles: Mapping[int, CleDeDossier],
    sorte: type[D],
    ferme: bytes | memoryview,
    ligne: UUID,
    *,
    version: int = 1,
) -> D:
    """What that row holds. Raises ``ScelleRompu``."""
    lieu = Lieu(TABLES[sorte.__name__], ligne, CHAMP, version)
    # A parent whose first name nobody gave: what is asked for and was left empty is empty again.
    valeurs: dict[str, Any] = {champ.name: "" for champ in fields(sorte) if champ.default is MISSING}
    valeurs |= json.loads(ouvrir_scelle(cles, bytes(ferme), lieu))
    if naissance := valeurs.get("naissance"):
        valeurs["naissance"] = date.fromisoformat(naissance)
    return sorte(**valeurs)
