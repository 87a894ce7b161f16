"""An OpenID provider on the loopback, honest by default, that lies on demand. Codes serve once, with PKCE."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jws, jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from maillage.acteurs import fournisseur as lecture
from maillage.acteurs.regles_oidc import ReglagesOidc

CLIENT, SECRET = "maillage-essai", "secret-d-essai-assez-long-pour-signer"
#: Key generation is slow: one pair for the run, and one nobody published.
CLE = RSAKey.generate_key(2048, {"kid": "une", "use": "sig"})
AUTRE_CLE = RSAKey.generate_key(2048, {"kid": "une", "use": "sig"})
ELLIPTIQUE = ECKey.generate_key("P-256", {"kid": "deux", "use": "sig"})


class Fournisseur:
    """What it will say of the next person, and what it was asked."""

    def __init__(self, adresse: str) -> None:
        self.adresse = adresse
        self.reglages = ReglagesOidc(adresse, CLIENT, SECRET)
        self.personne: dict[str, Any] = {"sub": "agent-1", "acr": "eidas2", "email": "agent@exemple.invalid"}
        self.mensonges: dict[str, Any] = {}
        self.tus: set[str] = set()
        self.entete: dict[str, str] = {"alg": "RS256", "kid": "une"}
        self.cle: Any = CLE
        self.publiees: list[Any] = [CLE, ELLIPTIQUE]
        self.description: dict[str, Any] = {}
        self.identite_signee = True
        self.identite: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.echanges = 0

    def autoriser(self, adresse: str, **mensonges: Any) -> dict[str, str]:
        """The person agrees on the provider's page: what comes back to the browser."""
        demande = dict(parse_qsl(urlsplit(adresse).query))
        assert urlsplit(adresse).path == "/autoriser"
        assert demande["response_type"] == "code"
        code = secrets.token_urlsafe(16)
        self.codes[code] = demande
        self.mensonges = mensonges
        return {"code": code, "state": demande["state"]}

    def jeton(self, demande: dict[str, str], acces: str) -> str:
        maintenant = int(time.time())
        moitie = hashlib.sha256(acces.encode()).digest()[:16]
        dits = {
            "iss": self.adresse,
            "aud": CLIENT,
            "exp": maintenant + 60,
            "iat": maintenant,
            "auth_time": maintenant,
            "nonce": demande.get("nonce", ""),
            "at_hash": base64.urlsafe_b64encode(moitie).rstrip(b"=").decode(),
            **{nom: valeur for nom, valeur in self.personne.items() if nom != "email"},
            **self.mensonges,
        }
        dits = {nom: valeur for nom, valeur in dits.items() if nom not in self.tus}
        if self.entete["alg"] in {"none", "HS256"}:
            return _a_la_main(self.entete, dits)
        return jwt.encode(self.entete, dits, self.cle, algorithms=[self.entete["alg"]])

    def repondre(self, chemin: str, corps: dict[str, str]) -> tuple[int, str, str]:
        if chemin == "/.well-known/openid-configuration":
            return 200, "application/json", json.dumps(self._description())
        if chemin == "/cles":
            publiees = KeySet(self.publiees).as_dict(private=False)
            return 200, "application/json", json.dumps(publiees)
        if chemin == "/identite":
            dits = {"iss": self.adresse, "aud": CLIENT, **self.personne, **self.identite}
            if self.identite_signee:
                return 200, "application/jwt", jwt.encode({"alg": "RS256", "kid": "une"}, dits, CLE)
            return 200, "application/json", json.dumps(dits)
        return self._echanger(corps) if chemin == "/jeton" else (404, "text/plain", "")

    def _echanger(self, corps: dict[str, str]) -> tuple[int, str, str]:
        self.echanges += 1
        demande = self.codes.pop(corps.get("code", ""), None)
        empreinte = hashlib.sha256(corps.get("code_verifier", "").encode()).digest()
        defi = base64.urlsafe_b64encode(empreinte).rstrip(b"=").decode()
        juste = (
            demande is not None
            and corps["client_id"] == CLIENT
            and corps["client_secret"] == SECRET
            and corps["redirect_uri"] == demande["redirect_uri"]
            and demande["code_challenge_method"] == "S256"
            and demande["code_challenge"] == defi
        )
        if demande is None or not juste:
            return 400, "application/json", '{"error": "invalid_grant"}'
        acces = secrets.token_urlsafe(16)
        reponse = {"access_token": acces, "token_type": "Bearer", "id_token": self.jeton(demande, acces)}
        return 200, "application/json", json.dumps(reponse)

    def _description(self) -> dict[str, Any]:
        pages = {
            "authorization_endpoint": "autoriser",
            "token_endpoint": "jeton",
            "jwks_uri": "cles",
            "userinfo_endpoint": "identite",
            "end_session_endpoint": "fin",
        }
        return {
            "issuer": self.adresse,
            **{nom: f"{self.adresse}/{page}" for nom, page in pages.items()},
            **self.description,
        }


def _a_la_main(entete: dict[str, str], dits: dict[str, Any]) -> str:
    """What no honest library signs: nothing, or a shared secret that everybody can read."""
    parties = [_en_base64(json.dumps(partie).encode()) for partie in (entete, dits)]
    signature = b""
    if entete["alg"] == "HS256":
        signature = hmac.digest(CLE.as_pem(private=False), ".".join(parties).encode(), "sha256")
    return ".".join([*parties, _en_base64(signature)])


def _en_base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def signer_avec_la_cle_publique(fournisseur: Fournisseur) -> None:
    """The old confusion: the published key, taken for a shared secret."""
    fournisseur.entete = {"alg": "HS256", "kid": "une"}


@contextmanager
def fournisseur_en_marche() -> Iterator[Fournisseur]:
    """Serve until the end of the block."""

    class Guichet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._repondre({})

        def do_POST(self) -> None:
            texte = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._repondre({nom: valeurs[0] for nom, valeurs in parse_qs(texte).items()})

        def _repondre(self, corps: dict[str, str]) -> None:
            statut, genre, texte = servi.repondre(urlsplit(self.path).path, corps)
            self.send_response(statut)
            self.send_header("Content-Type", genre)
            self.end_headers()
            self.wfile.write(texte.encode())

        def log_message(self, *_args: Any) -> None:
            """Nothing on the screen of the suite."""

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Guichet)
    servi = Fournisseur(f"http://127.0.0.1:{serveur.server_port}")
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    fil.start()
    lecture.oublier()
    try:
        yield servi
    finally:
        serveur.shutdown()
        serveur.server_close()
        lecture.oublier()


def altere(jeton: str) -> str:
    """The same token, its claims changed after the signature."""
    entete, charge, signature = jeton.split(".")
    dits = json.loads(jws.extract_compact(jeton.encode()).payload)
    dits["acr"] = "eidas3"
    charge = base64.urlsafe_b64encode(json.dumps(dits).encode()).rstrip(b"=").decode()
    return f"{entete}.{charge}.{signature}"
