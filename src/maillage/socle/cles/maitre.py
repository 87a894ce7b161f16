"""The key that wraps the others, outside PostgreSQL: an interface, and a file that implements it.

The interface only wraps and unwraps: a hardware module (PKCS#11) that never gives its key away fits it.
No Django, no database.
"""

from __future__ import annotations

import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ENTETE: Final = "maillage-cle-maitresse-1"
_NONCE: Final = 12


class MaitreRefusee(Exception):
    """The master key cannot be used: one sentence."""


class CleMaitresse(Protocol):
    """What wraps data keys. Each key it holds is told by its fingerprint; one of them is current."""

    def courante(self) -> str:
        """The fingerprint of the key that wraps. Raises ``MaitreRefusee``."""

    def connues(self) -> tuple[str, ...]:
        """The fingerprints of every key it can unwrap with, the current one first."""

    def envelopper(self, empreinte: str, cle: bytes, lien: bytes) -> bytes:
        """Wrap a data key with that key, bound to what it opens."""

    def developper(self, empreinte: str, enveloppe: bytes, lien: bytes) -> bytes:
        """Unwrap it. Raises ``MaitreRefusee``."""

    def tirer(self) -> str:
        """Draw a new key, from now on the current one; the former ones stay."""

    def retirer(self, empreinte: str) -> None:
        """Forget a former key, once nothing is wrapped with it."""


def empreinte_de(cle: bytes) -> str:
    """What names a key without telling it."""
    return sha256(b"maillage-cle-maitresse|" + cle).hexdigest()[:16]


class FichierMaitre:
    """Keys in a file that its owner alone reads, one a line, the current one first.

    Read again whenever it has changed: a rotation made by a command is seen by the service at once.
    """

    def __init__(self, chemin: Path) -> None:
        self.chemin = chemin
        self._vu: tuple[int, int, int] | None = None
        self._cles: dict[str, AESGCM] = {}

    def courante(self) -> str:
        return next(iter(self._lues()))

    def connues(self) -> tuple[str, ...]:
        return tuple(self._lues())

    def existe(self) -> bool:
        return self.chemin.exists()

    def envelopper(self, empreinte: str, cle: bytes, lien: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._une(empreinte).encrypt(nonce, cle, lien)

    def developper(self, empreinte: str, enveloppe: bytes, lien: bytes) -> bytes:
        try:
            return self._une(empreinte).decrypt(enveloppe[:_NONCE], enveloppe[_NONCE:], lien)
        except (InvalidTag, ValueError) as erreur:
            raise MaitreRefusee("une clé de dossier a été changée dans le coffre.") from erreur

    def tirer(self) -> str:
        cles = dict(self._relues()) if self.existe() else {}
        nouvelle = AESGCM.generate_key(256)
        self._ecrire({empreinte_de(nouvelle): nouvelle, **cles})
        return empreinte_de(nouvelle)

    def retirer(self, empreinte: str) -> None:
        cles = dict(self._relues())
        if next(iter(cles)) == empreinte:
            raise MaitreRefusee("la clé maîtresse en service ne se retire pas.")
        if cles.pop(empreinte, None) is not None:
            self._ecrire(cles)

    def _une(self, empreinte: str) -> AESGCM:
        cle = self._cles.get(empreinte) or self._lues().get(empreinte)
        if cle is None:
            raise MaitreRefusee(
                f"la clé maîtresse {empreinte} manque : remettez le fichier {self.chemin} d’origine."
            )
        return cle

    def _lues(self) -> Mapping[str, AESGCM]:
        """The keys of the file, from memory while it has not changed."""
        try:
            etat = self.chemin.stat()
        except OSError as erreur:
            raise MaitreRefusee(f"le fichier de la clé maîtresse {self.chemin} manque.") from erreur
        vu = (etat.st_mtime_ns, etat.st_ino, etat.st_size)
        if vu != self._vu:
            cles = {empreinte: AESGCM(octets) for empreinte, octets in self._relues().items()}
            self._cles, self._vu = cles, vu
        return self._cles

    def _relues(self) -> dict[str, bytes]:
        try:
            if self.chemin.stat().st_mode & 0o077:
                raise MaitreRefusee(
                    f"le fichier {self.chemin} est lisible par d’autres comptes : "
                    "fermez-le par « chmod 600 »."
                )
            entete, *lignes = self.chemin.read_text("ascii").splitlines()
            cles = {}
            for ligne in lignes:
                empreinte, texte = ligne.split()
                octets = b64decode(texte, validate=True)
                if len(octets) != 32 or empreinte_de(octets) != empreinte:
                    raise ValueError
                cles[empreinte] = octets
            if entete != ENTETE or not cles:
                raise ValueError
        except (OSError, ValueError) as erreur:
            raise MaitreRefusee(f"le fichier {self.chemin} ne contient pas de clé maîtresse.") from erreur
        return cles

    def _ecrire(self, cles: Mapping[str, bytes]) -> None:
        """In one step: a command killed here leaves the former file, never half of one."""
        self.chemin.parent.mkdir(parents=True, exist_ok=True)
        provisoire = self.chemin.with_name(f".{self.chemin.name}.{secrets.token_hex(4)}")
        lignes = [ENTETE, *(f"{empreinte} {b64encode(o).decode()}" for empreinte, o in cles.items())]
        descripteur = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
                sortie.write("\n".join(lignes) + "\n")
                sortie.flush()
                os.fsync(sortie.fileno())
            provisoire.replace(self.chemin)
            dossier = os.open(self.chemin.parent, os.O_RDONLY)
            try:
                os.fsync(dossier)
            finally:
                os.close(dossier)
        finally:
            provisoire.unlink(missing_ok=True)
            self._vu, self._cles = None, {}
