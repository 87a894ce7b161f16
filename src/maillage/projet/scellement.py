"""What is done each minute while the service runs: the journal sealed, what was written archived.

A process of its own, started again by the service when it dies: it connects as the owner, which the web
process never does. It also starts the retention run of the day (``quotidien``). It stops by itself as soon
as the service is gone.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from maillage.projet.configuration import PAR_LE_SERVICE
from maillage.projet.quotidien import Quotidienne
from maillage.socle.scelle.signature import cle_privee

CADENCE: Final = 60.0
_PAS: Final = 1.0
journal = logging.getLogger(__name__)


def cle_du_journal() -> Ed25519PrivateKey:
    """The signing key of this installation, in a file outside the database. Raises ``CleIllisible``."""
    from django.conf import settings

    return cle_privee(Path(settings.CLE_JOURNAL))


class Signataire:
    """The child process, as the service looks after it."""

    def __init__(self) -> None:
        self._processus: subprocess.Popen[bytes] | None = None
        self._pas_avant = 0.0

    def veiller(self) -> None:
        """Start it where it does not run; one that died is given a minute before the next."""
        if self._processus is not None and self._processus.poll() is None:
            return
        if time.monotonic() < self._pas_avant:
            return
        self._pas_avant = time.monotonic() + CADENCE
        self._processus = subprocess.Popen(
            [sys.executable, "-m", "maillage.projet.scellement", str(os.getpid())], stdin=subprocess.DEVNULL
        )

    def arreter(self) -> None:
        """Stop it, and wait for the head being signed."""
        if self._processus is not None and self._processus.poll() is None:
            self._processus.terminate()
            try:
                self._processus.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._processus.kill()


def sceller_sans_fin(parent: int) -> int:
    """Sign a head each minute until told to stop, or until the service is gone; 1 if the base is lost."""
    from django.conf import settings
    from django.db import DatabaseError

    from maillage.projet.bases import sous_le_proprietaire
    from maillage.socle.scelle.sequenceur import signer_la_tete

    arret: list[int] = []
    signal.signal(signal.SIGTERM, lambda numero, _: arret.append(numero))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cle = cle_du_journal()
    purge = Quotidienne() if settings.CONFIGURATION.purge == PAR_LE_SERVICE else None
    while not arret and os.getppid() == parent:
        try:
            with sous_le_proprietaire():
                signer_la_tete(cle)
                if purge is not None:
                    purge.veiller()
        except DatabaseError as erreur:
            journal.error("Le journal n’a pas pu être scellé (%s).", type(erreur).__name__)
            return 1
        archiver_ce_qui_attend()
        prochain = time.monotonic() + CADENCE
        while not arret and os.getppid() == parent and time.monotonic() < prochain:
            time.sleep(_PAS)
    if purge is not None:
        purge.arreter()
    return 0


def archiver_ce_qui_attend() -> None:
    """One pass of the archives, if they are open; one that fails is told, and made again a minute later."""
    from django.conf import settings

    from maillage.projet.sauvegardes.coffre import CoffreRefuse
    from maillage.projet.sauvegardes.ouverture import passer_ici
    from maillage.projet.sauvegardes.rules import ArchivesRefusees
    from maillage.socle.postgres import ErreurServeur, Serveur

    if settings.CONFIGURATION.database_url:
        return
    try:
        passer_ici(Serveur())
    except (OSError, ArchivesRefusees, CoffreRefuse, ErreurServeur) as erreur:
        journal.error("Ce que la base écrit n’a pas pu être archivé (%s).", type(erreur).__name__)


def main() -> int:
    """Run as a child of the service, whose process number is given."""
    from maillage.projet.commandes._base import django_pret

    with django_pret():
        return sceller_sans_fin(int(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
