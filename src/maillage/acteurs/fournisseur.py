"""The OpenID provider, as the network shows it: discovery, keys, the exchange of a code.

Everything it says is read with a limit of size and of time, never followed elsewhere, and its tokens are
verified here: signature by one of its published public keys, algorithms of our own choosing.
"""

import base64
import hashlib
import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final
from urllib.parse import urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from maillage.acteurs.regles_oidc import ALGORITHMES, LOCAUX, ReglagesOidc

#: Seconds: for each wait of the network, then for an answer that comes drop by drop.
DELAI: Final = 3
REPONSE_ENTIERE: Final = 5.0
TAILLE_MAXIMALE: Final = 200_000
#: The provider may change its keys: they are read again after an hour, or when one is unknown.
MEMOIRE: Final = 3600.0
PORTEE: Final = "openid email"


class FournisseurInjoignable(Exception):
    """The provider did not answer, or not what a provider answers."""


class JetonRefuse(Exception):
    """The provider refused the code, or its token is not signed as it must be."""


@dataclass(frozen=True)
class Metadonnees:
    """Where the provider answers."""

    autorisation: str
    jeton: str
    cles: str
    identite: str
    sortie: str
    rappelle_l_emetteur: bool


@dataclass(frozen=True)
class Reponse:
    """What a code was exchanged for: the token as it came, its claims, the right to ask for the address.

    ``courriel``: the address the provider knows, where it was asked for it.
    """

    brut: str
    dits: Mapping[str, Any]
    acces: str
    courriel: str = ""


class _SansDetour(urllib.request.HTTPRedirectHandler):
    """A provider answers where it said it would."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


_memoire: dict[str, tuple[float, Any]] = {}


def oublier() -> None:
    """Forget what was read of every provider."""
    _memoire.clear()


_lu_d_avance: ContextVar[Metadonnees | FournisseurInjoignable | None] = ContextVar(
    "maillage_fournisseur", default=None
)


@contextmanager
def lu_d_avance(reglages: ReglagesOidc) -> Iterator[None]:
    """Read the provider's description now: what follows asks the network for it no more."""
    try:
        lu: Metadonnees | FournisseurInjoignable = _metadonnees(reglages)
    except FournisseurInjoignable as panne:
        lu = panne
    jeton = _lu_d_avance.set(lu)
    try:
        yield
    finally:
        _lu_d_avance.reset(jeton)


def metadonnees(reglages: ReglagesOidc) -> Metadonnees:
    """The provider's own description. Raises ``FournisseurInjoignable``."""
    lu = _lu_d_avance.get()
    if isinstance(lu, FournisseurInjoignable):
        raise lu
    return lu or _metadonnees(reglages)


def _metadonnees(reglages: ReglagesOidc) -> Metadonnees:
    lu = _garde(f"{reglages.emetteur.rstrip('/')}/.well-known/openid-configuration", frais=False)
    if lu.get("issuer") != reglages.emetteur:
        raise FournisseurInjoignable("la description n’est pas celle de l’émetteur")
    try:
        return Metadonnees(
            autorisation=_sure(lu["authorization_endpoint"], reglages),
            jeton=_sure(lu["token_endpoint"], reglages),
            cles=_sure(lu["jwks_uri"], reglages),
            identite=_sure(lu["userinfo_endpoint"], reglages) if lu.get("userinfo_endpoint") else "",
            sortie=_sure(lu["end_session_endpoint"], reglages) if lu.get("end_session_endpoint") else "",
            rappelle_l_emetteur=bool(lu.get("authorization_response_iss_parameter_supported")),
        )
    except KeyError as absente:
        raise FournisseurInjoignable(f"la description n’a pas {absente}") from None


def demande(
    reglages: ReglagesOidc,
    *,
    retour: str,
    etat: str,
    nonce: str,
    verificateur: str,
    redemander: bool,
) -> str:
    """Where to send the browser. ``redemander``: whoever is already signed in there proves it again."""
    champs = {
        "response_type": "code",
        "client_id": reglages.client,
        "redirect_uri": retour,
        "scope": PORTEE,
        "state": etat,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(verificateur),
        "code_challenge_method": "S256",
        "claims": json.dumps(
            {
                "id_token": {
                    "acr": {"essential": True, "values": list(reglages.acr)},
                    "auth_time": {"essential": True},
                }
            }
        ),
    }
    if redemander:
        champs |= {"prompt": "login", "max_age": "0"}
    return _avec(metadonnees(reglages).autorisation, champs)


def echanger(reglages: ReglagesOidc, *, code: str, retour: str, verificateur: str) -> Reponse:
    """Exchange a code for a verified token. Raises ``FournisseurInjoignable``, ``JetonRefuse``."""
    champs = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": retour,
        "client_id": reglages.client,
        "client_secret": reglages.secret,
        "code_verifier": verificateur,
    }
    recu = _lire(metadonnees(reglages).jeton, donnees=urlencode(champs).encode())
    brut, acces = recu.get("id_token"), recu.get("access_token", "")
    if not isinstance(brut, str) or not isinstance(acces, str):
        raise JetonRefuse("la réponse n’a pas de jeton")
    dits = verifier(reglages, brut, acces=acces)
    return Reponse(brut, dits, acces)


