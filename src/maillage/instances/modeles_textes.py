"""Default texts of a groupe, shipped with the product in its own words, and how any text is laid out.

Source: written for Maillage on the basis of CSI L. 132-5 and of the reference framework of the CNIL
(délibération 2014-262). A council changes them as it wishes; the version says which model it began with.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from maillage.instances.models import GenreTexte
from maillage.interface.typographie import groupe_nomme


@dataclass(frozen=True, slots=True)
class ModeleDeTexte:
    """``version``: year and month of the model; ``contenu`` has the holes {conseil} and {groupe}.

    {groupe} follows an article: « le {groupe} ».
    """

    genre: str
    version: str
    contenu: str

    def rempli(self, *, conseil: str, groupe: str) -> str:
        return self.contenu.replace("{conseil}", conseil).replace("{groupe}", groupe_nomme(groupe))


@dataclass(frozen=True, slots=True)
class Bloc:
    """A piece of a text on screen: a title, a paragraph, or the items of a list."""

    genre: Literal["titre", "paragraphe", "liste"]
    lignes: tuple[str, ...]


@cache
def modele(genre: str) -> ModeleDeTexte:
    """The model of the charter or of the rules of procedure."""
    texte = files("maillage.instances").joinpath(f"donnees/{GenreTexte(genre).value}.txt").read_text("utf-8")
    entete, _, contenu = texte.partition("\n")
    return ModeleDeTexte(genre, entete.removeprefix("version:").strip(), contenu.strip())


def charte_de_prestataire(conseil: str) -> str:
    """The undertaking of a body that receives people: shorter, since it reads far less."""
    texte = files("maillage.instances").joinpath("donnees/charte_prestataire.txt").read_text("utf-8")
    return texte.partition("\n")[2].strip().replace("{conseil}", conseil)


def texte_propre(genre: str, texte: str, *, conseil: str, nom: str) -> str | None:
    """The text of that kind for a register beside the groupes, under its name; None where it needs none."""
    fichier = files("maillage.instances").joinpath(f"donnees/{genre}_{texte}.txt")
    if not fichier.is_file():
        return None
    contenu = fichier.read_text("utf-8").partition("\n")[2].strip()
    return contenu.replace("{conseil}", conseil).replace("{nom}", nom)


def decouper(contenu: str) -> list[Bloc]:
    """A plain text cut for the screen: a short line of its own is a title, dashes make a list."""
    blocs: list[Bloc] = []
    lignes = [ligne.strip() for ligne in contenu.splitlines()]
    for rang, ligne in enumerate(lignes):
        if not ligne:
            continue
        if ligne.startswith("- "):
            if blocs and blocs[-1].genre == "liste":
                blocs[-1] = Bloc("liste", (*blocs[-1].lignes, ligne[2:]))
            else:
                blocs.append(Bloc("liste", (ligne[2:],)))
        elif _est_titre(ligne, seule=rang == 0 or not lignes[rang - 1]):
            blocs.append(Bloc("titre", (ligne,)))
        else:
            blocs.append(Bloc("paragraphe", (ligne,)))
    return blocs


def _est_titre(ligne: str, *, seule: bool) -> bool:
    return seule and len(ligne) <= 80 and ligne[-1] not in ".;:!?»"
