"""The offline verifier: a file exported, a key pinned, a head kept by a guardian. No Django, no database.

It reads a line at a time and stops at the first fault: an entry altered, hidden, removed, moved, inserted,
or cut off.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

from maillage.socle.scelle.ecriture import FORMAT, Tete, canonique
from maillage.socle.scelle.merkle import Frontiere, feuille
from maillage.socle.scelle.signature import signee

#: Longest line read: an entry holds codes and pseudonyms.
LIGNE_MAX: Final = 1 << 20
_CLES_ENTREE: Final = frozenset({"rang", "le", "acteur", "evenement", "objet", "cercle", "details"})
_CLES_FEUILLE: Final = frozenset({"rang", "feuille"})
_CLES_TETE: Final = frozenset({"format", "taille", "racine", "le", "cle", "signature"})


class Faute(Exception):
    """The first thing wrong, in one sentence."""


@dataclass(frozen=True, slots=True)
class TeteSignee:
    """A head with who signed it: the first line of an export, or what a guardian kept."""

    tete: Tete
    cle: str
    signature: str

    def octets(self) -> bytes:
        """Its line, without the end of line."""
        corps = json.loads(self.tete.octets())
        return canonique({**corps, "cle": self.cle, "signature": self.signature})


@dataclass(frozen=True, slots=True)
class Constat:
    """What was checked. ``effacees``: entries past their term, of which only the hash remains.

    ``cle_epinglee`` is false when nobody said whose signature to expect: the file only agrees with itself.
    """

    taille: int
    racine: str
    effacees: int
    cle_epinglee: bool
    tete_connue: int | None


def lire_tete(ligne: bytes) -> TeteSignee:
    """A signed head as written. Raises ``Faute``; says nothing yet of its signature."""
    brut = _objet(ligne, "la première ligne")
    if set(brut) != _CLES_TETE or brut["format"] != FORMAT:
        raise Faute("la première ligne n’est pas la tête d’un journal de Maillage.")
    try:
        tete = Tete(
            taille=int(brut["taille"]),
            racine=bytes.fromhex(brut["racine"]),
            le=datetime.strptime(brut["le"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
        )
        lue = TeteSignee(tete, str(brut["cle"]), str(brut["signature"]))
    except (TypeError, ValueError) as erreur:
        raise Faute("la tête du journal est illisible.") from erreur
    if lue.octets() != ligne:
        raise Faute("la tête du journal n’est pas écrite comme elle a été signée.")
    return lue


def verifier(fichier: BinaryIO, *, cle: str = "", connue: TeteSignee | None = None) -> Constat:
    """Check a whole export. Raises ``Faute`` at the first thing wrong.

    ``cle``: the public key expected. ``connue``: a head kept earlier, of which this journal must be the
    continuation.
    """
    lignes = _lignes(fichier)
    premiere = next(lignes, None)
    if premiere is None:
        raise Faute("le fichier est vide.")
    annoncee = lire_tete(premiere)
    _exiger_la_signature(annoncee, cle)
    if connue is not None:
        _exiger_la_signature(connue, cle or annoncee.cle)
        if connue.tete.taille > annoncee.tete.taille:
            raise Faute(
                f"ce journal compte {annoncee.tete.taille} entrées, et celui que vous avez gardé en comptait "
                f"{connue.tete.taille} : la fin a été coupée."
            )
    courante, effacees = Frontiere(), 0
    _comparer(connue, courante)
    for ligne in lignes:
        rang = courante.taille + 1
        if rang > annoncee.tete.taille:
            raise Faute(f"ligne {rang + 1} : une entrée a été ajoutée après la dernière qui est signée.")
        hachage, effacee = _entree(ligne, rang)
        if effacee and effacees < courante.taille:
            raise Faute(
                f"ligne {rang + 1} : l’entrée {rang} est cachée alors qu’une plus ancienne est lisible."
            )
        courante = courante.ajouter(hachage)
        effacees += effacee
        _comparer(connue, courante)
    if courante.taille < annoncee.tete.taille:
        raise Faute(
            f"le fichier s’arrête à l’entrée {courante.taille}, la tête en annonce {annoncee.tete.taille} : "
            "la fin a été coupée."
        )
    if courante.racine != annoncee.tete.racine:
        raise Faute(
            "une entrée au moins a été changée, retirée ou déplacée : "
            "le contenu ne mène pas à la racine signée."
        )
    return Constat(
        courante.taille,
        courante.racine.hex(),
        effacees,
        bool(cle),
        connue.tete.taille if connue is not None else None,
    )


def _exiger_la_signature(tete: TeteSignee, cle: str) -> None:
    if cle and tete.cle != cle:
        raise Faute("la tête du journal est signée par une autre clé que celle attendue.")
    if not signee(tete.cle, tete.tete.octets(), tete.signature):
        raise Faute("la signature de la tête du journal n’est pas bonne.")


def _comparer(connue: TeteSignee | None, courante: Frontiere) -> None:
    if connue is None or connue.tete.taille != courante.taille:
        return
    if connue.tete.racine != courante.racine:
        raise Faute(
            f"les {courante.taille} premières entrées ne sont plus celles de la tête que vous avez gardée."
        )


def _lignes(fichier: BinaryIO) -> Iterator[bytes]:
    while ligne := fichier.readline(LIGNE_MAX):
        if not ligne.endswith(b"\n"):
            raise Faute("le fichier a été coupé au milieu d’une ligne.")
        yield ligne[:-1]


def _objet(ligne: bytes, ou: str) -> dict[str, Any]:
    try:
        brut = json.loads(ligne.decode("ascii"))
    except (UnicodeDecodeError, ValueError) as erreur:
        raise Faute(f"{ou} n’est pas lisible.") from erreur
    if not isinstance(brut, dict):
        raise Faute(f"{ou} n’est pas lisible.")
    return brut


def _entree(ligne: bytes, rang: int) -> tuple[bytes, bool]:
    """The hash of that line, and whether only its hash was kept."""
    ou = f"ligne {rang + 1}"
    brut = _objet(ligne, ou)
    if canonique(brut) != ligne:
        raise Faute(f"{ou} : l’entrée a été réécrite.")
    if set(brut) not in (_CLES_ENTREE, _CLES_FEUILLE):
        raise Faute(f"{ou} : ce n’est pas une entrée du journal.")
    if brut["rang"] != rang:
        raise Faute(f"{ou} : l’entrée {brut['rang']} est à la place de l’entrée {rang}.")
    if "feuille" not in brut:
        return feuille(ligne), False
    try:
        gardee = bytes.fromhex(brut["feuille"])
    except (TypeError, ValueError):
        gardee = b""
    if len(gardee) != 32 or gardee.hex() != brut["feuille"]:
        raise Faute(f"{ou} : l’empreinte de l’entrée {rang} est illisible.")
    return gardee, True
