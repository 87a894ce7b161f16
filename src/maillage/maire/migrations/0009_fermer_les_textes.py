"""Seal what is there, by batches, under the key of the person. Cut anywhere, it starts again.

Not reversible: nothing goes back in clear. A lifting knows its file by a pseudonym alone, whatever its kind.
"""

from typing import Any

from django.db import migrations

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import Lieu, sceller

LOT = 1000
DOSSIERS = " UNION ALL ".join(
    f"SELECT public_id, identite_id, cercle_id FROM maire_{table}"
    for table in ("rappel", "dossierfamille", "transaction", "mesuresport")
)
RECITS = (
    (
        "maire_leveedumaire",
        f"JOIN ({DOSSIERS}) d ON d.public_id = l.objet AND d.cercle_id = l.cercle_id",
    ),
    (
        "maire_suitefamille",
        "JOIN maire_dossierfamille d ON d.id = l.dossier_id AND d.cercle_id = l.cercle_id",
    ),
)


def _fermer(curseur: Any, table: str, dossier: str) -> None:
    while True:
        curseur.execute(
            f"SELECT l.id, i.public_id, l.public_id, l.precision FROM {table} l {dossier} "
            "JOIN situations_identite i ON i.id = d.identite_id AND i.cercle_id = d.cercle_id "
            f"WHERE l.scelle IS NULL ORDER BY l.id LIMIT {LOT}"
        )
        lues = curseur.fetchall()
        if not lues:
            return
        cles = coffre().creer([personne for _, personne, *_ in lues])
        curseur.executemany(
            f"UPDATE {table} SET scelle = %s WHERE id = %s",
            [
                (sceller(cles[personne], texte.encode(), Lieu(table, public, "scelle", 1)), pk)
                for pk, personne, public, texte in lues
            ],
        )


def fermer(_apps: Any, editeur: Any) -> None:
    with editeur.connection.cursor() as curseur:
        curseur.execute("SET LOCAL ROLE m_maintenance")
        for recit in RECITS:
            _fermer(curseur, *recit)
        curseur.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [("maire", "0008_textes_scelles")]

    operations = [migrations.RunPython(fermer)]
