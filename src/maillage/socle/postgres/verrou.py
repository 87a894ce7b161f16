"""Locks held by the kernel (flock): they vanish with the process that holds them, even after kill -9.

Three files in ``verrous/``:
``conduite``  exclusive, held while a command starts or stops the server;
``usages``    shared, held by every command at work: the last one out can take it exclusively;
``vivant``    exclusive, *inherited by the server and its children*: as long as one of them lives, it is held.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .erreurs import DemarrageTropLong, DossierInaccessible


class Verrou:
    """One open lock file; each instance is independent, even inside one process."""

    def __init__(self, chemin: Path, proprietaire: tuple[int, int] | None = None) -> None:
        """Open (and create, mode 0600) the file; ``proprietaire`` is (uid, gid) to give it to."""
        self.chemin = chemin
        try:
            self.fd = os.open(chemin, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except PermissionError:
            raise DossierInaccessible(
                f"Le dossier {chemin.parent} appartient à un autre compte :"
                " lancez la commande sous le compte qui a créé la base."
            ) from None
        if proprietaire is not None:
            os.fchown(self.fd, *proprietaire)

    def essayer(self, *, partage: bool = False) -> bool:
        """Take the lock without waiting; False when somebody else holds it."""
        import fcntl

        try:
            fcntl.flock(self.fd, (fcntl.LOCK_SH if partage else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def attendre(self, delai: float, *, partage: bool = False) -> bool:
        """Take the lock within ``delai`` seconds; False when the time is over."""
        limite = time.monotonic() + delai
        while not self.essayer(partage=partage):
            if time.monotonic() >= limite:
                return False
            time.sleep(0.05)
        return True

    def fermer(self) -> None:
        """Close the file, which frees the lock unless a child inherited it."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1


@contextmanager
def exclusif(chemin: Path, delai: float, proprietaire: tuple[int, int] | None = None) -> Iterator[None]:
    """Hold ``chemin`` alone for the block, waiting at most ``delai`` seconds."""
    verrou = Verrou(chemin, proprietaire)
    try:
        if not verrou.attendre(delai):
            raise DemarrageTropLong(
                f"Une autre commande démarre ou arrête la base depuis plus de {delai:.0f} s :"
                " attendez sa fin, puis relancez."
            )
        yield
    finally:
        verrou.fermer()
