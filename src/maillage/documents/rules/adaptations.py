"""What a council may put in a template without code: short lines, a small harmless image. Pure.

No image is processed: its first bytes say what it is, its declared size is bounded, and an SVG that holds
anything but drawing is refused rather than cleaned.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal
from xml.etree import ElementTree

from maillage.droit.api import Force, Motif, Verdict

OCTETS_MAX: Final = 200_000
POINTS_MAX: Final = 4_000
PROFONDEUR_MAX: Final = 32
LIGNES_MAX: Final = 5
LIGNE_MAX: Final = 90
PARAGRAPHE_MAX: Final = 1_500
PNG: Final = b"\x89PNG\r\n\x1a\n"
#: The chunks of a PNG without which the picture would not be the same.
MORCEAUX_D_IMAGE: Final = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND"}
)
SVG: Final = "http://www.w3.org/2000/svg"
#: Drawing, and nothing that runs, loads, animates or writes HTML.
DESSIN: Final = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "defs",
     "linearGradient", "radialGradient", "stop", "clipPath"}
)  # fmt: skip
INTERDITS: Final = re.compile(r"<!|<\?(?!xml[ \t])|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
EXTERNE: Final = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import|expression|javascript:|data:", re.IGNORECASE)
BASE: Final = "Règle d’usage de Maillage : un document ne porte que du texte et un dessin inerte"


def _motif(code: str, texte: str) -> Motif:
    return Motif(code=code, texte=texte, base_legale=BASE, force=Force.USAGE)


def genre_de_logo(octets: bytes) -> Literal["png", "svg"] | None:
    """What the bytes are, whatever the file's name says."""
    if octets.startswith(PNG):
        return "png"
    return "svg" if b"<svg" in octets[:2000] else None


def juger_logo(octets: bytes) -> Verdict:
    """A PNG or an SVG of reasonable size that only draws."""
    if len(octets) > OCTETS_MAX:
        return Verdict.refus([_motif("logo_trop_lourd", "Le logo pèse plus de 200 ko.")])
    genre = genre_de_logo(octets)
    if genre is None:
        return Verdict.refus([_motif("logo_genre", "Le logo n’est ni une image PNG ni un dessin SVG.")])
    return Verdict.selon(_fautes_png(octets) if genre == "png" else _fautes_svg(octets))


def _fautes_png(octets: bytes) -> list[Motif]:
    if len(octets) < 33 or octets[12:16] != b"IHDR" or b"IEND" not in octets[-16:]:
        return [_motif("logo_abime", "Le fichier PNG est incomplet.")]
    largeur, hauteur = struct.unpack(">II", octets[16:24])
    if not (0 < largeur <= POINTS_MAX and 0 < hauteur <= POINTS_MAX):
        return [_motif("logo_trop_grand", "Le logo dépasse 4 000 points de côté.")]
    if any(zlib.crc32(nom + donnees) != somme for nom, donnees, somme, _ in _morceaux(octets)):
        return [_motif("logo_abime", "Le fichier PNG est abîmé.")]
    return []


def _morceaux(octets: bytes) -> Iterator[tuple[bytes, bytes, int, bytes]]:
    """Each chunk of a PNG: its name, its data, the sum it declares, and its bytes as they stand."""
    debut = len(PNG)
    while debut + 12 <= len(octets):
        (longueur,) = struct.unpack(">I", octets[debut : debut + 4])
        entier = octets[debut : debut + 12 + longueur]
        debut += 12 + longueur
        if len(entier) < 12 + longueur:
            return
        yield entier[4:8], entier[8:-4], struct.unpack(">I", entier[-4:])[0], entier


def _fautes_svg(octets: bytes) -> list[Motif]:
    refus = [
        _motif(
            "logo_svg_actif",
            "Ce dessin SVG contient autre chose que du dessin (programme, image liée, texte, style). "
            "Enregistrez-le en PNG ou en SVG simple.",
        )
    ]
    try:
        texte = octets.decode("utf-8")
        if INTERDITS.search(re.sub(r"<!--.*?-->", "", texte, flags=re.DOTALL)):
            return refus
        racine = ElementTree.fromstring(texte)
    except (UnicodeDecodeError, ElementTree.ParseError):
        return [_motif("logo_abime", "Le fichier SVG ne se lit pas.")]
    if racine.tag != f"{{{SVG}}}svg":
        return refus
    if _trop_profond(racine):
        return refus
    for element in racine.iter():
        espace, _, nom = str(element.tag).removeprefix("{").partition("}")
        if espace != SVG or nom not in DESSIN or any(map(_attribut_actif, element.attrib.items())):
            return refus
    return []


def _trop_profond(racine: ElementTree.Element) -> bool:
    """Drawings nest a few groups; thousands are there to exhaust who draws them."""
    rang, niveau = [racine], 0
    while rang and niveau <= PROFONDEUR_MAX:
        rang, niveau = [enfant for element in rang for enfant in element], niveau + 1
    return bool(rang)


def _attribut_actif(attribut: tuple[str, str]) -> bool:
    nom, valeur = attribut[0].rpartition("}")[2].lower(), attribut[1]
    if nom.startswith("on") or (nom == "href" and not valeur.startswith("#")):
        return True
    return EXTERNE.search(valeur) is not None


def sans_metadonnees(octets: bytes) -> bytes:
    """The image of an accepted logo and nothing else: no author, place, date, software nor comment.

    A document leaves with the file inside: what a camera or an editor wrote in it would leave too.
    """
    if genre_de_logo(octets) == "svg":
        return re.sub(rb"<!--.*?-->", b"", octets, flags=re.DOTALL)
    return PNG + b"".join(entier for nom, _, _, entier in _morceaux(octets) if nom in MORCEAUX_D_IMAGE)


def juger_adaptation(
    *,
    entete: Sequence[str],
    signataire: str,
    qualite: str,
    paragraphes: Mapping[str, str],
    places: Collection[str],
) -> Verdict:
    """The texts of an adaptation: bounded, and only at the places the template leaves open."""
    motifs = []
    if len(entete) > LIGNES_MAX or any(len(ligne) > LIGNE_MAX for ligne in entete):
        motifs.append(
            _motif(
                "entete_longue", f"L’en-tête a {LIGNES_MAX} lignes au plus, de {LIGNE_MAX} signes au plus."
            )
        )
    if bool(signataire) != bool(qualite):
        motifs.append(
            _motif("signataire_incomplet", "Indiquez le signataire et sa qualité, ou aucun des deux.")
        )
    if set(paragraphes) - set(places):
        motifs.append(_motif("place_inconnue", "Ce modèle ne laisse pas de place à ce paragraphe."))
    if any(len(texte) > PARAGRAPHE_MAX for texte in paragraphes.values()):
        motifs.append(_motif("paragraphe_long", f"Un paragraphe a {PARAGRAPHE_MAX} signes au plus."))
    return Verdict.selon(motifs)
