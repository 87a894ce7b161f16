"""A document as a neutral tree: what it says, whatever the file that will carry it. Pure.

Both outputs (tagged PDF, editable text) are drawn from this tree and add no word of their own: that is
how a paper and its editable copy never say two different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Titre:
    """A heading. Level 1 is the document's own title: a template starts at 2."""

    texte: str
    niveau: int = 2


@dataclass(frozen=True, slots=True)
class Paragraphe:
    texte: str


@dataclass(frozen=True, slots=True)
class Liste:
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table with its heads; an empty cell is drawn as a line to fill in by hand."""

    legende: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that must be seen: rights of the person, what may not be done."""

    texte: str


@dataclass(frozen=True, slots=True)
class Visa:
    """The texts and acts a decision rests on, each after « Vu »."""

    textes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign. ``mention`` says how it was signed; empty, the place is left blank."""

    partie: str
    signataire: str = ""
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    legende: str
    places: tuple[Signature, ...]


Bloc = Titre | Paragraphe | Liste | Tableau | Mention | Visa | Signatures


@dataclass(frozen=True, slots=True)
class Logo:
    """An image that passed ``rules.adaptations``; ``description`` is read in its place."""

    genre: Literal["png", "svg"]
    octets: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Document:
    """``entete`` is the letterhead; ``pied`` ends every document: legal basis, template and its version."""

    titre: str
    entete: tuple[str, ...]
    blocs: tuple[Bloc, ...]
    pied: tuple[str, ...]
    logo: Logo | None = None


#: What an empty cell or an unsigned place shows: a line to fill in by hand, which a signed paper may keep.
VIDE = "\u2026" * 12
COLONNES_DES_SIGNATURES = ("Partie", "Signataire", "Signature")


def cellules(bloc: Tableau | Signatures) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows of a table, or of the signatures, which are one too."""
    if isinstance(bloc, Tableau):
        return bloc.colonnes, tuple(tuple(valeur or VIDE for valeur in ligne) for ligne in bloc.lignes)
    return COLONNES_DES_SIGNATURES, tuple(
        (place.partie, place.signataire or VIDE, place.mention or "Date et signature\u00a0:")
        for place in bloc.places
    )


def textes(document: Document) -> Iterator[str]:
    """Every text of the document in reading order: what both files must say, and nothing else."""
    yield from document.entete
    yield document.titre
    for bloc in document.blocs:
        match bloc:
            case Titre(texte=texte) | Paragraphe(texte=texte) | Mention(texte=texte):
                yield texte
            case Liste(elements=elements) | Visa(textes=elements):
                yield from elements
            case Tableau() | Signatures():
                yield bloc.legende
                tete, lignes = cellules(bloc)
                yield from tete
                for ligne in lignes:
                    yield from ligne
    yield from document.pied
