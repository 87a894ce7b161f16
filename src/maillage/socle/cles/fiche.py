"""A frozen dataclass of simple fields as a sealed value, and back: a text of its fields, empty ones left out.

Pure. A field named ``naissance`` is a date; the others are texts and booleans.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from maillage.socle.cles.scelle import CleDeDossier, Lieu, sceller
from maillage.socle.cles.scelle import ouvrir as ouvrir_scelle

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")


def fermer(cle: CleDeDossier, donnees: Any, lieu: Lieu) -> bytes:
    """These fields, sealed for that place."""
    valeurs = {champ.name: getattr(donnees, champ.name) for champ in fields(donnees)}
    texte = json.dumps(
        {nom: valeur for nom, valeur in valeurs.items() if valeur not in ("", None, False)},
        ensure_ascii=False,
        default=date.isoformat,
        separators=(",", ":"),
    )
    return sceller(cle, texte.encode(), lieu)


def ouvrir(cles: Mapping[int, CleDeDossier], sorte: type[D], ferme: bytes | memoryview, lieu: Lieu) -> D:
    """What stands there. Raises ``ScelleRompu``."""
    # A parent whose first name nobody gave: what is asked for and was left empty is empty again.
    valeurs: dict[str, Any] = {champ.name: "" for champ in fields(sorte) if champ.default is MISSING}
    valeurs |= json.loads(ouvrir_scelle(cles, bytes(ferme), lieu))
    if naissance := valeurs.get("naissance"):
        valeurs["naissance"] = date.fromisoformat(naissance)
    return sorte(**valeurs)
