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
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from django.conf import settings
from tests.e2e.serveur import _adresse
from tests.pannes.client import Client, Coupure

from maillage.socle.postgres import BASE_DES_CLES, ErreurServeur

DELAI = 60.0
AU_HASARD, AU_COMMIT, APRES_LE_COMMIT = "au hasard", "au commit", "après le commit"
#: What the database says a command waits for when it is held at that moment.
ATTENTES = {AU_COMMIT: "advisory", APRES_LE_COMMIT: "SyncRep"}
EN_ATTENTE = "SELECT 1 FROM pg_stat_activity WHERE usename = 'm_web' AND wait_event = %s"
EN_COURS = "SELECT 1 FROM pg_stat_activity WHERE usename = 'm_web' AND datname = %s AND state <> 'idle'"

#: A commit that journalled something waits here as long as a test holds this advisory lock.
VERROU_DU_COMMIT = 4202
SUSPENDRE_AU_COMMIT = f"""
CREATE FUNCTION public.attendre_au_commit() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock_shared({VERROU_DU_COMMIT}); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER au_commit AFTER INSERT ON public.socle_journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.attendre_au_commit();
"""


def _vivant(pid: int) -> bool:
    """A killed process may serve for another instant; dead and not yet buried, it no longer does."""
    try:
        etat = Path("/proc", str(pid), "stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return etat.rpartition(")")[2].split()[0] not in {"Z", "X"}


