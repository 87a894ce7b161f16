"""What is sent to exhaust the server or to pass for something else: heavy bodies, bombs, disguises."""

import io
import struct
import zipfile
import zlib

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.attaques.decor import navigateur
from tests.instances.fabriques import conseil, coordonnateur

from maillage.documents.models import Adaptation
from maillage.documents.rules.adaptations import juger_logo, sans_metadonnees
from maillage.socle.temps import aujourd_hui

BORNE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"'


def morceau(nom: bytes, donnees: bytes) -> bytes:
    return struct.pack(">I", len(donnees)) + nom + donnees + struct.pack(">I", zlib.crc32(nom + donnees))


def png(largeur: int = 1, hauteur: int = 1, *, autres: bytes = b"") -> bytes:
    entete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + morceau(b"IHDR", entete)
        + autres
        + morceau(b"IDAT", zlib.compress(b"\x00" + b"\x10\x60\x80" * largeur))
        + morceau(b"IEND", b"")
    )


def archive(nom: str, contenu: bytes) -> bytes:
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as ecrite:
        ecrite.writestr(nom, contenu)
    return tampon.getvalue()


BOMBES = {
    "archive": archive("bombe.txt", b"0" * 5_000_000),
    "tableur": archive("content.xml", b"<a/>" * 1_000_000),
    "image immense": png(60_000, 60_000),
    "image large": png(4_001, 1),
    "image coupée": png()[:-8],
    "image abîmée": png().replace(b"IDAT", b"IDAX"),
    "entités": b'<!DOCTYPE s [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + f"<svg {SVG}>&b;</svg>".encode(),
    "dessin sans fond": f"<svg {SVG}>{'<g>' * 20_000}{'</g>' * 20_000}</svg>".encode(),
    "page": b"<html><script>alert(1)</script></html>",
    "trop lourd": png(autres=morceau(b"tEXt", b"x" * 200_001)),
}


def multipart(taille: int) -> tuple[bytes, str]:
    """A form with one file of that size."""
    tete = b'--lim\r\nContent-Disposition: form-data; name="logo"; filename="l.png"\r\n\r\n'
    return tete + b"0" * taille + b"\r\n--lim--\r\n", "multipart/form-data; boundary=lim"


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", ["/connexion/", "/affichage/", "/garde/"])
def test_un_corps_trop_lourd_n_est_pas_lu_meme_d_un_inconnu(adresse):
    client = Client(raise_request_exception=False)
    lourds = {
        "champs": (b"a=" + b"x" * BORNE, "application/x-www-form-urlencoded"),
        "fichier": multipart(BORNE),
        "trop de champs": (b"a=1&" * 1_001, "application/x-www-form-urlencoded"),
        "trop de fichiers": (
            b"".join(
                b'--lim\r\nContent-Disposition: form-data; name="f"; filename="%d"\r\n\r\n0\r\n' % n
                for n in range(101)
            )
            + b"--lim--\r\n",
            "multipart/form-data; boundary=lim",
        ),
    }
    for nom, (corps, genre) in lourds.items():
        reponse = client.generic("POST", adresse, corps, genre)
        assert reponse.status_code == 400, f"{adresse} {nom}"


@pytest.mark.django_db
def test_un_corps_dans_la_borne_est_lu():
    client = Client(raise_request_exception=False)
    corps, genre = multipart(BORNE - 1_000)
    assert client.generic("POST", "/affichage/", corps, genre).status_code == 303


@pytest.mark.parametrize("bombe", BOMBES.values(), ids=BOMBES)
def test_une_bombe_n_est_pas_un_logo(bombe):
    assert not juger_logo(bombe).ok


@pytest.mark.django_db
def test_aucune_bombe_n_entre_par_la_page(fabrique):
    ici = conseil()
    client = navigateur(coordonnateur())
    adresse = reverse("documents:adapter", args=[ici.public_id, "convention_sante"])
    for nom, bombe in BOMBES.items():
        envoi = {
            "depuis": aujourd_hui().isoformat(),
            "logo": SimpleUploadedFile("logo.png", bombe, "image/png"),
            "logo_description": "Blason",
        }
        assert client.post(adresse, envoi).status_code == 422, nom
    with fabrique():
        assert not Adaptation.objects.exists()


def test_un_logo_garde_son_image_et_perd_ce_qu_il_dit_de_son_auteur():
    """ASVS 14.2.8: a document leaves with the file inside."""
    bavard = (
        morceau(b"tEXt", b"Author\x00Zucanari")
        + morceau(b"eXIf", b"GPS canari")
        + morceau(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"canari" * 1000))
        + morceau(b"tIME", b"\x07\xea\x01\x01\x00\x00\x00")
        + morceau(b"iCCP", b"canari\x00\x00" + zlib.compress(b"0" * 100_000))
    )
    gardes = morceau(b"pHYs", b"\x00\x00\x0b\x13\x00\x00\x0b\x13\x01")
    assert juger_logo(png(autres=gardes + bavard)).ok
    assert sans_metadonnees(png(autres=gardes + bavard)) == png(autres=gardes)
    dessin = f'<svg {SVG}><!-- Zucanari, poste 12 --><path d="M0 0h9"/></svg>'.encode()
    assert juger_logo(dessin).ok
    assert sans_metadonnees(dessin) == f'<svg {SVG}><path d="M0 0h9"/></svg>'.encode()


def test_ce_qui_suit_la_fin_d_une_image_n_est_pas_garde():
    """A file that is two things at once leaves its second half at the door."""
    assert sans_metadonnees(png() + archive("page.html", b"<script>")) == png()
