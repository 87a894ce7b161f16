"""The embedded PostgreSQL server: prepare, start, stop, share between commands.

Started by us, never through the wheel's helpers (decision record 0002). What makes it robust is a lock that
the server itself inherits (``vivant``): the kernel frees it when the last of its processes is gone, so a
process number left in a file is never believed on its own.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from . import grappe, processus
from .chemins import PORT, Binaires, Chemins, binaires_du_paquet, dossier_serveur
from .compte import (
    Compte,
    binaires_accessibles,
    choisir_compte,
    proprietaire_des_fichiers,
)
from .connexion import BASE, ParametresConnexion
from .dossiers import (
    exiger_de_la_place,
    preparer_dossier,
    preparer_prise,
    verifier_grappe,
)
from .erreurs import (
    CompteRefuse,
    DemarrageTropLong,
    GrappePresente,
    RestaurationInachevee,
    SecretPerdu,
    ServeurArrete,
    ServeurConcurrent,
    ServeurUtilise,
    traduire,
)
from .grappe import SUPERUTILISATEUR
from .reglages import reglages
from .secrets_locaux import deposer, mots_de_passe, relire
from .verrou import Verrou, exclusif

DELAI_DEMARRAGE = 60.0
DELAI_ARRET = 30.0
PATIENCE_ORPHELINS = 5.0
# A dying server drops its locks an instant before it disappears from the list of processes.
PATIENCE_INTRUS = 0.5
TAILLE_JOURNAL = 1024 * 1024


class Etat(StrEnum):
    """What ``Serveur.etat()`` can say."""

    ABSENT = "absent"
    ARRETE = "arrêté"
    EN_COURS = "en cours de démarrage"
    DEMARRE = "démarré"


class Serveur:
    """The server of one data folder. Creating the object touches nothing on the disk."""

    def __init__(
        self, dossier: Path | None = None, *, delai: float = DELAI_DEMARRAGE, en_restauration: bool = False
    ) -> None:
        """``dossier``: by default « postgres » in the data folder; ``delai``: seconds allowed for a start.

        ``en_restauration``: the only one that may start a cluster which is still being brought back.
        """
        self.chemins = Chemins((dossier or dossier_serveur()).expanduser().resolve())
        self.delai, self.en_restauration = delai, en_restauration
        self._enfant: subprocess.Popen[bytes] | None = None
        self._debut_journal = 0

    # -- public: life cycle -----------------------------------------------------------------------

    def preparer(self) -> None:
        """Create the data folder and the cluster if they do not exist; safe to call again."""
        with self._conduite():
            self._preparer()

    def poser(self, remplir: Callable[[Path], None], mot_de_passe: str) -> None:
        """Lay the cluster that ``remplir`` brings, and its superuser's password. Raises ``GrappePresente``.

        What ``remplir`` put in ``retour`` is given to the server's account too.
        """
        with self._conduite():
            if self.chemins.grappe.exists():
                raise GrappePresente(
                    f"Le dossier {self.chemins.dossier} contient déjà une base :"
                    " restaurez dans un dossier de données neuf."
                )
            compte = self._compte()
            with grappe.chantier(self.chemins, compte, compte) as partielle:
                remplir(partielle)
                for remis in (self.chemins.retour, *self.chemins.retour.glob("*")):
                    processus.donner(remis, compte)
                deposer(self.chemins.mot_de_passe_superutilisateur, mot_de_passe, remplacer=True)

    def demarrer(self, *, durable: bool = False) -> None:
        """Start the server if it is stopped; ``durable`` makes it stay after the commands that use it."""
        with self._conduite():
            self._preparer()
            self._assurer_demarre()
            if durable:
                self.chemins.durable.touch(mode=0o600)

    def relever(self) -> bool:
        """Start the server again if it was killed; True then. One that was stopped on purpose is left so.

        Stopped, it takes its ``postmaster.pid`` away; killed, it leaves it behind.
        """
        pid = processus.lire_pid(self.chemins.grappe)
        if pid is None or processus.est_postgres_de(pid.numero, self.chemins.grappe):
            return False
        self.demarrer(durable=self.chemins.durable.exists())
        return True

    def arreter(self, *, si_libre: bool = False) -> None:
        """Stop the server; with ``si_libre``, refuse while another command uses it."""
        if not self.chemins.verrous.is_dir():
            return
        with self._conduite():
            usages = self._verrou("usages")
            try:
                if si_libre and not usages.essayer():
                    raise ServeurUtilise(
                        "Une autre commande utilise la base : attendez sa fin, ou forcez l’arrêt."
                    )
                self.chemins.durable.unlink(missing_ok=True)
                self._arreter()
            finally:
                usages.fermer()

    def etat(self) -> Etat:
        """Say whether the server exists and answers, without changing anything."""
        if not self.chemins.grappe.is_dir() or not self.chemins.verrous.is_dir():
            return Etat.ABSENT
        if not self._vivant():
            return Etat.ARRETE
        return Etat.DEMARRE if self._pret() else Etat.EN_COURS

    # -- public: connections ----------------------------------------------------------------------

    def parametres_connexion(self, role: str, base: str = BASE) -> ParametresConnexion:
        """Return how ``role`` reaches ``base``; the server need not be running."""
        return ParametresConnexion(
            hote=str(self.chemins.prise),
            port=PORT,
            role=role,
            base=base,
            mot_de_passe=self.mots_de_passe()[role],
        )

    def mots_de_passe(self) -> Mapping[str, str]:
        """Return the password of each login role of this server, drawn at the first call."""
        return mots_de_passe(self.chemins.dossier)

    def connexion_superutilisateur(self, base: str = "postgres") -> psycopg.Connection:
        """Open an autocommit connection of the bootstrap superuser (preparation and tests only)."""
        if self.etat() is not Etat.DEMARRE:
            raise ServeurArrete(
                f"Le serveur de {self.chemins.dossier} est arrêté : lancez « maillage base demarrer »."
            )
        return psycopg.connect(
            host=str(self.chemins.prise),
            port=PORT,
            user=SUPERUTILISATEUR,
            dbname=base,
            password=relire(self.chemins.mot_de_passe_superutilisateur),
            autocommit=True,
        )

    def binaires(self) -> Binaires:
        """Return the programs this server runs with (pg_dump and friends live beside them)."""
        return binaires_accessibles(binaires_du_paquet(), self.chemins, self._compte())

    # -- sharing ----------------------------------------------------------------------------------

    def rejoindre(self) -> Verrou:
        """Count this command among the users, starting the server if needed; ``quitter`` takes the result."""
        with self._conduite():
            usage = self._verrou("usages")
            try:
                usage.attendre(self.delai, partage=True)
                self._preparer()
                self._assurer_demarre()
            except BaseException:
                usage.fermer()
                raise
            return usage

    def quitter(self, usage: Verrou) -> None:
        """End this command's use; the last one out stops a server that was not started to stay."""
        with self._conduite():
            usage.fermer()
            if self.chemins.durable.exists():
                return
            seul = self._verrou("usages")
            try:
                if seul.essayer():
                    self._arreter()
            finally:
                seul.fermer()

    # -- inside -----------------------------------------------------------------------------------

    def _compte(self) -> Compte:
        return choisir_compte(self.chemins)

    def _verrou(self, nom: str) -> Verrou:
        return Verrou(self.chemins.verrous / nom, proprietaire_des_fichiers(self.chemins.dossier))

    @contextmanager
    def _conduite(self) -> Iterator[None]:
        """Hold the right to start or stop, alone."""
        preparer_dossier(self.chemins)
        proprietaire = proprietaire_des_fichiers(self.chemins.dossier)
        with exclusif(self.chemins.verrous / "conduite", self.delai + DELAI_ARRET, proprietaire):
            try:
                yield
            except PermissionError as erreur:  # root without its usual rights, as in some containers
                raise CompteRefuse(
                    f"Le système refuse à ce compte de conduire le serveur de {self.chemins.dossier} :"
                    " lancez la commande sous un compte ordinaire, ou indiquez une base par DATABASE_URL."
                ) from erreur

    def _vivant(self) -> bool:
        """Tell whether any process of a server of this folder is alive, ours or started by hand."""
        return self._verrou_tenu() or self._postmaster() is not None

    def _verrou_tenu(self) -> bool:
        verrou = self._verrou("vivant")
        try:
            return not verrou.essayer()
        finally:
            verrou.fermer()

    def _pret(self) -> bool:
        pid = processus.lire_pid(self.chemins.grappe)
        return pid is not None and pid.pret and processus.est_postgres_de(pid.numero, self.chemins.grappe)

    def _repond(self) -> bool:
        """Knock at the socket: a server killed this instant still looks ready in its files."""
        prise = make_conninfo(
            host=str(self.chemins.prise), port=PORT, user=SUPERUTILISATEUR, connect_timeout=5
        )
        return psycopg.pq.PGconn.ping(prise.encode()) == psycopg.pq.Ping.OK

    def _preparer(self) -> None:
        """Create the cluster if there is none; refuse one that is not ours to start."""
        binaires = binaires_du_paquet()
        if self.chemins.grappe.exists():
            verifier_grappe(self.chemins, self._compte(), binaires.majeure)
            return
        grappe.creer(self.chemins, self._compte(), binaires)

    def _lancer(self) -> None:
        """Start the postmaster detached from this terminal, with the ``vivant`` lock in its hands."""
        chemins, compte = self.chemins, self._compte()
        if chemins.restauration.exists() and not self.en_restauration:
            raise RestaurationInachevee(
                f"Une restauration s’est arrêtée en chemin dans {chemins.dossier} : ce qui est là n’est ni"
                " entier ni purgé de ce qui a été effacé. Recommencez-la dans un dossier vide."
            )
        exiger_de_la_place(chemins.dossier, creation=False)
        if not chemins.mot_de_passe_superutilisateur.exists():
            raise SecretPerdu(
                f"Le fichier {chemins.mot_de_passe_superutilisateur} a disparu :"
                " restaurez-le depuis votre sauvegarde."
            )
        binaires = binaires_accessibles(binaires_du_paquet(), chemins, compte)
        preparer_prise(chemins, compte)
        grappe.ecrire_les_acces(chemins, compte)
        processus.oublier_pid_reutilise(chemins.grappe)
        vivant = self._verrou("vivant")
        try:
            vivant.essayer()
            commande = [str(binaires.programme("postgres")), "-D", str(chemins.grappe)]
            for nom, valeur in reglages(chemins.prise, chemins.sas_ouvert).items():
                commande += ["-c", f"{nom}={valeur}"]
            if chemins.journal.exists() and chemins.journal.stat().st_size > TAILLE_JOURNAL:
                chemins.journal.replace(chemins.journal.with_suffix(".log.1"))
            self._debut_journal = chemins.journal.stat().st_size if chemins.journal.exists() else 0
            self._enfant = processus.lancer(commande, compte, chemins.journal, garder=vivant.fd)
        finally:
            vivant.fermer()

    def _dit_depuis_le_lancement(self) -> str:
        with suppress(FileNotFoundError), self.chemins.journal.open("rb") as journal:
            journal.seek(self._debut_journal)
            return journal.read().decode("utf-8", "replace")
        return ""

    def _assurer_demarre(self) -> None:
        """Start the server if nothing of it is alive, and wait until it answers.

        Alive but not ready: another command was killed while starting it, it recovers from a crash, or it is
        the children of a killed postmaster; each ends by itself, the last one with our help.
        """
        debut = time.monotonic()
        lance = False  # by this very call: the end of a server started earlier is not a failure to start
        while not (self._pret() and self._repond()):
            if lance and self._enfant is not None and self._enfant.poll() is not None:
                self._enfant = None
                raise traduire(self._dit_depuis_le_lancement(), self.chemins.dossier)
            if not lance and not self._vivant():
                self.chemins.durable.unlink(missing_ok=True)
                if self._enfant is not None:
                    self._enfant.poll()
                self._lancer()
                lance = True
            passe = time.monotonic() - debut
            if passe > PATIENCE_INTRUS:
                self._exiger_le_notre()
            if passe > PATIENCE_ORPHELINS and self._postmaster() is None:
                processus.congedier_orphelins(self.chemins.grappe)
            if passe > self.delai:
                raise DemarrageTropLong(
                    f"Le serveur de {self.chemins.dossier} n’est pas prêt après {self.delai:.0f} s :"
                    f" relancez dans quelques minutes, ou lisez {self.chemins.journal}."
                )
            time.sleep(0.02)

    def _postmaster(self) -> int | None:
        """Return the process number of the living postmaster of this folder, if any."""
        pid = processus.lire_pid(self.chemins.grappe)
        if pid is None or not processus.est_postgres_de(pid.numero, self.chemins.grappe):
            return None
        return pid.numero

    def _exiger_le_notre(self) -> None:
        """Refuse a server that somebody started by hand on our data: it may listen elsewhere and log rows."""
        if not self._verrou_tenu() and (pid := self._postmaster()) is not None:
            raise ServeurConcurrent(
                f"Un serveur PostgreSQL que Maillage n’a pas lancé (processus {pid}) travaille"
                f" sur {self.chemins.grappe} : arrêtez-le, puis relancez la commande."
            )

    def _arreter(self) -> None:
        """Ask for a fast stop, then an immediate one; both keep every committed transaction.

        First wait for the end of a recovery: a fast stop asked while it begins may never be carried out.
        """
        limite = time.monotonic() + DELAI_ARRET
        while self._postmaster() is not None and not self._repond() and time.monotonic() < limite:
            time.sleep(0.02)
        for demande, delai in ((signal.SIGINT, DELAI_ARRET), (signal.SIGQUIT, 10.0)):
            if (pid := self._postmaster()) is not None:
                processus.signaler(pid, demande)
            else:
                processus.congedier_orphelins(self.chemins.grappe)
            limite = time.monotonic() + delai
            while time.monotonic() < limite:
                if self._enfant is not None and self._enfant.poll() is not None:
                    self._enfant = None
                if not self._vivant():
                    return
                time.sleep(0.02)
        raise DemarrageTropLong(
            f"Le serveur de {self.chemins.dossier} ne s’arrête pas : lisez {self.chemins.journal}."
        )


@contextmanager
def serveur_demarre(dossier: Path | None = None) -> Iterator[Serveur]:
    """Give a running server for the block; it is stopped at the end only if nobody else uses it."""
    serveur = Serveur(dossier)
    usage = serveur.rejoindre()
    try:
        yield serveur
    finally:
        serveur.quitter(usage)
