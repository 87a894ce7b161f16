"""The tree as a PDF/UA-1: headings, lists, heads of tables and their language are read by a screen reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from maillage.documents.blocs import (
    Bloc,
    Document,
    Liste,
    Mention,
    Paragraphe,
    Signatures,
    Tableau,
    Titre,
    Visa,
    cellules,
)
from maillage.socle.documents import POLICE, pdf

MIME: Final = "application/pdf"
GABARIT: Final = Path(__file__).parent / "document.typ"
#: Body sizes, in points; 18 is the least the blind and partially sighted ask for (large print).
CORPS, GRANDS_CARACTERES = 11, 18


def ecrire(document: Document, *, grands_caracteres: bool = False) -> bytes:
    """The bytes of the file."""
    logo = document.logo
    return pdf(
        GABARIT,
        {
            "police": POLICE,
            "corps": GRANDS_CARACTERES if grands_caracteres else CORPS,
            "titre": document.titre,
            "entete": list(document.entete),
            "logo": {
                "genre": logo.genre,
                "octets": list(logo.octets),
                "description": logo.description,
            }
            if logo
            else None,
            "blocs": [_bloc(bloc) for bloc in document.blocs],
            "pied": list(document.pied),
        },
    )


def _bloc(bloc: Bloc) -> dict[str, Any]:
    match bloc:
        case Titre():
            return {"genre": "titre", "texte": bloc.texte, "niveau": bloc.niveau}
        case Paragraphe():
            return {"genre": "paragraphe", "texte": bloc.texte}
        case Mention():
            return {"genre": "mention", "texte": bloc.texte}
        case Liste(elements=elements) | Visa(textes=elements):
            return {"genre": "liste" if isinstance(bloc, Liste) else "visa", "elements": list(elements)}
        case Tableau() | Signatures():
            colonnes, lignes = cellules(bloc)
            return {
                "genre": "tableau" if isinstance(bloc, Tableau) else "signatures",
                "legende": bloc.legende,
                "colonnes": list(colonnes),
                "lignes": [list(ligne) for ligne in lignes],
            }
