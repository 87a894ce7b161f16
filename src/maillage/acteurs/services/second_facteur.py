"""The second factor: a time-based code (RFC 6238) or a key (WebAuthn); recovery codes stand behind both."""

from base64 import b32encode
from dataclasses import dataclass

import segno
from django.db import transaction

from maillage.acteurs.models import AppareilDeCodes, CleDAcces, Compte, Session
from maillage.acteurs.services import appareils, essais, secours
from maillage.acteurs.services.cles import cles_de
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.services import commande


@dataclass(frozen=True, slots=True)
class Moyens:
    """What an account can show beside its password."""

    appareil: AppareilDeCodes | None
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


def appareil_confirme(compte: Compte) -> AppareilDeCodes | None:
    """The device in service, or None."""
    return AppareilDeCodes.objects.filter(compte=compte, confirme=True).order_by("pk").first()


def image_qr(appareil: AppareilDeCodes) -> str:
    """The enrolment address as an SVG ``data:`` address: attributes only, no style, nothing fetched."""
    dessin = segno.make(appareils.adresse(appareil), micro=False)
    return dessin.svg_data_uri(scale=4, dark="#000", light="#fff")


def cle_lisible(appareil: AppareilDeCodes) -> str:
    """The key in groups of four, for who cannot scan."""
    texte = b32encode(appareils.secret_de(appareil)).decode()
    return " ".join(texte[debut : debut + 4] for debut in range(0, len(texte), 4))


def verifier_code(*, compte: Compte, appareil: AppareilDeCodes, code: str, adresse: str) -> bool:
    """Whether the code is right; failures count like wrong passwords. A code serves once."""
    if essais.bloque(compte.courriel, adresse):
        return False
    with transaction.atomic():
        verrouille = AppareilDeCodes.objects.select_for_update(of=("self",)).get(pk=appareil.pk)
        if appareils.juste(appareil=verrouille, code=code.replace(" ", "")):
            essais.oublier(compte.courriel)
            return True
    essais.compter_echec(courriel=compte.courriel, adresse=adresse)
    journaliser("second_facteur_refuse", objet=compte.public_id)
    return False


def activer(*, compte: Compte, appareil: AppareilDeCodes, session: str | None = None) -> None:
    """Put the enrolled device in service: every other one stops, every session but ``session`` ends."""
    with contexte(compte.pk):
        AppareilDeCodes.objects.filter(compte=compte).exclude(pk=appareil.pk).delete()
        AppareilDeCodes.objects.filter(pk=appareil.pk).update(confirme=True)
        fermer_les_autres(compte=compte, session=session)
        journaliser("second_facteur_active", objet=compte.public_id)


def fermer_les_autres(*, compte: Compte, session: str | None) -> None:
    """End the sessions opened before a new factor came in service, but the one that brought it."""
    Session.objects.filter(compte=compte).exclude(session_key=session or "").delete()


@commande
def retirer(*, compte: Compte) -> None:
    """Take every second factor away, recovery codes included: the next sign-in enrols another."""
    AppareilDeCodes.objects.filter(compte=compte).delete()
    CleDAcces.objects.filter(compte=compte).delete()
    secours.oublier(compte=compte)
    journaliser("second_facteur_retire", objet=compte.public_id)
