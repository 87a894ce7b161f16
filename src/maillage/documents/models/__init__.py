"""One aggregate a file."""

from maillage.documents.models.adaptation import Adaptation
from maillage.documents.models.convention import (
    Avenant,
    AvenantNominatif,
    Convention,
    ConventionNominative,
    Moyen,
    Partie,
    PartieNominative,
    Signature,
    SignatureNominative,
)

#: The nominative tables of the room, children first: the order of their erasure.
NOMINATIVES = (SignatureNominative, AvenantNominatif, PartieNominative, ConventionNominative)

__all__ = [
    "NOMINATIVES",
    "Adaptation",
    "Avenant",
    "AvenantNominatif",
    "Convention",
    "ConventionNominative",
    "Moyen",
    "Partie",
    "PartieNominative",
    "Signature",
    "SignatureNominative",
]
