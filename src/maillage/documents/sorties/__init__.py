"""The formats a document leaves in: the same tree, four files. Codes are those of the addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from maillage.documents.blocs import Document
from maillage.documents.sorties import odt, pdf


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. ``code`` is in the address, ``extension`` ends the file's name."""

    code: str
    libelle: str
    extension: str
    mime: str
    ecrire: Callable[[Document], bytes]


FORMATS: Final[Mapping[str, Format]] = {
    format_.code: format_
    for format_ in (
        Format("pdf", "PDF", "pdf", pdf.MIME, pdf.ecrire),
        Format("odt", "Texte modifiable (ODT)", "odt", odt.MIME, odt.ecrire),
        Format(
            "pdf-grand",
            "PDF en grands caractères",
            "pdf",
            pdf.MIME,
            partial(pdf.ecrire, grands_caracteres=True),
        ),
        Format(
            "odt-grand",
            "ODT en grands caractères",
            "odt",
            odt.MIME,
            partial(odt.ecrire, grands_caracteres=True),
        ),
    )
}
