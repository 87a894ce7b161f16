"""A sealed value: AES-256-GCM under the key of its file, bound to the place where it stands.

Pure. What is bound: table, row, field, version. A value moved to another row or another field, or put back
from an earlier version of the row, does not open. The header says which generation of the key sealed it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT: Final = 1
_ENTETE: Final = 3
_NONCE: Final = 12
_MARQUE: Final = 16


class ScelleRompu(Exception):
    """The value was changed or moved, or this is not its key."""


@dataclass(frozen=True, slots=True)
class CleDeDossier:
    """The data key of one file: ``objet`` is its pseudonym, ``generation`` counts its renewals from 1."""

    objet: UUID
    generation: int
    octets: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a sealed value stands: what it is bound to."""

    table: str
    ligne: UUID
    champ: str
    version: int

    def lien(self) -> bytes:
        return f"maillage-{FORMAT}|{self.table}|{self.ligne}|{self.champ}|{self.version}".encode()


def tirer(objet: UUID, generation: int = 1) -> CleDeDossier:
    """A new key for a file."""
    return CleDeDossier(objet, generation, AESGCM.generate_key(256))


def sceller(cle: CleDeDossier, clair: bytes, lieu: Lieu) -> bytes:
    """The value as it is kept."""
    nonce = os.urandom(_NONCE)
    entete = bytes((FORMAT,)) + cle.generation.to_bytes(2, "big")
    return entete + nonce + AESGCM(cle.octets).encrypt(nonce, clair, entete + lieu.lien())


def generation(scelle: bytes) -> int:
    """Which generation of its key sealed this value. Raises ``ScelleRompu``."""
    if len(scelle) < _ENTETE + _NONCE + _MARQUE or scelle[0] != FORMAT:
        raise ScelleRompu("ce n’est pas une valeur scellée.")
    return int.from_bytes(scelle[1:_ENTETE], "big")


def ouvrir(cles: Mapping[int, CleDeDossier], scelle: bytes, lieu: Lieu) -> bytes:
    """What was sealed there, with the file's keys by generation. Raises ``ScelleRompu``."""
    cle = cles.get(generation(scelle))
    if cle is None:
        raise ScelleRompu("la clé de cette valeur n’est plus là.")
    entete, nonce, corps = scelle[:_ENTETE], scelle[_ENTETE : _ENTETE + _NONCE], scelle[_ENTETE + _NONCE :]
    try:
        return AESGCM(cle.octets).decrypt(nonce, corps, entete + lieu.lien())
    except InvalidTag as erreur:
        raise ScelleRompu("cette valeur a été changée ou déplacée.") from erreur
