"""A file nobody reads without its key: AES-256-GCM by pieces, in constant memory. No Django, no database.

Each piece is bound to its place and to whether it is the last: a piece moved, removed, or cut off at the end
is refused. The key is a file of its own, kept elsewhere than the backups.
"""

from __future__ import annotations

import io
import os
from base64 import b64decode, b64encode
from binascii import Error
from pathlib import Path
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ENTETE: Final = b"maillage-sauvegarde-1\n"
MORCEAU: Final = 1 << 20
_SEL, _MARQUE, _NUMERO = 8, 16, 4


class CoffreRefuse(Exception):
    """The file or its key will not do: one sentence."""


def cle_de_sauvegarde(fichier: Path) -> bytes:
    """The key of that file, drawn for its owner alone the first time. Raises ``CoffreRefuse``."""
    try:
        return lire_cle(fichier)
    except FileNotFoundError:
        pass
    fichier.parent.mkdir(parents=True, exist_ok=True)
    try:
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another command was first
        return lire_cle(fichier)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(b64encode(AESGCM.generate_key(256)) + b"\n")
        sortie.flush()
        os.fsync(sortie.fileno())
    return lire_cle(fichier)


def lire_cle(fichier: Path) -> bytes:
    """The key of that file. Raises ``CoffreRefuse``, or ``FileNotFoundError``."""
    try:
        cle = b64decode(fichier.read_bytes().strip(), validate=True)
    except (ValueError, Error) as erreur:
        raise CoffreRefuse(f"le fichier {fichier} ne contient pas une clé de sauvegarde.") from erreur
    if len(cle) != 32:
        raise CoffreRefuse(f"le fichier {fichier} ne contient pas une clé de sauvegarde.")
    return cle


class Ecriture(io.RawIOBase):
    """A writable stream that encrypts; ``close`` writes the last piece."""

    def __init__(self, sortie: BinaryIO, cle: bytes) -> None:
        self._sortie, self._chiffre = sortie, AESGCM(cle)
        self._sel, self._numero, self._reste = os.urandom(_SEL), 0, bytearray()
        sortie.write(ENTETE + self._sel)

    def writable(self) -> bool:
        return True

    def write(self, octets: Any, /) -> int:
        lus = bytes(octets)
        self._reste += lus
        while len(self._reste) > MORCEAU:  # one piece at least is left for the end
            self._morceau(bytes(self._reste[:MORCEAU]), dernier=False)
            del self._reste[:MORCEAU]
        return len(lus)

    def close(self) -> None:
        if not self.closed:
            self._morceau(bytes(self._reste), dernier=True)
        super().close()

    def _morceau(self, clair: bytes, *, dernier: bool) -> None:
        self._sortie.write(self._chiffre.encrypt(_nonce(self._sel, self._numero), clair, _lien(dernier)))
        self._numero += 1


class Lecture(io.RawIOBase):
    """A readable stream that decrypts. Raises ``CoffreRefuse`` at the first piece that is not as written."""

    def __init__(self, entree: BinaryIO, cle: bytes) -> None:
        if entree.read(len(ENTETE)) != ENTETE:
            raise CoffreRefuse("ce fichier n’est pas une sauvegarde de Maillage.")
        self._entree, self._chiffre = entree, AESGCM(cle)
        self._sel, self._numero = entree.read(_SEL), 0
        self._avance = entree.read(MORCEAU + _MARQUE)
        self._clair, self._fini = b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, tampon: Any, /) -> int:
        vue = memoryview(tampon)
        while not self._clair and not self._fini:
            self._ouvrir_un_morceau()
        pris = min(len(vue), len(self._clair))
        vue[:pris] = self._clair[:pris]
        self._clair = self._clair[pris:]
        return pris

    def _ouvrir_un_morceau(self) -> None:
        morceau, self._avance = self._avance, self._entree.read(MORCEAU + _MARQUE)
        dernier = not self._avance
        try:
            self._clair = self._chiffre.decrypt(_nonce(self._sel, self._numero), morceau, _lien(dernier))
        except (InvalidTag, ValueError) as erreur:
            raise CoffreRefuse(
                "la sauvegarde ne s’ouvre pas : ce n’est pas sa clé, ou elle a été changée ou coupée."
            ) from erreur
        self._numero, self._fini = self._numero + 1, dernier


def _nonce(sel: bytes, numero: int) -> bytes:
    return sel + numero.to_bytes(_NUMERO, "big")


def _lien(dernier: bool) -> bytes:
    return ENTETE + (b"fin" if dernier else b"suite")
