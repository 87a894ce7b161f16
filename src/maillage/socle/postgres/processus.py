"""Processes: run a program under the chosen account, recognise a postmaster, mend a lying postmaster.pid."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .compte import Compte
from .erreurs import BinaireAbsent, CompteRefuse

# Nothing of our environment (addresses, keys, tokens) is handed to the server.
ENVIRONNEMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class PidServeur:
    """What postmaster.pid says: a process number that may be stale, and whether it was ready."""

    numero: int
    pret: bool


def lire_pid(grappe: Path) -> PidServeur | None:
    """Read postmaster.pid; None when it is absent or not yet complete."""
    try:
        lignes = (grappe / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        return PidServeur(int(lignes[0]), pret=len(lignes) > 7 and lignes[7].strip() == "ready")
    except (FileNotFoundError, ValueError, IndexError):
        return None


def est_postgres_de(pid: int, grappe: Path) -> bool:
    """Tell whether process ``pid`` is alive and works in ``grappe`` (where a postmaster goes)."""
    if pid <= 0:
        return False
    if sys.platform == "linux":
        return _travaille_dans(pid, grappe)
    nous = Compte(os.geteuid(), os.getegid(), change=False)
    commande = executer(["/bin/ps", "-o", "command=", "-p", str(pid)], nous).stdout
    return "postgres" in commande and str(grappe) in commande


def _travaille_dans(pid: int, grappe: Path) -> bool:
    """Linux: by the process's folder or, where a container hides it even from root, by its command line."""
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == grappe
    except PermissionError:
        pass
    except OSError:  # gone, or a zombie
        return False
    return _lance_pour(pid, grappe)


def _lance_pour(pid: int, grappe: Path) -> bool:
    """Linux: tell a postmaster by its command line; its children write a title over theirs."""
    try:
        mots = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return os.path.basename(mots[0]) == b"postgres" and os.fsencode(grappe) in mots[1:]


def congedier_orphelins(grappe: Path) -> None:
    """Ask the children of a killed postmaster to leave at once; a long query would keep one for hours."""
    for dossier in Path("/proc").glob("[0-9]*"):
        pid = int(dossier.name)
        with suppress(OSError):
            if Path(os.readlink(dossier / "cwd")) == grappe and not _lance_pour(pid, grappe):
                os.kill(pid, signal.SIGQUIT)


def _numero_libre() -> int:
    """Return the number of a process that has just ended."""
    enfant = subprocess.Popen([sys.executable, "-S", "-c", ""])
    enfant.wait()
    return enfant.pid


def oublier_pid_reutilise(grappe: Path) -> None:
    """Mend a postmaster.pid whose number now belongs to a stranger.

    The file is not deleted: its other lines let PostgreSQL check that no orphan holds the shared memory.
    """
    pid = lire_pid(grappe)
    if pid is None or not _existe(pid.numero) or est_postgres_de(pid.numero, grappe):
        return
    fichier = grappe / "postmaster.pid"
    _, reste = fichier.read_text(encoding="utf-8").split("\n", 1)
    with fichier.open("r+", encoding="utf-8") as ouvert:  # in place: the owner stays the server's account
        ouvert.write(f"{_numero_libre()}\n{reste}")
        ouvert.truncate()


def _existe(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def donner(chemin: Path, compte: Compte) -> None:
    """Give a file to the server's account."""
    if compte.change:
        os.chown(chemin, compte.uid, compte.gid)


def signaler(pid: int, signal_: int) -> None:
    """Send a signal, ignoring a process that is already gone."""
    try:
        os.kill(pid, signal_)
    except ProcessLookupError:
        return


def _sans_image_memoire() -> Callable[[], None]:
    """Return what the child does before becoming the server: no core file, since its memory holds names.

    Imported here, in the parent: the unprivileged account may be unable to read our standard library.
    """
    import resource

    return partial(resource.setrlimit, resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _refus_du_systeme(compte: Compte) -> Iterator[None]:
    """Turn what the system answers to a start into a sentence."""
    try:
        yield
    except PermissionError as erreur:
        raise CompteRefuse(
            f"Le système refuse de lancer la base sous le compte numéro {compte.uid} :"
            " lancez la commande sous un compte ordinaire, ou indiquez une base par DATABASE_URL."
        ) from erreur
    except OSError as erreur:
        raise BinaireAbsent(
            f"Les programmes PostgreSQL du paquet ne fonctionnent pas ici ({erreur.strerror}) :"
            " indiquez une base par DATABASE_URL."
        ) from erreur


def executer(commande: list[str], compte: Compte) -> subprocess.CompletedProcess[str]:
    """Run a program to its end under the account and return what it said."""
    with _refus_du_systeme(compte):
        return subprocess.run(
            commande,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=ENVIRONNEMENT,
            stdin=subprocess.DEVNULL,
            umask=0o077,
            user=compte.uid if compte.change else None,
            group=compte.gid if compte.change else None,
            extra_groups=[] if compte.change else None,
        )


def lancer(commande: list[str], compte: Compte, journal: Path, *, garder: int) -> subprocess.Popen[bytes]:
    """Start a program in its own session, its words added to ``journal``, with ``garder`` inherited."""
    fd = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        with _refus_du_systeme(compte):
            return subprocess.Popen(
                commande,
                stdin=subprocess.DEVNULL,
                stdout=fd,
                stderr=fd,
                cwd="/",
                env=ENVIRONNEMENT,
                pass_fds=(garder,),
                start_new_session=True,
                umask=0o077,
                user=compte.uid if compte.change else None,
                group=compte.gid if compte.change else None,
                extra_groups=[] if compte.change else None,
                preexec_fn=_sans_image_memoire(),
            )
    finally:
        os.close(fd)
