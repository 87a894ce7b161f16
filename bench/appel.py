"""A browser without a network: the WSGI application of the product, its real middleware, its real cookies."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
CSRF = "a" * 32


@dataclass
class Reponse:
    """Status, headers, and the number of bytes of the body."""

    statut: int
    entetes: Mapping[str, str]
    octets: int


class StatutInattenduError(AssertionError):
    """A page that does not answer as it should measures nothing."""


@dataclass
class Navigateur:
    """One signed-in reader."""

    application: Application
    cookies: dict[str, str] = field(default_factory=lambda: {"maillage_csrf": CSRF})

    def lire(self, adresse: str, *, attendu: int = 200) -> Reponse:
        """GET, and read the body to its end."""
        return self._appeler("GET", adresse, b"", attendu)

    def envoyer(self, adresse: str, champs: Mapping[str, str], *, attendu: int = 302) -> Reponse:
        """POST a form."""
        # The secret of the cookie is a valid token; signing in changes it.
        corps = urlencode({**champs, "csrfmiddlewaretoken": self.cookies["maillage_csrf"]}).encode()
        return self._appeler("POST", adresse, corps, attendu)

    def entrer(self, compte: str) -> None:
        """Sign in with one click, as a demonstration allows; ``compte`` is a public id."""
        self.envoyer("/connexion/demonstration/", {"compte": compte})

    def _appeler(self, methode: str, adresse: str, corps: bytes, attendu: int) -> Reponse:
        parties = urlsplit(adresse)
        recu: dict[str, Any] = {}

        def commencer(statut: str, entetes: list[tuple[str, str]], _erreur: Any = None) -> None:
            recu.update(statut=int(statut.split()[0]), entetes=entetes)

        reponse = self.application(
            {
                "REQUEST_METHOD": methode,
                "PATH_INFO": parties.path,
                "QUERY_STRING": parties.query,
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": "8000",
                "SERVER_PROTOCOL": "HTTP/1.1",
                "HTTP_HOST": "127.0.0.1:8000",
                "REMOTE_ADDR": "127.0.0.1",
                "HTTP_COOKIE": "; ".join(f"{nom}={valeur}" for nom, valeur in self.cookies.items()),
                "CONTENT_TYPE": "application/x-www-form-urlencoded" if corps else "",
                "CONTENT_LENGTH": str(len(corps)),
                "wsgi.version": (1, 0),
                "wsgi.url_scheme": "http",
                "wsgi.input": io.BytesIO(corps),
                "wsgi.errors": io.StringIO(),
                "wsgi.multithread": False,
                "wsgi.multiprocess": False,
                "wsgi.run_once": False,
            },
            commencer,
        )
        try:
            octets = sum(map(len, reponse))
        finally:
            reponse.close()
        self._garder(recu["entetes"])
        if recu["statut"] != attendu:
            raise StatutInattenduError(f"{methode} {parties.path} : {recu['statut']}, {attendu} attendu")
        return Reponse(recu["statut"], dict(recu["entetes"]), octets)

    def _garder(self, entetes: list[tuple[str, str]]) -> None:
        for nom, valeur in entetes:
            if nom.lower() == "set-cookie":
                for cle, morceau in SimpleCookie(valeur).items():
                    self.cookies[cle] = morceau.value
