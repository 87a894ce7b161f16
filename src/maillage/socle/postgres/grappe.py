"""The cluster in its folder: made by initdb or laid from a backup, complete or not there at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import processus
from .chemins import Binaires, Chemins
from .compte import Compte, binaires_accessibles, compte_de_creation
from .dossiers import exiger_de_la_place
from .erreurs import traduire
from .reglages import PG_HBA
from .secrets_locaux import deposer, relire, tirer

SUPERUTILISATEUR = "postgres"


@contextmanager
def chantier(chemins: Chemins, compte: Compte, createur: Compte) -> Iterator[Path]:
    """A side folder that becomes the cluster at the end of the block: a kill leaves nothing half made."""
    exiger_de_la_place(chemins.dossier, creation=True)
    partielle = chemins.grappe_partielle
    shutil.rmtree(partielle, ignore_errors=True)
    partielle.mkdir(mode=0o700)
    processus.donner(partielle, createur)
    try:
        yield partielle
        (partielle / "pg_hba.conf").write_text(PG_HBA, encoding="utf-8")
        for fichier in (partielle, *partielle.rglob("*")):
            processus.donner(fichier, compte)
        partielle.rename(chemins.grappe)
    finally:
        shutil.rmtree(partielle, ignore_errors=True)


def creer(chemins: Chemins, compte: Compte, binaires: Binaires) -> None:
    """An empty cluster, its superuser's password drawn."""
    exiger_de_la_place(chemins.dossier, creation=True)
    binaires = binaires_accessibles(binaires, chemins, compte)
    deposer(chemins.mot_de_passe_superutilisateur, tirer())
    createur = compte_de_creation(compte)
    with chantier(chemins, compte, createur) as partielle:
        _initdb(chemins, binaires, createur, partielle)


def ecrire_les_acces(chemins: Chemins, compte: Compte) -> None:
    """Who may connect is ours to say: what an older version, or a hand, wrote there is replaced."""
    fichier = chemins.grappe / "pg_hba.conf"
    if fichier.exists() and fichier.read_text(encoding="utf-8", errors="replace") == PG_HBA:
        return
    provisoire = fichier.with_suffix(".provisoire")
    provisoire.write_text(PG_HBA, encoding="utf-8")
    provisoire.chmod(0o600)
    processus.donner(provisoire, compte)
    provisoire.replace(fichier)


def _initdb(chemins: Chemins, binaires: Binaires, compte: Compte, cible: Path) -> None:
    with tempfile.NamedTemporaryFile("w", dir=chemins.dossier, prefix=".initdb-") as fichier:
        fichier.write(relire(chemins.mot_de_passe_superutilisateur))
        fichier.flush()
        processus.donner(Path(fichier.name), compte)
        commande = [
            str(binaires.programme("initdb")),
            f"--pgdata={cible}",
            f"--username={SUPERUTILISATEUR}",
            f"--pwfile={fichier.name}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
        resultat = processus.executer(commande, compte)
    if resultat.returncode != 0:
        raise traduire(resultat.stdout + resultat.stderr, chemins.dossier)
