"""Seal the secrets there are: the key of each device is in the store before its row is closed.

One transaction: undone anywhere, the secrets are where they were, and it starts again. The former table
stays for the library that made it; it is emptied, rewritten, and closed to the web role.
"""

from typing import Any
from uuid import uuid4

from django.db import migrations

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import Lieu, sceller

LIRE = """
SELECT d.user_id, d.key, d.confirmed, d.last_t, d.drift, coalesce(d.created_at, now())
FROM otp_totp_totpdevice d ORDER BY d.id
"""
ECRIRE = """
INSERT INTO acteurs_appareildecodes (public_id, compte_id, scelle, confirme, dernier_pas, derive, cree_le)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def sceller_les_secrets(_apps: Any, editeur: Any) -> None:
    with editeur.connection.cursor() as curseur:
        curseur.execute(LIRE)
        lues = [(uuid4(), *ligne) for ligne in curseur.fetchall()]
        cles = coffre().creer([public for public, *_ in lues]) if lues else {}
        curseur.execute("SET LOCAL ROLE m_maintenance")
        curseur.executemany(
            ECRIRE,
            [
                (
                    public,
                    compte,
                    sceller(
                        cles[public],
                        bytes.fromhex(secret),
                        Lieu("acteurs_appareildecodes", public, "scelle", 1),
                    ),
                    *reste,
                )
                for public, compte, secret, *reste in lues
            ],
        )
        curseur.execute("RESET ROLE")
        # Not DELETE: the pages of the table would keep what it held.
        curseur.execute("TRUNCATE otp_totp_totpdevice")
        curseur.execute("REVOKE ALL ON otp_totp_totpdevice FROM m_web")
        # An account that goes away still asks the former table: it may read there, and add nothing.
        curseur.execute("REVOKE INSERT, UPDATE ON otp_totp_totpdevice FROM m_maintenance")


class Migration(migrations.Migration):
    dependencies = [("acteurs", "0005_appareils_et_rythme"), ("otp_totp", "0003_add_timestamps")]

    operations = [migrations.RunPython(sceller_les_secrets)]
