"""The folder of the archives: base backups, and the journal of writes segment by segment, all encrypted.

The server leaves each closed segment in a folder of its own (``sas``); ``passer`` encrypts it into the
archives, on the disk, and only then takes it away. Run twice, or killed anywhere, it changes nothing.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from maillage.projet.sauvegardes.coffre import CoffreRefuse, Ecriture, Lecture
from maillage.projet.sauvegardes.fichiers import EN_COURS, ecrire_entier
from maillage.projet.sauvegardes.rules import (
    ArchivesRefusees,
    a_oter,
    nom_archive,
    remis_par_le_serveur,
)
from maillage.socle.postgres.chemins import Chemins
from maillage.socle.postgres.compte import proprietaire_des_fichiers
from maillage.socle.postgres.verrou import Verrou

#: The list of what was erased goes with the archives: brought back without it, they would undo erasures.
LISTE: Final = "effacements.msl"
_SORTE_SEGMENT, _SORTE_LISTE = "segment", "effacements"


@dataclass(frozen=True, slots=True)
class Passage:
    """What one pass did: segments archived, files taken away because their days are over."""

    archives: int
    otes: int


def dossier_des_archives(chemins: Chemins) -> Path | None:
    """Where the archives of this server are; None where they are not open. Raises ``ArchivesRefusees``."""
    try:
        return Path(json.loads(chemins.archives.read_text(encoding="utf-8"))["dossier"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as erreur:
        raise ArchivesRefusees(f"le fichier {chemins.archives} est illisible.") from erreur


def noms(dossier: Path) -> list[str]:
    """Every file of the archives. Raises ``ArchivesRefusees`` where the folder is not there."""
    try:
        return sorted(fichier.name for fichier in dossier.iterdir() if fichier.is_file())
    except OSError as erreur:
        raise ArchivesRefusees(f"le dossier {dossier} ne se lit pas ({type(erreur).__name__}).") from erreur


def en_attente(chemins: Chemins) -> list[Path]:
    """What the server has left and nobody has archived yet, in its order."""
    if not chemins.sas.is_dir():
        return []
    return sorted(fichier for fichier in chemins.sas.iterdir() if remis_par_le_serveur(fichier.name))


def passer(
    chemins: Chemins,
    dossier: Path,
    cle: bytes,
    *,
    effacements: Path | None = None,
    instant: datetime | None = None,
) -> Passage:
    """Archive what waits, the list of what was erased, then take away what is past its days.

    Raises ``OSError`` where the archives cannot be written, ``ArchivesRefusees`` where two different segments
    bear one name: nothing leaves the server's side then.
    """
    with _seul(chemins) as libre:
        if not libre:
            return Passage(0, 0)
        noms(dossier)
        faits = 0
        for fichier in en_attente(chemins):
            _archiver(fichier, dossier, cle)
            faits += 1
        if effacements is not None:
            _recopier_la_liste(effacements, dossier, cle)
        return Passage(faits, elaguer(dossier, instant or datetime.now(UTC)))


def elaguer(dossier: Path, instant: datetime) -> int:
    """Take away what is past its days; how many files."""
    vieux = a_oter(noms(dossier), instant)
    for nom in vieux:
        (dossier / nom).unlink(missing_ok=True)
    return len(vieux)


@contextmanager
def _seul(chemins: Chemins) -> Iterator[bool]:
    """One pass at a time; the lock goes with the process."""
    verrou = Verrou(chemins.verrous / "archives", proprietaire_des_fichiers(chemins.dossier))
    try:
        yield verrou.essayer()
    finally:
        verrou.fermer()


def _archiver(fichier: Path, dossier: Path, cle: bytes) -> None:
    """The segment is whole in the archives, on the disk, before it leaves the server's side."""
    octets = fichier.read_bytes()
    garde = dossier / nom_archive(fichier.name)
    if not garde.exists() or not _le_meme(garde, cle, fichier.name, octets):
        ecrire_scelle(garde, cle, {"sorte": _SORTE_SEGMENT, "nom": fichier.name}, octets)
    fichier.unlink()


def _le_meme(garde: Path, cle: bytes, nom: str, octets: bytes) -> bool:
    """Whether the archives hold that segment already; one that does not open is written again."""
    try:
        deja = lire_segment(garde, cle, nom)
    except (CoffreRefuse, ArchivesRefusees):
        return False
    if deja != octets:
        raise ArchivesRefusees(
            f"deux morceaux différents portent le nom {nom} : ce dossier sert-il aussi une autre base ?"
        )
    return True


def _recopier_la_liste(effacements: Path, dossier: Path, cle: bytes) -> None:
    if not effacements.exists():
        return
    gardee = dossier / LISTE
    if gardee.exists() and gardee.stat().st_mtime_ns >= effacements.stat().st_mtime_ns:
        return
    octets = effacements.read_bytes()
    ecrire_scelle(gardee, cle, {"sorte": _SORTE_LISTE}, octets)


def ecrire_scelle(fichier: Path, cle: bytes, entete: dict[str, Any], octets: bytes) -> None:
    """A small file of the archives: what it is, then its content, compressed and encrypted."""
    with ecrire_entier(fichier) as sortie, Ecriture(sortie, cle) as ecrite:
        ecrite.write(json.dumps(entete).encode() + b"\n")
        ecrite.write(zlib.compress(octets, 1))


def _lire_scelle(fichier: Path, cle: bytes) -> tuple[dict[str, Any], bytes]:
    with fichier.open("rb") as entree, io.BufferedReader(Lecture(entree, cle)) as lue:
        try:
            entete = json.loads(lue.readline())
            return dict(entete), zlib.decompress(lue.read())
        except (ValueError, TypeError, zlib.error) as erreur:
            raise ArchivesRefusees(f"le fichier {fichier.name} des archives est illisible.") from erreur


def lire_segment(fichier: Path, cle: bytes, nom: str) -> bytes:
    """The segment as the server left it. Raises ``CoffreRefuse``, ``ArchivesRefusees``."""
    entete, octets = _lire_scelle(fichier, cle)
    if entete.get("sorte") != _SORTE_SEGMENT or entete.get("nom") != nom:
        raise ArchivesRefusees(f"le fichier {fichier.name} ne contient pas ce que son nom annonce.")
    return octets


def lire_la_liste(dossier: Path, cle: bytes) -> list[str]:
    """The list of what was erased, as the archives have it."""
    gardee = dossier / LISTE
    if not gardee.exists():
        return []
    entete, octets = _lire_scelle(gardee, cle)
    if entete.get("sorte") != _SORTE_LISTE:
        raise ArchivesRefusees(f"le fichier {LISTE} ne contient pas ce que son nom annonce.")
    return octets.decode("ascii", "replace").splitlines()


def restes(dossier: Path) -> list[Path]:
    """What a killed command had begun to write."""
    return sorted(dossier.glob(f".*{EN_COURS}"))
