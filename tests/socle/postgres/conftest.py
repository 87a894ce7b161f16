"""Real servers in folders of their own: one initdb for each worker, copied for each test."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from maillage.socle.postgres import Serveur, creer_base, mots_de_passe, preparer_roles, serveur_demarre


@pytest.fixture(scope="session")
def dossier_modele() -> Iterator[Path]:
    """A stopped server with the roles and an empty « maillage » database."""
    racine = Path(tempfile.mkdtemp(prefix="m-modele-"))
    try:
        with serveur_demarre(racine) as serveur, serveur.connexion_superutilisateur() as conn:
            preparer_roles(conn, mots_de_passe(racine), essais=True)
            creer_base(conn, essais=True)
        yield racine
    finally:
        shutil.rmtree(racine)


@pytest.fixture
def dossier_vide() -> Iterator[Path]:
    """A folder where nothing was prepared; whatever runs there at the end is stopped."""
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    yield racine
    Serveur(racine).arreter()
    shutil.rmtree(racine)


@pytest.fixture
def dossier(dossier_modele: Path) -> Iterator[Path]:
    """A copy of the model, owners kept."""
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    subprocess.run(["cp", "-a", f"{dossier_modele}/.", str(racine)], check=True)
    yield racine
    Serveur(racine).arreter()
    shutil.rmtree(racine)


@pytest.fixture
def serveur(dossier: Path) -> Iterator[Serveur]:
    """A running server that this test owns."""
    with serveur_demarre(dossier) as demarre:
        yield demarre


@pytest.fixture(scope="module")
def serveur_commun(dossier_modele: Path) -> Iterator[Serveur]:
    """A running server for the tests of a module that only add databases and restore roles."""
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    subprocess.run(["cp", "-a", f"{dossier_modele}/.", str(racine)], check=True)
    try:
        with serveur_demarre(racine) as demarre:
            yield demarre
    finally:
        shutil.rmtree(racine)


@pytest.fixture
def commande() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Run a piece of Python as a command of its own; those still alive at the end are killed."""
    lancees: list[subprocess.Popen[str]] = []

    def lancer(code: str) -> subprocess.Popen[str]:
        entete = "import sys, time\nfrom pathlib import Path\nfrom maillage.socle.postgres import *\n"
        processus = subprocess.Popen(
            [sys.executable, "-c", entete + code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        lancees.append(processus)
        return processus

    yield lancer
    for processus in lancees:
        if processus.poll() is None:
            processus.kill()
        processus.communicate()
