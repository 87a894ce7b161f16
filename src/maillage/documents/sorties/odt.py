"""The tree as an editable text for free office suites: real headings, lists, heads of tables, in French."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from odfdo import Cell, Element, Frame, Header, HeaderRows, List, ListItem, Paragraph, Row, Style, Table
from odfdo import Document as Odt

from maillage.documents.blocs import (
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
from maillage.documents.sorties.pdf import CORPS, GRANDS_CARACTERES

MIME: Final = "application/vnd.oasis.opendocument.text"
POLICE: Final = "Liberation Serif"
LOGO: Final = ("4cm", "2.2cm")
#: Styles of ours: code -> (display name, share of the body's size, bold).
STYLES: Final = {
    "MaillageCorps": ("Corps du document", 1.0, False),
    "MaillageEntete": ("En-tête", 1.0, False),
    "MaillageMention": ("Mention", 1.0, True),
    "MaillageLegende": ("Légende de tableau", 1.0, True),
    "MaillageTete": ("Tête de tableau", 1.0, True),
    "MaillagePied": ("Base légale et version", 0.85, False),
}


def ecrire(document: Document, *, grands_caracteres: bool = False) -> bytes:
    """The bytes of the file."""
    odt = Odt("text")
    odt.body.clear()
    odt.meta.title = document.titre
    odt.meta.language = "fr-FR"
    _poser_les_styles(odt, GRANDS_CARACTERES if grands_caracteres else CORPS)
    if document.logo:
        odt.body.append(_logo(odt, document))
    for ligne in document.entete:
        odt.body.append(Paragraph(ligne, style="MaillageEntete"))
    odt.body.append(Header(1, document.titre))
    for rang, bloc in enumerate(document.blocs, start=1):
        match bloc:
            case Titre():
                odt.body.append(Header(bloc.niveau, bloc.texte))
            case Paragraphe():
                odt.body.append(Paragraph(bloc.texte, style="MaillageCorps"))
            case Mention():
                odt.body.append(Paragraph(bloc.texte, style="MaillageMention"))
            case Liste(elements=elements) | Visa(textes=elements):
                odt.body.append(_liste(elements))
            case Tableau() | Signatures():
                odt.body.append(Paragraph(bloc.legende, style="MaillageLegende"))
                odt.body.append(_tableau(f"Tableau {rang}", bloc))
    for ligne in document.pied:
        odt.body.append(Paragraph(ligne, style="MaillagePied"))
    sortie = BytesIO()
    odt.save(sortie)
    return sortie.getvalue()


def _liste(elements: tuple[str, ...]) -> List:
    liste = List(style="List_20_1")
    for element in elements:
        item = ListItem()
        item.append(Paragraph(element, style="MaillageCorps"))
        liste.append(item)
    return liste


def _tableau(nom: str, bloc: Tableau | Signatures) -> Table:
    colonnes, lignes = cellules(bloc)
    tableau = Table(nom, style="MaillageTableau")
    tete = HeaderRows()
    tete.append(_rangee(colonnes, "MaillageTete"))
    tableau.append(Element.from_tag(f'<table:table-column table:number-columns-repeated="{len(colonnes)}"/>'))
    tableau.append(tete)
    for ligne in lignes:
        tableau.append(_rangee(ligne, "MaillageCorps"))
    return tableau


def _rangee(textes: tuple[str, ...], style: str) -> Row:
    rangee = Row()
    for texte in textes:
        cellule = Cell(cell_type="string", style="MaillageCellule")
        cellule.append(Paragraph(texte, style=style))
        rangee.append(cellule)
    return rangee


def _logo(odt: Odt, document: Document) -> Paragraph:
    logo = document.logo
    assert logo is not None
    fichier = BytesIO(logo.octets)
    fichier.name = f"logo.{logo.genre}"
    cadre = Frame.image_frame(odt.add_file(fichier), name="Logo", size=LOGO, anchor_type="as-char")
    cadre.append(Element.from_tag(f"<svg:title>{_echapper(logo.description)}</svg:title>"))
    paragraphe = Paragraph(style="MaillageEntete")
    paragraphe.append(cadre)
    return paragraphe


def _echapper(texte: str) -> str:
    return texte.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _poser_les_styles(odt: Odt, corps: int) -> None:
    for nom, (affiche, part, gras) in STYLES.items():
        style = Style("paragraph", name=nom, display_name=affiche, parent_style="Standard")
        style.set_properties(
            {
                "fo:font-size": f"{corps * part:g}pt",
                "style:font-name": POLICE,
                "fo:language": "fr",
                "fo:country": "FR",
                **({"fo:font-weight": "bold"} if gras else {}),
            },
            area="text",
        )
        marges = {"fo:margin-top": "0cm", "fo:margin-bottom": "0.25cm", "fo:line-height": "130%"}
        if nom == "MaillageMention":
            marges |= {"fo:border": "0.8pt solid #000000", "fo:padding": "0.2cm"}
        style.set_properties(marges, area="paragraph")
        odt.insert_style(style)
    for niveau, part in ((1, 1.6), (2, 1.2)):
        titre = odt.get_style("paragraph", f"Heading_20_{niveau}")
        assert isinstance(titre, Style)
        titre.set_properties({"fo:font-size": f"{corps * part:g}pt", "style:font-name": POLICE}, area="text")
        titre.set_properties({"fo:margin-top": "0.5cm", "fo:margin-bottom": "0.3cm"}, area="paragraph")
    cellule = Style("table-cell", name="MaillageCellule", area="table-cell")
    cellule.set_properties({"fo:border": "0.5pt solid #6e6e6e", "fo:padding": "0.15cm"}, area="table-cell")
    odt.insert_style(cellule, automatic=True)
    tableau = Style("table", name="MaillageTableau", area="table")
    tableau.set_properties({"style:width": "16.6cm", "table:align": "margins"}, area="table")
    odt.insert_style(tableau, automatic=True)
    langue = odt.get_style("paragraph", None)
    if isinstance(langue, Style):
        langue.set_properties({"fo:language": "fr", "fo:country": "FR"}, area="text")
