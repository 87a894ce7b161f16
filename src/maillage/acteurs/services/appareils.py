"""Applications of codes: drawn, sealed in the database, opened the time of one verification.

The key of each device is in the store of keys (decision 25), confirmed before the row. A stolen database
computes no code.
"""

import secrets
import time
from base64 import b32encode
from collections.abc import Collection
from typing import Final
from urllib.parse import quote, urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django_otp.oath import TOTP

from maillage.acteurs.models import AppareilDeCodes, Compte
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import CleDeDossier, Lieu, ouvrir, sceller
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import maintenant

#: Bytes of the secret (RFC 4226 asks for 20), seconds of a step, signs of a code, steps of tolerance.
OCTETS: Final = 20
PAS: Final = 30
SIGNES: Final = 6
TOLERANCE: Final = 1


def _lieu(appareil: UUID) -> Lieu:
    return Lieu("acteurs_appareildecodes", appareil, "scelle", 1)


def poser(*, compte: Compte, confirme: bool = False) -> AppareilDeCodes:
    """A new device of that account: its key is in the store, then its row."""
    public = uuid4()
    cle = coffre().creer([public])[public]
    return AppareilDeCodes.objects.create(
        public_id=public,
        compte=compte,
        scelle=sceller(cle, secrets.token_bytes(OCTETS), _lieu(public)),
        confirme=confirme,
        cree_le=maintenant(),
    )


def secret_de(appareil: AppareilDeCodes) -> bytes:
    """The secret of a device. Raises ``ScelleRompu`` where its key is gone or the row was changed."""
    cles = coffre().lire([appareil.public_id]).get(appareil.public_id, {})
    return ouvrir(cles, bytes(appareil.scelle), _lieu(appareil.public_id))


def juste(*, appareil: AppareilDeCodes, code: str) -> bool:
    """Whether this is the code of now; it then never serves again. The row must be locked."""
    if not (code.isascii() and code.isdigit()):
        return False
    calcul = TOTP(secret_de(appareil), PAS, 0, SIGNES, appareil.derive)
    calcul.time = time.time()
    if not calcul.verify(int(code), TOLERANCE, appareil.dernier_pas + 1):
        return False
    AppareilDeCodes.objects.filter(pk=appareil.pk).update(dernier_pas=calcul.t(), derive=calcul.drift)
    return True


def adresse(appareil: AppareilDeCodes) -> str:
    """What an application scans."""
    emetteur = settings.OTP_TOTP_ISSUER
    champs = {
        "secret": b32encode(secret_de(appareil)).decode(),
        "algorithm": "SHA1",
        "digits": SIGNES,
        "period": PAS,
        "issuer": emetteur,
    }
    return f"otpauth://totp/{quote(f'{emetteur}:{appareil.compte.courriel}')}?{urlencode(champs)}"


# --- What the store of keys asks of its holders ------------------------------------------------------


def vivants(publics: Collection[UUID]) -> set[UUID]:
    """Those of these devices that still have a row."""
    with en_maintenance():
        lignes = AppareilDeCodes.objects.filter(public_id__in=publics)
        return set(lignes.values_list("public_id", flat=True))


def resceller(publics: Collection[UUID]) -> int:
    """Seal these devices again, each under its last key. Run as an operator."""
    cles = coffre().lire(publics)
    with en_maintenance():
        lignes = list(AppareilDeCodes.objects.select_for_update().filter(public_id__in=publics))
        for ligne in lignes:
            connues = cles[ligne.public_id]
            clair = ouvrir(connues, bytes(ligne.scelle), _lieu(ligne.public_id))
            derniere: CleDeDossier = connues[max(connues)]
            AppareilDeCodes.objects.filter(pk=ligne.pk).update(
                scelle=sceller(derniere, clair, _lieu(ligne.public_id))
            )
    return len(lignes)


def effacer(publics: Collection[UUID]) -> int:
    """Erase the devices whose key was destroyed, in a database brought back. Run as an operator."""
    with en_maintenance():
        effaces: int = AppareilDeCodes.objects.filter(public_id__in=publics).delete()[0]
        return effaces
