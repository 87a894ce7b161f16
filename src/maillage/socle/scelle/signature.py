"""The signing key of the heads: Ed25519, in a file outside PostgreSQL, and the public half others pin."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from binascii import Error
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


class CleIllisible(ValueError):
    """What was given is no key: told in one sentence."""


def cle_privee(fichier: Path) -> Ed25519PrivateKey:
    """The key of that file, created for its owner alone the first time. Raises ``CleIllisible``."""
    try:
        return _charger(fichier)
    except FileNotFoundError:
        pass
    fichier.parent.mkdir(parents=True, exist_ok=True)
    octets = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return _charger(fichier)
    with os.fdopen(descripteur, "wb") as sortie:
        sortie.write(octets)
        sortie.flush()
        os.fsync(sortie.fileno())
    return _charger(fichier)


def _charger(fichier: Path) -> Ed25519PrivateKey:
    try:
        cle = serialization.load_pem_private_key(fichier.read_bytes(), password=None)
    except (ValueError, TypeError) as erreur:
        raise CleIllisible(f"le fichier {fichier} ne contient pas une clé de signature.") from erreur
    if not isinstance(cle, Ed25519PrivateKey):
        raise CleIllisible(f"le fichier {fichier} ne contient pas une clé Ed25519.")
    return cle


def publique(cle: Ed25519PrivateKey) -> str:
    """The public half, in one line to be copied to those who check."""
    return _en_ligne(cle.public_key())


def _en_ligne(cle: Ed25519PublicKey) -> str:
    octets = cle.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return b64encode(octets).decode("ascii")


def lire_publique(texte: str) -> Ed25519PublicKey:
    """A public key written in one line. Raises ``CleIllisible``."""
    try:
        return Ed25519PublicKey.from_public_bytes(b64decode(texte.strip(), validate=True))
    except (ValueError, Error) as erreur:
        raise CleIllisible(
            "la clé publique n’est pas lisible : une ligne de 44 caractères est attendue."
        ) from erreur


def signer(cle: Ed25519PrivateKey, octets: bytes) -> str:
    """The signature, in base 64."""
    return b64encode(cle.sign(octets)).decode("ascii")


def signee(cle_publique: str, octets: bytes, signature: str) -> bool:
    """Whether that key signed these very bytes."""
    try:
        decodee = b64decode(signature, validate=True)
        if b64encode(decodee).decode("ascii") != signature:
            return False  # base 64 leaves a few bits unread: only one way to write it is accepted
        lire_publique(cle_publique).verify(decodee, octets)
    except (InvalidSignature, CleIllisible, ValueError, Error):
        return False
    return True
