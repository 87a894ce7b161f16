"""Keep a form that could not be received, give it back to the same account, forget it.

The text is encrypted with a key that only the browser holds (AES-256-GCM, the account and the row's id as
associated data): stolen from the database, or asked for by another account, it says nothing.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from maillage.acteurs.models import SaisieGardee
from maillage.droit.api import entier
from maillage.socle.contexte import acteur_requis
from maillage.socle.journal import journaliser
from maillage.socle.services import commande
from maillage.socle.temps import aujourd_hui, maintenant

#: Beyond this a form is not a form any more; bytes.
TAILLE_MAXIMALE: Final = 200_000

Champs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Saisie:
    """A form as it was sent: where to, each field in order, and until when it is kept."""

    chemin: str
    champs: Champs
    expire_le: datetime


def duree() -> timedelta:
    """How long a form is kept aside for who was writing it."""
    return timedelta(minutes=entier("conservation.saisie_minutes", aujourd_hui()))


@commande
def garder(*, chemin: str, champs: Champs) -> str | None:
    """Encrypt and keep a form for the current actor. Returns what its browser must present to read it.

    None when it is too long to be kept.
    """
    clair = json.dumps({"chemin": chemin, "champs": list(champs)}).encode()
    if len(clair) > TAILLE_MAXIMALE:
        return None
    compte, public_id = acteur_requis(), uuid4()
    cle, nonce = AESGCM.generate_key(bit_length=256), secrets.token_bytes(12)
    SaisieGardee.objects.bulk_create(
        [
            SaisieGardee(
                public_id=public_id,
                compte_id=compte,
                contenu=nonce + AESGCM(cle).encrypt(nonce, clair, _lie(compte, public_id)),
                expire_le=maintenant() + duree(),
            )
        ]
    )
    journaliser("saisie_gardee", objet=public_id)
    return f"{public_id}.{base64.urlsafe_b64encode(cle).decode()}"


def relire(temoin: str) -> Saisie | None:
    """The form that browser left, if it is the current actor's and still kept; else None."""
    recu = _decouper(temoin)
    if recu is None:
        return None
    public_id, cle = recu
    gardee = SaisieGardee.objects.filter(public_id=public_id, expire_le__gt=maintenant()).first()
    if gardee is None:
        return None
    contenu = bytes(gardee.contenu)
    try:
        clair = AESGCM(cle).decrypt(contenu[:12], contenu[12:], _lie(acteur_requis(), public_id))
    except (InvalidTag, ValueError):
        return None
    lu = json.loads(clair)
    return Saisie(lu["chemin"], [(nom, valeur) for nom, valeur in lu["champs"]], gardee.expire_le)


@commande
def oublier(temoin: str) -> None:
    """Erase the form that browser left; nothing happens when there is none."""
    recu = _decouper(temoin)
    if recu is not None:
        SaisieGardee.objects.filter(public_id=recu[0]).delete()


def _lie(compte: int, public_id: UUID) -> bytes:
    return f"acteurs_saisiegardee|{public_id}|contenu|{compte}|1".encode()


def _decouper(temoin: str) -> tuple[UUID, bytes] | None:
    identifiant, _, cle = temoin.partition(".")
    try:
        return UUID(identifiant), base64.urlsafe_b64decode(cle)
    except (ValueError, binascii.Error):
        return None
