"""What a council may put in a document without code, and what is refused."""

import io
import struct
import zipfile
import zlib
from datetime import date

import pytest
from pypdf import PdfReader
from tests.documents.test_documents_moteur import un_document

from maillage.documents.blocs import Logo
from maillage.documents.composition import Adaptation
from maillage.documents.rules.adaptations import OCTETS_MAX, genre_de_logo, juger_adaptation, juger_logo
from maillage.documents.sorties import FORMATS


def png(cote: int = 2) -> bytes:
    """A real PNG of one colour."""

    def morceau(nom: bytes, donnees: bytes) -> bytes:
        return struct.pack(">I", len(donnees)) + nom + donnees + struct.pack(">I", zlib.crc32(nom + donnees))

    lignes = b"".join(b"\x00" + b"\x10\x60\x80" * cote for _ in range(cote))
    return (
        b"\x89PNG\r\n\x1a\n"
        + morceau(b"IHDR", struct.pack(">IIBBBBB", cote, cote, 8, 2, 0, 0, 0))
        + morceau(b"IDAT", zlib.compress(lignes))
        + morceau(b"IEND", b"")
    )


def svg(dedans: str, racine: str = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"') -> bytes:
    return f"<svg {racine}>{dedans}</svg>".encode()


DESSIN = svg('<title>Blason</title><path d="M0 0h10v10z" fill="#106080"/>')


@pytest.mark.parametrize(("octets", "genre"), [(png(), "png"), (DESSIN, "svg")])
def test_un_logo_qui_ne_fait_que_dessiner_passe_et_se_voit_dans_les_deux_fichiers(octets, genre):
    assert genre_de_logo(octets) == genre
    assert juger_logo(octets).ok
    logo = Logo(genre, octets, "Blason de la ville")
    document = un_document(
        "convention_sante", Adaptation(numero=1, depuis=date(2026, 1, 1), entete=("Ville",), logo=logo)
    )
    assert PdfReader(io.BytesIO(FORMATS["pdf"].ecrire(document))).trailer["/Root"]["/MarkInfo"]["/Marked"]
    archive = zipfile.ZipFile(io.BytesIO(FORMATS["odt"].ecrire(document)))
    assert any(archive.read(nom) == octets for nom in archive.namelist())
    assert "Blason de la ville" in archive.read("content.xml").decode()


@pytest.mark.parametrize(
    "dedans",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<image href="http://exemple.invalid/x.png"/>',
        '<use href="http://exemple.invalid/x.svg#a"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        "<foreignObject><p>texte</p></foreignObject>",
        "<style>@import url(http://exemple.invalid/x.css)</style>",
        '<path d="M0 0" style="fill:url(http://exemple.invalid/x)"/>',
        '<path d="M0 0" fill="url(data:image/png;base64,AAAA)"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        "<text>Du texte</text>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    ],
)
def test_un_svg_qui_contient_autre_chose_que_du_dessin_est_refuse(dedans):
    assert juger_logo(svg(dedans)).codes == ("logo_svg_actif",)


@pytest.mark.parametrize(
    "octets",
    [
        b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg("<title>&a;</title>"),
        b'<?xml-stylesheet href="x.css"?>' + DESSIN,
        svg("<path/>", 'viewBox="0 0 1 1"'),
        b"<html><svg xmlns='http://www.w3.org/2000/svg'/></html>",
    ],
)
def test_un_svg_qui_se_deguise_est_refuse(octets):
    assert not juger_logo(octets).ok


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"GIF89a" + bytes(50), "logo_genre"),
        (b"%PDF-1.7", "logo_genre"),
        (b"", "logo_genre"),
        (png()[:40], "logo_abime"),
        (b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + struct.pack(">II", 60_000, 60_000) + bytes(20) + b"IEND",
         "logo_trop_grand"),
        (png() + bytes(OCTETS_MAX), "logo_trop_lourd"),
        (b"<svg", "logo_abime"),
    ],
)  # fmt: skip
def test_un_fichier_qui_n_est_pas_un_logo_est_refuse_avec_son_motif(octets, code):
    assert juger_logo(octets).codes == (code,)


def test_les_textes_d_une_adaptation_sont_bornes_et_a_leur_place():
    bon = {"entete": ["Ville"], "signataire": "Alex", "qualite": "Maire", "paragraphes": {"objet": "Un mot."}}
    assert juger_adaptation(**bon, places=["objet"]).ok
    assert juger_adaptation(**bon, places=[]).codes == ("place_inconnue",)
    assert juger_adaptation(**{**bon, "qualite": ""}, places=["objet"]).codes == ("signataire_incomplet",)
    assert juger_adaptation(**{**bon, "entete": ["x"] * 6}, places=["objet"]).codes == ("entete_longue",)
    long = {**bon, "paragraphes": {"objet": "x" * 2000}}
    assert juger_adaptation(**long, places=["objet"]).codes == ("paragraphe_long",)
