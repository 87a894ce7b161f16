"""The second factor: a time-based code (RFC 6238) or a key (WebAuthn); recovery codes stand behind both."""

from dataclasses import dataclass

import segno
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from maillage.acteurs.models import CleDAcces, Compte, Session
from maillage.acteurs.services import essais, secours
from maillage.acteurs.services.cles import cles_de
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.services import commande


@dataclass(frozen=True, slots=True)
class Moyens:
    """What an account can show beside its password."""

    appareil: TOTPDevice | None
    cles: list[CleDAcces]

    @property
    def en_service(self) -> bool:
        return self.appareil is not None or bool(self.cles)


def moyens_de(compte: Compte) -> Moyens:
    """The device and the keys in service."""
    return Moyens(appareil_confirme(compte), cles_de(compte))


def en_service(compte: Compte) -> bool:
    """Whether the account has a second factor."""
    return moyens_de(compte).en_service


def appareil_confirme(compte: Compte) -> TOTPDevice | None:
    """The device in service, or None."""
    return TOTPDevice.objects.filter(user=compte, confirmed=True).order_by("pk").first()


def image_qr(appareil: TOTPDevice) -> str:
    """The enrolment address as an SVG ``data:`` address: attributes only, no style, nothing fetched."""
    return segno.make(appareil.config_url, micro=False).svg_data_uri(scale=4, dark="#000", light="#fff")


def cle_lisible(appareil: TOTPDevice) -> str:
    """The key in groups of four, for who cannot scan."""
    from base64 import b32encode

    texte = b32encode(appareil.bin_key).decode()
    return " ".join(texte[debut : debut + 4] for debut in range(0, len(texte), 4))


def verifier_code(*, compte: Compte, appareil: TOTPDevice, code: str, adresse: str) -> bool:
    """Whether the code is right; failures count like wrong passwords. A code serves once."""
    if essais.bloque(essais.cle_du_compte(compte.courriel), essais.cle_de_l_adresse(adresse)):
        return False
    with transaction.atomic():
        verrouille = TOTPDevice.objects.select_for_update().get(pk=appareil.pk)
        if verrouille.verify_token(code.replace(" ", "")):
            essais.oublier(compte.courriel)
            return True
    essais.compter_echec(courriel=compte.courriel, adresse=adresse)
    journaliser("second_facteur_refuse", objet=compte.public_id)
    return False


def activer(*, compte: Compte, appareil: TOTPDevice, session: str | None = None) -> None:
    """Put the enrolled device in service: every other one stops, every session but ``session`` ends."""
    with contexte(compte.pk):
        TOTPDevice.objects.filter(user=compte).exclude(pk=appareil.pk).delete()
        TOTPDevice.objects.filter(pk=appareil.pk).update(confirmed=True)
        fermer_les_autres(compte=compte, session=session)
        journaliser("second_facteur_active", objet=compte.public_id)


def fermer_les_autres(*, compte: Compte, session: str | None) -> None:
    """End the sessions opened before a new factor came in service, but the one that brought it."""
    Session.objects.filter(compte=compte).exclude(session_key=session or "").delete()


@commande
def retirer(*, compte: Compte) -> None:
    """Take every second factor away, recovery codes included: the next sign-in enrols another."""
    TOTPDevice.objects.filter(user=compte).delete()
    CleDAcces.objects.filter(compte=compte).delete()
    secours.oublier(compte=compte)
    journaliser("second_facteur_retire", objet=compte.public_id)
