"""Seal what is there: each key is in the store before its row is closed. Cut anywhere, it starts again.

What was already encrypted was so under a key derived from the secret of the installation: it is opened with
it here, for the last time. The forms are written out: a migration does not change with the code.
"""

import json
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import Lieu, sceller

NONCE = 12
#: (columns read, table and what leads to its key, field sealed), of what was encrypted under the secret.
CHIFFRES = (
    ("l.public_id", "droits_reponse l WHERE l.contenu IS NOT NULL", "droits_reponse", "contenu"),
    ("l.public_id", "droits_fichierdereponse l", "droits_fichierdereponse", "contenu"),
    (
        "i.public_id",
        "droits_anciennevaleur l JOIN situations_situation s ON s.id = l.situation_id "
        "AND s.cercle_id = l.cercle_id JOIN situations_identite i ON i.id = s.identite_id "
        "AND i.cercle_id = s.cercle_id",
        "droits_anciennevaleur",
        "valeur",
    ),
)


def _fermer(objet: UUID, clair: bytes, table: str, ligne: UUID, champ: str) -> bytes:
    return sceller(coffre().creer([objet])[objet], clair, Lieu(table, ligne, champ, 1))


def _recherche(nom: str, prenom: str, naissance: date | None, valeur: str) -> bytes:
    valeurs = {"nom": nom, "prenom": prenom, "naissance": naissance, "valeur": valeur}
    gardees = {champ: lue for champ, lue in valeurs.items() if lue}
    return json.dumps(gardees, ensure_ascii=False, default=date.isoformat, separators=(",", ":")).encode()


def _questions(curseur: Any) -> None:
    curseur.execute(
        "SELECT public_id, nom, prenom, naissance, valeur FROM droits_question WHERE scelle IS NULL"
    )
    for ligne, *valeurs in curseur.fetchall():
        ferme = _fermer(ligne, _recherche(*valeurs), "droits_question", ligne, "scelle")
        curseur.execute("UPDATE droits_question SET scelle = %s WHERE public_id = %s", [ferme, ligne])


def _valeurs(curseur: Any) -> None:
    curseur.execute(
        "SELECT d.public_id, i.public_id, d.valeur FROM droits_demandededroit d "
        "JOIN situations_identite i ON i.id = d.identite_id AND i.cercle_id = d.cercle_id "
        "WHERE d.valeur <> '' AND d.valeur_scellee IS NULL"
    )
    for ligne, objet, valeur in curseur.fetchall():
        ferme = _fermer(objet, valeur.encode(), "droits_demandededroit", ligne, "valeur_scellee")
        curseur.execute(
            "UPDATE droits_demandededroit SET valeur_scellee = %s WHERE public_id = %s", [ferme, ligne]
        )


def _derivee(secret: str) -> AESGCM:
    usage = b"maillage.droits.coffret.1"
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=usage).derive(secret.encode()))


def _dechiffrer(cles: list[AESGCM], octets: bytes, lien: bytes) -> bytes:
    """Under the secret in service when it was written: today's, or one before."""
    for cle in cles[:-1]:
        try:
            return cle.decrypt(octets[:NONCE], octets[NONCE:], lien)
        except InvalidTag:
            continue
    return cles[-1].decrypt(octets[:NONCE], octets[NONCE:], lien)


def _chiffres(curseur: Any) -> None:
    anciennes = [_derivee(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    for cle, source, table, champ in CHIFFRES:
        curseur.execute(f"SELECT l.public_id, l.cercle_id, {cle}, l.{champ} FROM {source}")
        for ligne, cercle, objet, ferme in curseur.fetchall():
            octets = bytes(ferme)
            lien = f"{table}|{cercle}|{ligne}".encode()
            clair = _dechiffrer(anciennes, octets, lien)
            neuf = _fermer(objet, clair, table, ligne, champ)
            curseur.execute(f"UPDATE {table} SET {champ} = %s WHERE public_id = %s", [neuf, ligne])


def fermer(_apps: Any, editeur: Any) -> None:
    with editeur.connection.cursor() as curseur:
        curseur.execute("SET LOCAL ROLE m_maintenance")
        _questions(curseur)
        _valeurs(curseur)
        _chiffres(curseur)
        curseur.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [("droits", "0005_place_du_scelle")]

    operations = [migrations.RunPython(fermer)]
