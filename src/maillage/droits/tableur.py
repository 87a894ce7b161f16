"""The register of processing as a spreadsheet for free office suites: one sheet a part."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from odfdo import Cell, Document, Row, Table

MIME: Final = "application/vnd.oasis.opendocument.spreadsheet"
Feuille = tuple[str, Sequence[Sequence[object]]]


def ods(titre: str, feuilles: Sequence[Feuille]) -> bytes:
    """The sheets in order: (name, rows); numbers stay numbers, and nothing typed begins a formula."""
    document = Document("spreadsheet")
    document.body.clear()
    document.meta.title = titre
    document.meta.language = "fr-FR"
    for nom, lignes in feuilles:
        table = Table(nom)
        for valeurs in lignes:
            ligne = Row()
            for valeur in valeurs:
                ligne.append_cell(Cell(valeur if isinstance(valeur, int) else str(valeur)))
            table.append_row(ligne)
        document.body.append(table)
    sortie = BytesIO()
    document.save(sortie)
    return sortie.getvalue()
