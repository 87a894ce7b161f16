"""Pure rules of OpenID Connect: what the provider's word must say before it opens anything.

The signature is verified before; here the claims are judged, one reason each. No network, no clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from maillage.droit.api import Force, Motif, Verdict

#: The levels of ProConnect at which two factors were shown (eIDAS substantial and high, and its own).
ACR_DEUX_FACTEURS: Final = (
    "eidas2",
    "eidas3",
    "https://proconnect.gouv.fr/assurance/self-asserted-2fa",
    "https://proconnect.gouv.fr/assurance/consistency-checked-2fa",
)
#: Public-key signatures only: a shared secret could be confused with a public key, and "none" signs nothing.
ALGORITHMES: Final = ("RS256", "ES256", "PS256")
#: Clocks differ a little; beyond, a token of the past or of the future is refused.
TOLERANCE: Final = timedelta(seconds=60)
#: A token is read as soon as it is issued.
AGE_MAXIMAL: Final = timedelta(minutes=10)
LOCAUX: Final = frozenset({"localhost", "127.0.0.1"})

CONNEXION, LIAISON, OUVERTURE, CONFIRMATION = "connexion", "liaison", "ouverture", "confirmation"


@dataclass(frozen=True)
class ReglagesOidc:
    """The provider, and who we are for it. ``acr`` is what we require and accept."""

    emetteur: str
    client: str
    secret: str
    nom: str = "ProConnect"
    acr: tuple[str, ...] = ACR_DEUX_FACTEURS

    @property
    def origine(self) -> str:
        """Scheme and host of the provider, for the pages' security policy."""
        lue = urlsplit(self.emetteur)
        return f"{lue.scheme}://{lue.netloc}"


def fautes_des_reglages(reglages: ReglagesOidc, *, production: bool) -> list[str]:
    """What is missing or unsafe in the settings, one sentence each."""
    fautes = []
    if not (reglages.emetteur and reglages.client and reglages.secret):
        fautes.append("MAILLAGE_OIDC_EMETTEUR, MAILLAGE_OIDC_CLIENT et MAILLAGE_OIDC_SECRET vont ensemble.")
    adresse = urlsplit(reglages.emetteur)
    local = adresse.hostname in LOCAUX and not production
    if reglages.emetteur and (adresse.query or adresse.fragment or not adresse.hostname):
        fautes.append("MAILLAGE_OIDC_EMETTEUR doit être l’adresse de l’émetteur, sans paramètre.")
    elif reglages.emetteur and adresse.scheme != "https" and not local:
        fautes.append("MAILLAGE_OIDC_EMETTEUR doit commencer par https.")
    return fautes


def juger_jeton(
    dits: Mapping[str, Any],
    *,
    reglages: ReglagesOidc,
    nonce: str,
    instant: datetime,
    fraiche_depuis: timedelta | None = None,
) -> Verdict:
    """Whether an identity token, its signature verified, opens what was asked.

    ``fraiche_depuis``: a step-up was asked, the person must have shown who they are since that long at most.
    """
    motifs = [
        motif
        for faute, motif in (
            (dits.get("iss") != reglages.emetteur, EMETTEUR),
            (not _pour_nous(dits, reglages.client), DESTINATAIRE),
            (not nonce or dits.get("nonce") != nonce, NONCE),
            (not _sub(dits), SANS_SUB),
            (not _du_moment(dits, instant), PERIME),
            (dits.get("acr") not in reglages.acr, NIVEAU),
            (fraiche_depuis is not None and not _fraiche(dits, instant, fraiche_depuis), PAS_FRAICHE),
        )
        if faute
    ]
    return Verdict.refus(motifs) if motifs else Verdict.accord()


def fraiche(dits: Mapping[str, Any], *, instant: datetime, depuis: timedelta) -> bool:
    """Whether the person themselves, and not an old session at the provider, has just answered."""
    return _fraiche(dits, instant, depuis)


def _motif(code: str, texte: str) -> Motif:
    return Motif(code, texte, "OpenID Connect Core 1.0, § 3.1.3.7", Force.USAGE)


EMETTEUR = _motif("oidc_emetteur", "La réponse ne vient pas du fournisseur d’identité déclaré.")
DESTINATAIRE = _motif(
    "oidc_destinataire", "La réponse du fournisseur d’identité était pour un autre service."
)
NONCE = _motif("oidc_nonce", "La réponse du fournisseur d’identité ne répond pas à cette demande.")
SANS_SUB = _motif("oidc_sub", "Le fournisseur d’identité n’a pas dit qui vous êtes.")
PERIME = _motif("oidc_perime", "La réponse du fournisseur d’identité est périmée. Recommencez.")
PAS_FRAICHE = _motif("oidc_ancienne", "Le fournisseur d’identité ne vous a pas redemandé qui vous êtes.")
NIVEAU = Motif(
    "oidc_un_seul_facteur",
    "Votre fournisseur d’identité n’a vérifié qu’un seul facteur. Maillage en demande deux : "
    "activez la double authentification chez lui, puis recommencez.",
    "Délibération CNIL n° 2022-100 ; OpenID Connect Core 1.0, § 5.5.1.1",
    Force.DOCTRINE,
)


def _pour_nous(dits: Mapping[str, Any], client: str) -> bool:
    """The audience is us alone; or it names us among others and the token was issued to us."""
    recu = dits.get("aud")
    autorise = dits.get("azp")
    if autorise is not None and autorise != client:
        return False
    if isinstance(recu, str):
        return recu == client
    if not isinstance(recu, list):
        return False
    return recu == [client] or (client in recu and autorise == client)


def _sub(dits: Mapping[str, Any]) -> bool:
    sub = dits.get("sub")
    return isinstance(sub, str) and 0 < len(sub) <= 255


def _secondes(dits: Mapping[str, Any], nom: str) -> float | None:
    valeur = dits.get(nom)
    return float(valeur) if isinstance(valeur, int | float) and not isinstance(valeur, bool) else None


def _du_moment(dits: Mapping[str, Any], instant: datetime) -> bool:
    ici, marge = instant.timestamp(), TOLERANCE.total_seconds()
    expire, emis, pas_avant = (_secondes(dits, nom) for nom in ("exp", "iat", "nbf"))
    if expire is None or emis is None:
        return False
    return (
        ici < expire + marge
        and ici - AGE_MAXIMAL.total_seconds() - marge < emis < ici + marge
        and (pas_avant is None or pas_avant < ici + marge)
    )


def _fraiche(dits: Mapping[str, Any], instant: datetime, depuis: timedelta) -> bool:
    prouve = _secondes(dits, "auth_time")
    ici, marge = instant.timestamp(), TOLERANCE.total_seconds()
    return prouve is not None and ici - depuis.total_seconds() - marge < prouve < ici + marge
