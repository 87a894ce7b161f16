"""A person's application of codes, as the tests hold it."""

import time
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django_otp.oath import TOTP
from tests.acteurs.fabriques import MOT_DE_PASSE

from maillage.acteurs.models import AppareilDeCodes, Compte
from maillage.acteurs.services import appareils
from maillage.socle.contexte import en_maintenance


def code_de(appareil: AppareilDeCodes, decalage: int = 0) -> str:
    totp = TOTP(appareils.secret_de(appareil), appareils.PAS, 0, appareils.SIGNES)
    totp.time = time.time() + decalage
    return f"{totp.token():06d}"


def remettre_a_zero(appareil: AppareilDeCodes) -> None:
    """A code serves once: the test does not sleep until the next one."""
    with en_maintenance():
        AppareilDeCodes.objects.filter(pk=appareil.pk).update(dernier_pas=-1)


def appareil_en_service(compte: Compte) -> AppareilDeCodes:
    with en_maintenance():
        return appareils.poser(compte=compte, confirme=True)


def se_connecter(client: Client, compte: Compte, suite: str = "/compte/") -> str:
    """The password only; returns where the page leads."""
    reponse = client.post(
        "/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE, "suite": suite}
    )
    assert reponse.status_code == 302
    return urlsplit(reponse["Location"]).path


def entrer(compte: Compte, appareil: AppareilDeCodes) -> Client:
    """Signed in with both factors."""
    client = Client()
    assert se_connecter(client, compte) == "/connexion/second-facteur/"
    remettre_a_zero(appareil)
    assert client.post("/connexion/second-facteur/", {"code": code_de(appareil)}).status_code == 302
    return client


def suite_de(adresse: str) -> str:
    return parse_qs(urlsplit(adresse).query).get("suite", [""])[0]
