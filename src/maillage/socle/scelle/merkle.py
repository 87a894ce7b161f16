"""Merkle tree hashing of RFC 9162, section 2.1, with SHA-256. Pure; memory grows with the logarithm only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

VIDE: Final = sha256(b"").digest()


def feuille(octets: bytes) -> bytes:
    """Hash of an entry: the prefix keeps a leaf from passing for a node."""
    return sha256(b"\x00" + octets).digest()


def noeud(gauche: bytes, droite: bytes) -> bytes:
    """Hash of an inner node."""
    return sha256(b"\x01" + gauche + droite).digest()


@dataclass(frozen=True, slots=True)
class Frontiere:
    """What is enough to go on: the perfect subtrees of a log of ``taille`` entries, from left to right.

    Their sizes are the powers of two of ``taille`` written in binary, the largest first.
    """

    taille: int = 0
    sommets: tuple[bytes, ...] = ()

    def ajouter(self, hachage: bytes) -> Frontiere:
        """The frontier with one leaf more."""
        sommets, reste = list(self.sommets), self.taille
        while reste & 1:
            hachage = noeud(sommets.pop(), hachage)
            reste >>= 1
        return Frontiere(self.taille + 1, (*sommets, hachage))

    @property
    def racine(self) -> bytes:
        """The Merkle tree head of the log so far."""
        if not self.sommets:
            return VIDE
        *gauches, acc = self.sommets
        for sommet in reversed(gauches):
            acc = noeud(sommet, acc)
        return acc


def frontiere(feuilles: Iterable[bytes], depuis: Frontiere | None = None) -> Frontiere:
    """The frontier after these leaves, in their order."""
    courante = depuis or Frontiere()
    for une in feuilles:
        courante = courante.ajouter(une)
    return courante


def _coupe(taille: int) -> int:
    """The largest power of two smaller than ``taille``."""
    return 1 << (taille - 1).bit_length() - 1


def preuve_d_inclusion(feuilles: Sequence[bytes], rang: int) -> tuple[bytes, ...]:
    """The audit path of the leaf of index ``rang`` (from 0), from the leaf up (RFC 9162, 2.1.3.1)."""
    if not 0 <= rang < len(feuilles):
        raise IndexError(rang)
    if len(feuilles) == 1:
        return ()
    coupe = _coupe(len(feuilles))
    gauche, droite = feuilles[:coupe], feuilles[coupe:]
    if rang < coupe:
        return (*preuve_d_inclusion(gauche, rang), frontiere(droite).racine)
    return (*preuve_d_inclusion(droite, rang - coupe), frontiere(gauche).racine)


def inclus(hachage: bytes, *, rang: int, taille: int, chemin: Sequence[bytes], racine: bytes) -> bool:
    """Whether that leaf is the one of index ``rang`` in the log of that head (RFC 9162, 2.1.3.2)."""
    if not 0 <= rang < taille:
        return False
    fn, sn, acc = rang, taille - 1, hachage
    for pas in chemin:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            acc = noeud(pas, acc)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            acc = noeud(acc, pas)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and acc == racine
