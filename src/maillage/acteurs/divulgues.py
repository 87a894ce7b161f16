"""The known passwords shipped with the product: nothing is asked of the outside when one is chosen.

``donnees/divulgues.bin`` holds sorted digests of five bytes: a password is looked for by halves, in
constant memory, and the file shows nobody a list of words. ``donnees/divulgues.yaml`` says its sources.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b, sha256
from importlib.resources import files
from typing import Any, Final

import yaml

from maillage.acteurs.regles_secrets import plat

#: Five bytes: among sixty thousand entries, one password in eighteen million is refused for nothing.
OCTETS: Final = 5
LISTE, FICHE = "divulgues.bin", "divulgues.yaml"


@dataclass(frozen=True, slots=True)
class FicheDeLaListe:
    """What is known of the list: how many passwords, made when, from what."""

    nombre: int
    etablie_le: date
    empreinte: str
    sources: tuple[str, ...]


def empreinte(mot_de_passe: str) -> bytes:
    """The digest under which a password is listed: case and accents do not count."""
    return blake2b(plat(mot_de_passe).encode(), digest_size=OCTETS).digest()


def divulgue(mot_de_passe: str) -> bool:
    """Whether this password is in the list."""
    liste, cherche = _liste(), empreinte(mot_de_passe)
    debut, fin = 0, len(liste) // OCTETS
    while debut < fin:
        milieu = (debut + fin) // 2
        lue = liste[milieu * OCTETS : (milieu + 1) * OCTETS]
        if lue == cherche:
            return True
        debut, fin = (milieu + 1, fin) if lue < cherche else (debut, milieu)
    return False


def fiche() -> FicheDeLaListe:
    """The list's own card."""
    lu: dict[str, Any] = yaml.safe_load(_donnees(FICHE))
    sources = tuple(str(source["nom"]) for source in lu["sources"])
    return FicheDeLaListe(lu["nombre"], lu["etablie_le"], lu["empreinte"], sources)


def intacte() -> bool:
    """Whether the list is the one its card describes."""
    liste, dite = _liste(), fiche()
    return len(liste) == dite.nombre * OCTETS and sha256(liste).hexdigest() == dite.empreinte


@cache
def _liste() -> bytes:
    return _donnees(LISTE)


def _donnees(nom: str) -> bytes:
    return files("maillage.acteurs").joinpath("donnees", nom).read_bytes()
