"""Structured logs without personal data: one JSON object a line, codes and durations only.

Paths hold public ids and never names, yet only the name of the route is written. The DETAIL of a
PostgreSQL error quotes the row: it is removed from every exception before it is formatted.
"""

import json
import logging
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import walk_tb

from django.http import HttpRequest, HttpResponseBase

requete_courante: ContextVar[str] = ContextVar("maillage_requete", default="")

#: Attributes a log call may add with ``extra``; anything else is dropped.
CHAMPS = ("route", "methode", "statut", "duree_ms", "commande")


class FormatJson(logging.Formatter):
    """Formats a record without its arguments' free text: exceptions keep their type and place."""

    def format(self, record: logging.LogRecord) -> str:
        entree: dict[str, object] = {
            "le": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname.lower(),
            "source": record.name,
            "message": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        if requete_courante.get():
            entree["requete"] = requete_courante.get()
        entree.update({champ: getattr(record, champ) for champ in CHAMPS if hasattr(record, champ)})
        if record.exc_info and record.exc_info[0]:
            entree["erreur"] = record.exc_info[0].__name__
            entree["lieu"] = [
                f"{cadre.f_globals.get('__name__', '?')}:{ligne}"
                for cadre, ligne in walk_tb(record.exc_info[2])
            ][-8:]
        return json.dumps(entree, ensure_ascii=False)


def configurer(niveau: str = "INFO") -> None:
    """Send every log to standard error in JSON. Called once by each process."""
    sortie = logging.StreamHandler()
    sortie.setFormatter(FormatJson())
    racine = logging.getLogger()
    racine.handlers = [sortie]
    racine.setLevel(niveau)
    logging.getLogger("django.server").propagate = False


class JournalDesRequetes:
    """Numbers each request and logs its route, status and duration; never its address or its form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.journal = logging.getLogger("maillage.requetes")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        jeton = requete_courante.set(uuid.uuid4().hex[:12])
        debut = time.perf_counter()
        try:
            reponse = self.get_response(request)
        finally:
            numero = requete_courante.get()
            requete_courante.reset(jeton)
        trouvee = request.resolver_match
        self.journal.info(
            "requete",
            extra={
                "route": trouvee.view_name if trouvee else "",
                "methode": request.method,
                "statut": reponse.status_code,
                "duree_ms": round((time.perf_counter() - debut) * 1000, 1),
            },
        )
        reponse.headers["X-Requete"] = numero
        return reponse
