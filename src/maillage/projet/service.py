"""The web server: gunicorn in this process, after the checks, with threads for slow clients."""

import sys
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.errors import HaltServer

from maillage.projet import journaux
from maillage.projet.scellement import Signataire
from maillage.socle.postgres import ErreurServeur, Serveur

Releveur = Callable[[], bool]


class Maitre(Arbiter):
    """Gunicorn's master, which also starts the embedded database again when something has killed it.

    In its own loop, every second at most, and not in a thread: a worker forked meanwhile would inherit its
    locks. Where the database cannot start, the whole service stops with status 1 for the system to restart.
    """

    def murder_workers(self) -> None:
        """Look after the processes of this service: the hook gunicorn calls at each turn."""
        try:
            if self.app.relever is not None and self.app.relever():
                self.log.error("La base embarquée a été tuée : elle est relancée.")
        except ErreurServeur as erreur:
            raise HaltServer(str(erreur), 1) from erreur
        self.app.signataire.veiller()
        super().murder_workers()

    def stop(self, graceful: bool = True) -> None:
        """The process that seals the journal goes with the service."""
        self.app.signataire.arreter()
        super().stop(graceful)


class Service(BaseApplication):
    """Gunicorn configured from Python: no file, no command line of its own."""

    def __init__(
        self,
        adresse: str,
        travailleurs: int,
        pret: Callable[[], None] | None = None,
        relever: Releveur | None = None,
    ) -> None:
        self.adresse = adresse
        self.travailleurs = travailleurs
        self.pret = pret
        self.relever = relever
        self.signataire = Signataire()
        super().__init__()

    def run(self) -> None:
        Maitre(self).run()

    def load_config(self) -> None:
        reglages: dict[str, Any] = {
            "bind": self.adresse,
            "workers": self.travailleurs,
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,  # a worker that dies is replaced at once, with the pages already in memory
            "timeout": 60,
            "graceful_timeout": 20,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "control_socket_disable": True,  # nobody commands the master but the system, by signals
            "loglevel": "warning",
            "when_ready": lambda _serveur: self.pret() if self.pret else None,
            "pre_fork": lambda _serveur, _travailleur: _tout_fermer(),  # no socket is shared
            "post_fork": lambda _serveur, _travailleur: journaux.configurer(),
        }
        for nom, valeur in reglages.items():
            self.cfg.set(nom, valeur)

    def load(self) -> Any:
        from maillage.projet.wsgi import application

        return application


def _tout_fermer() -> None:
    from django.db import connections

    from maillage.socle.cles.acces import coffre

    coffre().fermer()
    connections.close_all()


def servir(adresse: str, *, travailleurs: int = 2, pret: Callable[[], None] | None = None) -> None:
    """Serve until interrupted. Every database connection is closed before a worker is forked."""
    from django.conf import settings

    sys.argv = sys.argv[:1]
    relever = None if settings.CONFIGURATION.database_url else Serveur().relever
    Service(adresse, travailleurs, pret, relever).run()
