"""The web server: gunicorn in this process, after the checks, with threads for slow clients."""

import sys
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

from maillage.projet import journaux


class Service(BaseApplication):
    """Gunicorn configured from Python: no file, no command line of its own."""

    def __init__(self, adresse: str, travailleurs: int, pret: Callable[[], None] | None = None) -> None:
        self.adresse = adresse
        self.travailleurs = travailleurs
        self.pret = pret
        super().__init__()

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
            "loglevel": "warning",
            "when_ready": lambda _serveur: self.pret() if self.pret else None,
            "post_fork": lambda _serveur, _travailleur: journaux.configurer(),
        }
        for nom, valeur in reglages.items():
            self.cfg.set(nom, valeur)

    def load(self) -> Any:
        from django.urls import get_resolver

        from maillage.projet.wsgi import application

        _ = get_resolver().url_patterns  # else the first request would load every view
        return application


def servir(adresse: str, *, travailleurs: int = 2, pret: Callable[[], None] | None = None) -> None:
    """Serve until interrupted. Every database connection is closed before the workers fork."""
    from django.db import connections

    connections.close_all()
    sys.argv = sys.argv[:1]
    Service(adresse, travailleurs, pret).run()
