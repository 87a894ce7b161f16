"""The application as it is really served: ``maillage servir`` on a database and a port of its own.

A process apart: the browser's driver keeps an event loop in this one, where the ORM would refuse to work.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from maillage.socle.postgres import BASE_DES_CLES

DELAI = 60


@dataclass(frozen=True)
class Site:
    """Where the application answers, and how a test asks the database what was really written."""

    adresse: str
    journal: Path
    proprietaire: dict[str, Any]

    def lire(self, requete: str, valeurs: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows as the operator would see them, walls lifted: to prove that nothing was saved."""
        with psycopg.connect(**self.proprietaire) as connexion:
            connexion.execute("SET ROLE m_maintenance")
            return connexion.execute(requete, valeurs).fetchall()

    def changer(self, requete: str, valeurs: tuple[object, ...] = ()) -> None:
        """Make happen what no page can: time that passes, an outage. Never what a user would do."""
        with psycopg.connect(**self.proprietaire) as connexion:
            connexion.execute("SET ROLE m_maintenance")
            connexion.execute(requete, valeurs)


def _adresse(parametres: dict[str, Any]) -> str:
    parties = {cle: quote(str(valeur), safe="") for cle, valeur in parametres.items()}
    return "postgresql://{user}:{password}@/{dbname}?host={host}&port={port}".format(**parties)


@contextmanager
def servi(serveur: Any, base: str, journal: Path) -> Iterator[Site]:
    """Serve that database until the end of the block; the web process logs in as ``m_web``."""
    web, proprietaire = (
        serveur.parametres_connexion(role, base).libpq() for role in ("m_web", "m_proprietaire")
    )
    environnement = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "maillage.projet.settings",
        "MAILLAGE_MODE": "demonstration",
        "MAILLAGE_PURGE": "exploitant",
        "DATABASE_URL": _adresse(web),
        "DATABASE_URL_PROPRIETAIRE": _adresse(proprietaire),
        "DATABASE_URL_CLES": _adresse({**web, "dbname": BASE_DES_CLES}),
        "DATABASE_URL_CLES_PROPRIETAIRE": _adresse({**proprietaire, "dbname": BASE_DES_CLES}),
    }
    with socket.create_server(("127.0.0.1", 0), backlog=64) as ecoute, journal.open("wb") as sortie:
        adresse = f"http://127.0.0.1:{ecoute.getsockname()[1]}"
        ordre = [sys.executable, "-m", "maillage.projet.cli", "servir", "--travailleurs", "1"]
        processus = subprocess.Popen(
            [*ordre, "--adresse", f"fd://{ecoute.fileno()}"],
            env=environnement,
            pass_fds=[ecoute.fileno()],
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        try:
            _attendre(adresse, processus, journal)
            yield Site(adresse, journal, proprietaire)
        finally:
            processus.terminate()
            processus.wait(timeout=DELAI)


def _attendre(adresse: str, processus: subprocess.Popen[bytes], journal: Path) -> None:
    """Until the probe answers. The socket listens before the program does, so a request only waits."""
    fin = time.monotonic() + DELAI
    while time.monotonic() < fin:
        if processus.poll() is not None:
            raise RuntimeError(f"Le service s’est arrêté :\n{journal.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(f"{adresse}/sante/", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Le service ne répond pas :\n{journal.read_text(encoding='utf-8')}")
