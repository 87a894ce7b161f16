"""A person's application of codes, as the tests hold it."""

import time
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.acteurs.fabriques import MOT_DE_PASSE

from maillage.acteurs.models import Compte
from maillage.socle.contexte import en_maintenance


def code_de(appareil: TOTPDevice, decalage: int = 0) -> str:
    totp = TOTP(appareil.bin_key, appareil.step, appareil.t0, appareil.digits)
    totp.time = time.time() + decalage
    return f"{totp.token():06d}"


def remettre_a_zero(appareil: TOTPDevice) -> None:
    """The device's own wait after a wrong code is a second long: the test does not sleep."""
    with en_maintenance():
        TOTPDevice.objects.filter(pk=appareil.pk).update(
            throttling_failure_count=0, throttling_failure_timestamp=None, last_t=-1
        )


def appareil_en_service(compte: Compte) -> TOTPDevice:
    with en_maintenance():
        return TOTPDevice.objects.create(user=compte, name="application", confirmed=True)


def se_connecter(client: Client, compte: Compte, suite: str = "/compte/") -> str:
    """The password only; returns where the page leads."""
    reponse = client.post(
        "/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE, "suite": suite}
    )
    assert reponse.status_code == 302
    return urlsplit(reponse["Location"]).path


def entrer(compte: Compte, appareil: TOTPDevice) -> Client:
    """Signed in with both factors."""
    client = Client()
    assert se_connecter(client, compte) == "/connexion/second-facteur/"
    remettre_a_zero(appareil)
    assert client.post("/connexion/second-facteur/", {"code": code_de(appareil)}).status_code == 302
    return client


def suite_de(adresse: str) -> str:
    return parse_qs(urlsplit(adresse).query).get("suite", [""])[0]
