"""Encrypt what the register keeps of a file, with a key that is not in the database.

AES-256-GCM; the associated data names the table, the cercle and the row's random id, so that a content moved
to another row no longer opens. The key is derived from the secret of the installation (RFC 5869): a copy of
the database alone says nothing.
"""

import secrets
from functools import cache
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

USAGE: Final = b"maillage.droits.coffret.1"
NONCE: Final = 12


class ContenuIllisible(RuntimeError):
    """Altered, moved to another row, or written under another secret."""


@cache
def _cle(secret: str) -> AESGCM:
    derivee = HKDF(algorithm=SHA256(), length=32, salt=None, info=USAGE).derive(secret.encode())
    return AESGCM(derivee)


def _lie(table: str, cercle: int, ligne: UUID) -> bytes:
    return f"{table}|{cercle}|{ligne}".encode()


def sceller(clair: bytes, *, table: str, cercle: int, ligne: UUID) -> bytes:
    """The content as it is stored in that row."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cle(settings.SECRET_KEY).encrypt(nonce, clair, _lie(table, cercle, ligne))


def ouvrir(scelle: bytes | memoryview, *, table: str, cercle: int, ligne: UUID) -> bytes:
    """The content in clear, whether under the secret in service or a former one.

    Raises ``ContenuIllisible``.
    """
    octets, lien = bytes(scelle), _lie(table, cercle, ligne)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _cle(secret).decrypt(octets[:NONCE], octets[NONCE:], lien)
        except (InvalidTag, ValueError):
            continue
    raise ContenuIllisible