class Service:
    """A served database. ``tuer`` ends one of its processes without warning, ``retablir`` brings it back."""

    def __init__(self, serveur: Any, base: str, journal: Path, *, embarque: bool = False) -> None:
        """``embarque``: served as the installation whose data folder holds that server."""
        self.serveur, self.base, self.journal, self.embarque = serveur, base, journal, embarque
        self.ecoute = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self.ecoute.getsockname()[1]
        self.maitre: subprocess.Popen[bytes] | None = None
        self.sortie: BinaryIO = journal.open("ab")
        self.orphelins: list[int] = []
        self._retenue: psycopg.Connection | None = None

    # -- life -------------------------------------------------------------------------------------

    def lancer(self) -> subprocess.Popen[bytes]:
        """Start ``maillage servir``; does not wait for it."""
        web, proprietaire = (
            self.serveur.parametres_connexion(role, self.base).libpq() for role in ("m_web", "m_proprietaire")
        )
        environnement = {
            # The suite's own settings are set aside: an embedded service must find no other server named.
            **{nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("DATABASE_URL")},
            "DJANGO_SETTINGS_MODULE": "maillage.projet.settings",
            "MAILLAGE_MODE": "demonstration",
            "MAILLAGE_PURGE": "exploitant",
            "MAILLAGE_CLE_MAITRE": settings.CLE_MAITRESSE,
        }
        if self.embarque:
            environnement["MAILLAGE_DONNEES"] = str(self.serveur.chemins.dossier.parent)
        else:
            environnement |= {
                "DATABASE_URL": _adresse(web),
                "DATABASE_URL_PROPRIETAIRE": _adresse(proprietaire),
                "DATABASE_URL_CLES": _adresse({**web, "dbname": BASE_DES_CLES}),
                "DATABASE_URL_CLES_PROPRIETAIRE": _adresse({**proprietaire, "dbname": BASE_DES_CLES}),
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

    def retenir(self, moment: str) -> None:
        """Have the next command stop at that moment of its life, so that it can be killed there.

        « au commit »: everything is written, nothing is confirmed yet. « après le commit »: it is durable and
        the server is about to say so (it waits for a standby that does not exist).
        """
        if moment == AU_COMMIT:
            self._retenue = self.serveur.connexion_superutilisateur(self.base)
            self._retenue.execute("SELECT pg_advisory_lock(%s)", [VERROU_DU_COMMIT])
        elif moment == APRES_LE_COMMIT:
            self._exiger_une_copie("personne")

    def faucher(self, cible: str, moment: str, delai: float, fini: threading.Event) -> None:
        """Kill ``cible`` at that moment, or ``delai`` seconds from now."""
        if moment in ATTENTES:
            self._guetter(ATTENTES[moment], fini)
        else:
            time.sleep(delai)
        self.tuer(cible)
        self.relacher(moment)  # a worker outlives its master, and goes on

    def _guetter(self, attente: str, fini: threading.Event) -> None:
        fin = time.monotonic() + DELAI
        with self.serveur.connexion_superutilisateur(self.base) as connexion:
            while not fini.is_set() and time.monotonic() < fin:
                if connexion.execute(EN_ATTENTE, [attente]).fetchone() is not None:
                    return
                time.sleep(0.002)

    def relacher(self, moment: str) -> None:
        if self._retenue is not None:
            with suppress(psycopg.Error):
                self._retenue.execute("SELECT pg_advisory_unlock_all()")
            self._retenue.close()
            self._retenue = None
        elif moment == APRES_LE_COMMIT:
            self._exiger_une_copie("")

    def _exiger_une_copie(self, nom: str) -> None:
        """Every commit waits for the standby of that name; with "", for none."""
        reglages = self.serveur.chemins.grappe / "postgresql.auto.conf"
        reglages.write_text(f"synchronous_standby_names = '{nom}'\n", encoding="ascii")
        fin = time.monotonic() + DELAI
        with suppress(psycopg.OperationalError, ErreurServeur):
            with self.serveur.connexion_superutilisateur() as connexion:
                connexion.execute("SELECT pg_reload_conf()")
            while time.monotonic() < fin:
                with self.serveur.connexion_superutilisateur() as connexion:
                    if connexion.execute("SHOW synchronous_standby_names").fetchone() == (nom,):
                        return

    def tuer(self, cible: str) -> None:
        """``travailleur``, ``maitre`` or ``postgres``, at once and without a word."""
        pids = {"travailleur": self.travailleurs, "maitre": self._maitre, "postgres": self._postmaster}[
            cible
        ]()
        self.orphelins = self.travailleurs() if cible == "maitre" else []
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        fin = time.monotonic() + DELAI
        while any(map(_vivant, pids)) and time.monotonic() < fin:
            time.sleep(0.002)
        if cible == "maitre" and self.maitre is not None:
            self.maitre.wait(DELAI)  # its first thread may be seen dead before the others

    def retablir(self) -> None:
        """What a system service does: restart what is gone. A killed worker is its master's business."""
        self.serveur.demarrer()
        if self.maitre is None or self.maitre.poll() is not None:
            self._laisser_partir()
            self.maitre = self.lancer()
        self.attendre()
        self._apaiser()

    def _apaiser(self) -> None:
        """Until the last command of a killed worker has ended in the database too."""
        fin = time.monotonic() + DELAI
        with self.serveur.connexion_superutilisateur() as connexion:
            while time.monotonic() < fin and connexion.execute(EN_COURS, [self.base]).fetchone() is not None:
                time.sleep(0.01)

    def _laisser_partir(self) -> None:
        """A worker without its master leaves within seconds, and cuts what it had just accepted."""
        fin = time.monotonic() + DELAI
        while any(map(_vivant, self.orphelins)) and time.monotonic() < fin:
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
        with self._en_maintenance() as connexion:
            return connexion.execute(requete, valeurs).fetchall()

    def avancer_le_jour(self, requete: str) -> None:
        """Let days pass for a row that waits: its dates move back, the clock stays that of the system."""
        with self._en_maintenance() as connexion:
            assert connexion.execute(requete).rowcount == 1

    def _en_maintenance(self) -> psycopg.Connection[tuple[Any, ...]]:
        acces = self.serveur.parametres_connexion("m_proprietaire", self.base).libpq()
        connexion = psycopg.connect(**acces)
        connexion.execute("SET ROLE m_maintenance")
        return connexion
