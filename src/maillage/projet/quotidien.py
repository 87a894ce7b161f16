"""The daily retention run, started by the service itself: once a day, whatever number of services run.

Watched by the process that seals the journal, which already connects as the owner: it asks once a minute and
starts the operator's own command, which takes a lock. A run that fails is tried again an hour later.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

from maillage.socle.temps import FUSEAU_METROPOLE, maintenant

#: At night, once the day has begun in the whole of metropolitan France; a service started later runs it then.
HEURE: Final = 2
#: A service that has just started serves first.
APRES_LE_DEPART: Final = 600.0
AVANT_DE_REESSAYER: Final = 3600.0
ORDRE: Final = ("-m", "maillage.projet.cli", "conserver", "purger", "--du-jour")


def a_faire() -> bool:
    """Whether the run of the day is still to pass, on a connection that may act as ``m_maintenance``."""
    from maillage.projet.purge import du_jour_faite

    return maintenant().astimezone(FUSEAU_METROPOLE).hour >= HEURE and not du_jour_faite()


class Quotidienne:
    """The run of the day, as the watching process looks after it."""

    def __init__(self, *, horloge: Callable[[], float] = time.monotonic) -> None:
        self._horloge = horloge
        self._pas_avant = horloge() + APRES_LE_DEPART
        self._processus: subprocess.Popen[bytes] | None = None

    def veiller(self) -> None:
        """Start it where it is due and none runs."""
        if self._processus is not None and self._processus.poll() is None:
            return
        if self._horloge() < self._pas_avant or not a_faire():
            return
        self._pas_avant = self._horloge() + AVANT_DE_REESSAYER
        self._processus = self.lancer()

    def lancer(self) -> subprocess.Popen[bytes]:
        """The operator's command; what it prints is in the journal already."""
        return subprocess.Popen([sys.executable, *ORDRE], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def arreter(self) -> None:
        """Stop it with the service: the next run does what was left."""
        if self._processus is not None and self._processus.poll() is None:
            self._processus.terminate()
