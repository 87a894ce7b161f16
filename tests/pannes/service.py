"""The application as it is really served, on a cluster of its own, and the hand that kills its processes.

``maillage servir`` in a process apart, as ``m_web``. The socket it listens on belongs to the test: a new
master takes the place of a killed one as a system service would, and waiting requests are not refused.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from tests.e2e.serveur import _adresse
from tests.pannes.client import Client, Coupure

DELAI = 60.0


class Service:
    """A served database. ``tuer`` ends one of its processes without warning, ``retablir`` brings it back."""

    def __init__(self, serveur: Any, base: str, journal: Path) -> None:
        self.serveur, self.base, self.journal = serveur, base, journal
        self.ecoute = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self.ecoute.getsockname()[1]
        self.maitre: subprocess.Popen[bytes] | None = None
        self.sortie: BinaryIO = journal.open("ab")
        self.orphelins: list[int] = []

    # -- life -------------------------------------------------------------------------------------

    def lancer(self) -> subprocess.Popen[bytes]:
        """Start ``maillage servir``; does not wait for it."""
        web, proprietaire = (
            self.serveur.parametres_connexion(role, self.base).libpq() for role in ("m_web", "m_proprietaire")
        )
        environnement = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "maillage.projet.settings",
            "MAILLAGE_MODE": "demonstration",
            "DATABASE_URL": _adresse(web),
            "DATABASE_URL_PROPRIETAIRE": _adresse(proprietaire),
        }
        ordre = [sys.executable, "-m", "maillage.projet.cli", "servir", "--travailleurs", "1"]
        return subprocess.Popen(
            [*ordre, "--adresse", f"fd://{self.ecoute.fileno()}"],
            env=environnement,
            pass_fds=[self.ecoute.fileno()],
            stdout=self.sortie,
            stderr=subprocess.STDOUT,
        )

    def demarrer(self) -> None:
        self.maitre = self.lancer()
        self.attendre()

    def arreter(self) -> None:
        if self.maitre is not None and self.maitre.poll() is None:
            self.maitre.terminate()
            self.maitre.wait(timeout=DELAI)
        self.sortie.close()
        self.ecoute.close()

    def attendre(self) -> None:
        """Until the probe answers."""
        fin, sonde = time.monotonic() + DELAI, Client(self.port)
        while time.monotonic() < fin:
            with suppress(Coupure):
                if sonde.demander("GET", "/sante/", patience=5).statut == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"Le service ne répond pas :\n{self.journal.read_text(encoding='utf-8')[-3000:]}")

    # -- kill -9 ----------------------------------------------------------------------------------

    def tuer(self, cible: str) -> None:
        """``travailleur``, ``maitre`` or ``postgres``, at once and without a word."""
        pids = {"travailleur": self.travailleurs, "maitre": self._maitre, "postgres": self._postmaster}[
            cible
        ]()
        self.orphelins = self.travailleurs() if cible == "maitre" else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def retablir(self) -> None:
        """What a system service does: restart what is gone. A killed worker is its master's business."""
        self.serveur.demarrer()
        if self.maitre is None or self.maitre.poll() is not None:
            self._laisser_partir()
            self.maitre = self.lancer()
        self.attendre()

    def _laisser_partir(self) -> None:
        """A worker without its master leaves within seconds, and cuts what it had just accepted."""
        fin = time.monotonic() + DELAI
        while any(Path("/proc", str(pid)).exists() for pid in self.orphelins) and time.monotonic() < fin:
            time.sleep(0.05)

    def _maitre(self) -> list[int]:
        return [self.maitre.pid] if self.maitre is not None else []

    def travailleurs(self) -> list[int]:
        enfants = [Path("/proc", str(pid), "task", str(pid), "children") for pid in self._maitre()]
        return [int(pid) for fichier in enfants for pid in fichier.read_text(encoding="ascii").split()]

    def _postmaster(self) -> list[int]:
        fichier = self.serveur.chemins.grappe / "postmaster.pid"
        return [int(fichier.read_text(encoding="ascii").split()[0])]

    # -- what was really written ------------------------------------------------------------------

    def lire(self, requete: str, valeurs: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows as the operator would see them, walls lifted."""
        acces = self.serveur.parametres_connexion("m_proprietaire", self.base).libpq()
        with psycopg.connect(**acces) as connexion:
            connexion.execute("SET ROLE m_maintenance")
            return connexion.execute(requete, valeurs).fetchall()
