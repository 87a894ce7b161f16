"""The room's letters and records, through the one engine of documents: PDF, ODT, large print."""

from typing import Any

from maillage.documents.api import (
    Document,
    Signature,
    adaptation_composee,
    adaptation_en_vigueur,
    composer,
    modele,
)
from maillage.instances.api import conseil_visible
from maillage.maire.lieux import Lieu


def composer_document(
    ou: Lieu, code: str, donnees: dict[str, Any], *, signatures: list[Signature] | None = None
) -> Document:
    """The template of that code in force today, filled, with the council's letterhead where it has one."""
    choisi = modele(code, ou.jour)
    conseil = conseil_visible(ou.vu.conseil_id)
    adaptation = adaptation_en_vigueur(conseil, choisi.code, ou.jour)
    return composer(
        choisi,
        donnees,
        adaptation=adaptation_composee(adaptation),
        signatures=signatures or [],
        entete=(ou.vu.formation,),
    )
