"""The second factor: a time-based code (RFC 6238), enrolled by QR, verified once a sign-in."""

import segno
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from maillage.acteurs.models import Compte
from maillage.acteurs.services import essais
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.services import commande


def appareil_confirme(compte: Compte) -> TOTPDevice | None:
    """The device in service, or None."""
    return TOTPDevice.objects.filter(user=compte, confirmed=True).order_by("pk").first()


def appareil_a_confirmer(*, compte: Compte) -> TOTPDevice:
    """The device being enrolled, made on first display and shown again until its first code."""
    with transaction.atomic():
        appareil = TOTPDevice.objects.filter(user=compte, confirmed=False).order_by("pk").first()
        return appareil or TOTPDevice.objects.create(user=compte, name="application", confirmed=False)


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


def activer(*, compte: Compte, appareil: TOTPDevice) -> None:
    """Put the enrolled device in service; the former one stops."""
    with contexte(compte.pk):
        TOTPDevice.objects.filter(user=compte, confirmed=True).exclude(pk=appareil.pk).delete()
        TOTPDevice.objects.filter(pk=appareil.pk).update(confirmed=True)
        journaliser("second_facteur_active", objet=compte.public_id)


@commande
def retirer(*, compte: Compte) -> None:
    """Take the second factor away (lost phone): the next sign-in enrols another."""
    TOTPDevice.objects.filter(user=compte).delete()
    journaliser("second_facteur_retire", objet=compte.public_id)
