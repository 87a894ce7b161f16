"""Write a backup of the embedded database and bring it back: what comes back is compared to what left.

The copy, the counts of rows and the head of the journal are of the same instant (one exported snapshot).
They are made by the bootstrap superuser of the embedded server, whom no wall hides a row from: a copy made by
the owner would hold empty tables and say nothing.
"""

from __future__ import annotations

import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Final

import psycopg
from psycopg import sql

from maillage.projet.sauvegardes.coffre import CoffreRefuse, Ecriture, Lecture
from maillage.projet.sauvegardes.programmes import executer
from maillage.projet.sauvegardes.rules import SauvegardeRefusee
from maillage.socle.postgres import (
    BASE,
    Serveur,
    creer_base,
    creer_base_des_cles,
    mots_de_passe,
    preparer_roles,
)
from maillage.socle.postgres.verrou import Verrou

MANIFESTE, CONTENU, VERROU = "manifeste.json", "base.dump", "en-cours"
TABLES: Final = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('public', 'socle') ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Manifeste:
    """What a backup says of itself: its instant, rows by table, the hash of the copy, the journal's head."""

    le: datetime
    lignes: Mapping[str, int]
    empreinte: str
    octets: int
    journal: tuple[int, str]
    version: str

    def en_json(self) -> bytes:
        return json.dumps(
            {
                "format": 1,
                "le": self.le.isoformat(),
                "lignes": dict(sorted(self.lignes.items())),
                "empreinte": self.empreinte,
                "octets": self.octets,
                "journal": {"taille": self.journal[0], "racine": self.journal[1]},
                "version": self.version,
            }
        ).encode()

    @classmethod
    def lire(cls, octets: bytes) -> Manifeste:
        """From a file. Raises ``SauvegardeRefusee``."""
        try:
            brut: dict[str, Any] = json.loads(octets)
            return cls(
                le=datetime.fromisoformat(brut["le"]),
                lignes={str(nom): int(nombre) for nom, nombre in brut["lignes"].items()},
                empreinte=str(brut["empreinte"]),
                octets=int(brut["octets"]),
                journal=(int(brut["journal"]["taille"]), str(brut["journal"]["racine"])),
                version=str(brut["version"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as erreur:
            raise SauvegardeRefusee("le manifeste de la sauvegarde est illisible.") from erreur


def sauvegarder(serveur: Serveur, sortie: BinaryIO, cle: bytes, *, base: str = BASE) -> Manifeste:
    """Write an encrypted backup of the database as it is now, without stopping anybody."""
    with _a_part(serveur) as dossier:
        copie = Path(dossier) / CONTENU
        with _instantane(serveur, base) as (connexion, instantane):
            le = datetime.now(UTC)
            lignes, journal = compter(connexion), _tete(connexion)
            executer(serveur, base, "pg_dump", "-Fc", f"--snapshot={instantane}", "-f", str(copie))
        manifeste = Manifeste(le, lignes, *_empreinte(copie), journal, _version())
        with Ecriture(sortie, cle) as coffre, tarfile.open(mode="w|", fileobj=coffre) as archive:
            _joindre(archive, MANIFESTE, manifeste.en_json())
            archive.add(copie, CONTENU, filter=_sans_compte)
    return manifeste


def restaurer(serveur: Serveur, entree: BinaryIO, cle: bytes, *, base: str = BASE) -> Manifeste:
    """Bring a backup back into a database that is empty, then compare every table with the manifest.

    Raises ``SauvegardeRefusee`` where the database already holds tables, or where a count differs.
    """
    with _a_part(serveur) as dossier:
        copie = Path(dossier) / CONTENU
        manifeste = _ouvrir(entree, cle, copie)
        with serveur.connexion_superutilisateur() as connexion:
            preparer_roles(connexion, mots_de_passe(serveur.chemins.dossier))
            creer_base(connexion, base)
            creer_base_des_cles(connexion)
        with serveur.connexion_superutilisateur(base) as connexion:
            if compter(connexion):
                raise SauvegardeRefusee(
                    "cette base contient déjà des tables : restaurez dans un dossier de données neuf."
                )
        executer(serveur, base, "pg_restore", "--exit-on-error", "--single-transaction", str(copie))
    with serveur.connexion_superutilisateur(base) as connexion:
        _comparer(manifeste, compter(connexion))
        connexion.execute("ANALYZE")
    return manifeste


def _ouvrir(entree: BinaryIO, cle: bytes, copie: Path) -> Manifeste:
    """The manifest, and the copy written where asked once it is known to be whole."""
    try:
        with tarfile.open(mode="r|", fileobj=io.BufferedReader(Lecture(entree, cle))) as archive:
            membres = iter(archive)
            premier, second = next(membres, None), None
            if premier is None or premier.name != MANIFESTE:
                raise SauvegardeRefusee("la sauvegarde ne commence pas par son manifeste.")
            lu = archive.extractfile(premier)
            manifeste = Manifeste.lire(lu.read() if lu is not None else b"")
            second = next(membres, None)
            contenu = archive.extractfile(second) if second is not None and second.name == CONTENU else None
            if contenu is None:
                raise SauvegardeRefusee("la sauvegarde ne contient pas la base.")
            with copie.open("wb") as ecrite:
                while morceau := contenu.read(1 << 20):
                    ecrite.write(morceau)
    except (tarfile.TarError, EOFError) as erreur:
        raise SauvegardeRefusee("la sauvegarde est illisible.") from erreur
    except CoffreRefuse as refus:
        raise SauvegardeRefusee(str(refus)) from refus
    if _empreinte(copie) != (manifeste.empreinte, manifeste.octets):
        raise SauvegardeRefusee("le contenu de la sauvegarde n’est pas celui que son manifeste annonce.")
    return manifeste


def compter(connexion: psycopg.Connection) -> dict[str, int]:
    """Rows of every table, as a superuser counts them."""
    comptes = {}
    for schema, table in connexion.execute(TABLES).fetchall():
        requete = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        ligne = connexion.execute(requete).fetchone()
        comptes[f"{schema}.{table}"] = int(ligne[0]) if ligne else 0
    return comptes


def _comparer(manifeste: Manifeste, revenues: Mapping[str, int]) -> None:
    ecarts = sorted(
        nom for nom in {*manifeste.lignes, *revenues} if manifeste.lignes.get(nom) != revenues.get(nom)
    )
    if ecarts:
        raise SauvegardeRefusee(f"des lignes ne sont pas revenues : {', '.join(ecarts)}.")


@contextmanager
def _a_part(serveur: Serveur) -> Iterator[str]:
    """A folder for what is not encrypted yet: on the disk of the data, for its owner alone, then gone.

    A command that was killed leaves its own behind, readable: the next one takes it away. The lock goes with
    the process, so that of a living command is let be.
    """
    for reste in serveur.chemins.dossier.glob("copie-*"):
        verrou = Verrou(reste / VERROU) if reste.is_dir() else None
        if verrou is not None:
            if verrou.essayer():
                shutil.rmtree(reste, ignore_errors=True)
            verrou.fermer()
    with tempfile.TemporaryDirectory(prefix="copie-", dir=serveur.chemins.dossier) as dossier:
        verrou = Verrou(Path(dossier) / VERROU)
        verrou.essayer()
        try:
            yield dossier
        finally:
            verrou.fermer()


@contextmanager
def _instantane(serveur: Serveur, base: str) -> Iterator[tuple[psycopg.Connection, str]]:
    with serveur.connexion_superutilisateur(base) as connexion:
        connexion.autocommit = False
        connexion.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        ligne = connexion.execute("SELECT pg_export_snapshot()").fetchone()
        assert ligne is not None
        yield connexion, str(ligne[0])
        connexion.rollback()


def _tete(connexion: psycopg.Connection) -> tuple[int, str]:
    ligne = connexion.execute(
        "SELECT taille, racine FROM public.socle_tetejournal ORDER BY taille DESC LIMIT 1"
    ).fetchone()
    return (int(ligne[0]), str(ligne[1])) if ligne else (0, "")


def _empreinte(fichier: Path) -> tuple[str, int]:
    somme, octets = sha256(), 0
    with fichier.open("rb") as lu:
        while morceau := lu.read(1 << 20):
            somme.update(morceau)
            octets += len(morceau)
    return somme.hexdigest(), octets


def _joindre(archive: tarfile.TarFile, nom: str, octets: bytes) -> None:
    membre = tarfile.TarInfo(nom)
    membre.size = len(octets)
    archive.addfile(membre, io.BytesIO(octets))


def _sans_compte(membre: tarfile.TarInfo) -> tarfile.TarInfo:
    """Neither the user nor the machine the backup was made on."""
    membre.uid = membre.gid = 0
    membre.uname = membre.gname = ""
    membre.mode = 0o600
    return membre


def _version() -> str:
    from importlib import metadata

    return metadata.version("maillage")
