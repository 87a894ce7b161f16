"""A WebAuthn key in software: what a browser and an authenticator would answer, and how they would lie."""

import hashlib
import json
import secrets
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIE, DONNEES_JOINTES = 0x01, 0x04, 0x40


class Cle:
    """One key. ``compteur`` is what it says of its uses; ``origine`` and ``site`` are what it is told."""

    def __init__(self, origine: str = "http://testserver", site: str = "testserver") -> None:
        self.origine, self.site = origine, site
        self.identifiant = secrets.token_bytes(32)
        self.privee = ec.generate_private_key(ec.SECP256R1())
        self.compteur = 0

    def creer(self, demande: str, **mensonges: Any) -> str:
        """The answer to a demand of creation."""
        options = json.loads(demande)
        nombres = self.privee.public_key().public_numbers()
        publique = {1: 2, 3: -7, -1: 1, -2: nombres.x.to_bytes(32), -3: nombres.y.to_bytes(32)}
        jointes = bytes(16) + len(self.identifiant).to_bytes(2) + self.identifiant + cbor2.dumps(publique)
        donnees = self._donnees(PRESENT | VERIFIE | DONNEES_JOINTES) + jointes
        objet = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": donnees})
        client = self._client("webauthn.create", options["challenge"], mensonges)
        return self._reponse(clientDataJSON=client, attestationObject=objet)

    def prouver(self, demande: str, **mensonges: Any) -> str:
        """The answer to a demand of proof, signed."""
        options = json.loads(demande)
        self.compteur += 1
        donnees = self._donnees(mensonges.pop("drapeaux", PRESENT | VERIFIE))
        client = self._client("webauthn.get", options["challenge"], mensonges)
        signe = self.privee.sign(donnees + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._reponse(clientDataJSON=client, authenticatorData=donnees, signature=signe)

    def _donnees(self, drapeaux: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([drapeaux]) + self.compteur.to_bytes(4)

    def _client(self, genre: str, defi: str, mensonges: dict[str, Any]) -> bytes:
        dit = {"type": genre, "challenge": defi, "origin": self.origine, "crossOrigin": False}
        return json.dumps({**dit, **mensonges}).encode()

    def _reponse(self, **champs: bytes) -> str:
        identifiant = bytes_to_base64url(self.identifiant)
        return json.dumps(
            {
                "id": identifiant,
                "rawId": identifiant,
                "type": "public-key",
                "response": {nom: bytes_to_base64url(valeur) for nom, valeur in champs.items()},
                "clientExtensionResults": {},
            }
        )


def defi_de(demande: str) -> bytes:
    return base64url_to_bytes(json.loads(demande)["challenge"])