def verifier(reglages: ReglagesOidc, brut: str, *, acces: str = "") -> Mapping[str, Any]:
    """The claims of a token signed by the provider. Raises ``JetonRefuse``."""
    lu = metadonnees(reglages)
    try:
        jeton = _decoder(brut, _garde(lu.cles, frais=False))
    except (JoseError, ValueError, KeyError, TypeError):
        # A key may have changed since: read once more before refusing.
        try:
            jeton = _decoder(brut, _garde(lu.cles, frais=True))
        except (JoseError, ValueError, KeyError, TypeError) as faute:
            raise JetonRefuse(type(faute).__name__) from None
    dits = dict(jeton.claims)
    empreinte = dits.get("at_hash")
    if acces and empreinte is not None and empreinte != _moitie(acces):
        raise JetonRefuse("at_hash")
    return dits


def courriel(reglages: ReglagesOidc, reponse: Reponse) -> str:
    """The address the provider knows for this very ``sub``; empty when it does not say."""
    if isinstance(reponse.dits.get("email"), str):
        return str(reponse.dits["email"])
    adresse = metadonnees(reglages).identite
    if not adresse or not reponse.acces:
        return ""
    dits = _lire(adresse, acces=reponse.acces, jeton=reglages)
    if dits.get("sub") != reponse.dits.get("sub"):
        raise JetonRefuse("sub")
    return str(dits.get("email") or "")


def sortie(reglages: ReglagesOidc, *, brut: str, retour: str, etat: str) -> str:
    """Where to send the browser so that the session ends there too; empty where there is no such page."""
    adresse = metadonnees(reglages).sortie
    champs = {"id_token_hint": brut, "post_logout_redirect_uri": retour, "state": etat}
    return _avec(adresse, champs) if adresse else ""


def _decoder(brut: str, cles: Any) -> jwt.Token:
    publiques = [cle for cle in cles["keys"] if cle.get("kty") in {"RSA", "EC"} and cle.get("use") != "enc"]
    return jwt.decode(brut, KeySet.import_key_set({"keys": publiques}), algorithms=list(ALGORITHMES))


def _moitie(acces: str) -> str:
    """``at_hash`` of an access token: half of its SHA-256, as every algorithm we accept uses it."""
    moitie = hashlib.sha256(acces.encode()).digest()[:16]
    return base64.urlsafe_b64encode(moitie).rstrip(b"=").decode()


def _avec(adresse: str, champs: Mapping[str, str]) -> str:
    return f"{adresse}{'&' if '?' in adresse else '?'}{urlencode(champs)}"


def _sure(adresse: Any, reglages: ReglagesOidc) -> str:
    """An address of the same scheme as the issuer: never a step down from https."""
    if not isinstance(adresse, str) or urlsplit(adresse).scheme != urlsplit(reglages.emetteur).scheme:
        raise FournisseurInjoignable("une adresse de la description n’est pas sûre")
    return adresse


def _garde(adresse: str, *, frais: bool) -> Any:
    lu_le, lu = _memoire.get(adresse, (0.0, None))
    if lu is None or frais or time.monotonic() - lu_le > MEMOIRE:
        lu = _lire(adresse)
        _memoire[adresse] = (time.monotonic(), lu)
    return lu


def _lire(
    adresse: str, *, donnees: bytes | None = None, acces: str = "", jeton: ReglagesOidc | None = None
) -> dict[str, Any]:
    """One answer of the provider: JSON, or a signed token where one may come."""
    requete = urllib.request.Request(adresse, data=donnees, headers={"Accept": "application/json"})
    if acces:
        requete.add_header("Authorization", f"Bearer {acces}")
    local = urlsplit(adresse).hostname in LOCAUX
    mandataire = urllib.request.ProxyHandler({}) if local else urllib.request.ProxyHandler()
    try:
        with urllib.request.build_opener(_SansDetour, mandataire).open(requete, timeout=DELAI) as reponse:
            texte = _corps(reponse)
            genre = reponse.headers.get_content_type()
    except urllib.error.HTTPError as refus:
        if donnees is not None and refus.code < 500:
            raise JetonRefuse(f"statut {refus.code}") from None
        raise FournisseurInjoignable(f"statut {refus.code}") from None
    except (OSError, HTTPException) as panne:
        raise FournisseurInjoignable(type(panne).__name__) from None
    if len(texte) > TAILLE_MAXIMALE:
        raise FournisseurInjoignable("réponse trop longue")
    if genre == "application/jwt" and jeton is not None:
        return _signee(jeton, texte.decode("ascii", "replace"))
    try:
        lu = json.loads(texte)
    except ValueError:
        raise FournisseurInjoignable("réponse illisible") from None
    if not isinstance(lu, dict):
        raise FournisseurInjoignable("réponse inattendue")
    return lu


def _corps(reponse: Any) -> bytes:
    """What was answered, up to one byte too many; an answer that never ends is none."""
    jusqua, texte = time.monotonic() + REPONSE_ENTIERE, b""
    while len(texte) <= TAILLE_MAXIMALE and (morceau := reponse.read1(TAILLE_MAXIMALE + 1 - len(texte))):
        texte += morceau
        if time.monotonic() > jusqua:
            raise FournisseurInjoignable("réponse trop lente")
    return texte


def _signee(reglages: ReglagesOidc, brut: str) -> dict[str, Any]:
    """The claims of a signed answer about the person: from our provider, for us."""
    dits = dict(verifier(reglages, brut))
    pour = dits.get("aud")
    if dits.get("iss") != reglages.emetteur or reglages.client not in (
        pour if isinstance(pour, list) else [pour]
    ):
        raise JetonRefuse("réponse signée pour un autre")
    return dits
