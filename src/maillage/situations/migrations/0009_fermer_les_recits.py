"""Seal the narratives that are there, by batches, under the key of the person they are about.

Cut anywhere, it starts again: what was undone is sealed anew. Not reversible: nothing is put back in clear.
"""

from typing import Any

from django.db import migrations

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import Lieu, sceller

LOT = 1000
D_UN_SUIVI = "JOIN situations_situation s ON s.id = l.situation_id AND s.cercle_id = l.cercle_id"
#: Table, column in clear, how the row leads to its identity.
RECITS = (
    ("situations_signalement", "texte", "", "l.identite_id"),
    ("situations_element", "precision", D_UN_SUIVI, "s.identite_id"),
    ("situations_objectif", "libelle", D_UN_SUIVI, "s.identite_id"),
    ("situations_bilan", "texte", D_UN_SUIVI, "s.identite_id"),
)


def _fermer(curseur: Any, table: str, colonne: str, suivi: str, identite: str) -> None:
    while True:
        curseur.execute(
            f"SELECT l.id, i.public_id, l.public_id, l.{colonne} FROM {table} l {suivi} "
            f"JOIN situations_identite i ON i.id = {identite} AND i.cercle_id = l.cercle_id "
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
    dependencies = [("situations", "0008_recits_scelles")]

    operations = [migrations.RunPython(fermer)]
