"""Seal what is there, by batches. Cut anywhere, it starts again. Not reversible: nothing goes back in clear.

A lifting takes the key of its person; whom a body receives, a key of the row. The form is written out here.
"""

import json
from datetime import date
from typing import Any

from django.db import migrations

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import Lieu, sceller

LOT = 1000
LEVEES = f"""
SELECT l.id, i.public_id, l.public_id, l.precision FROM parcours_levee l
JOIN situations_situation s ON s.id = l.situation_id AND s.cercle_id = l.cercle_id
JOIN situations_identite i ON i.id = s.identite_id AND i.cercle_id = s.cercle_id
WHERE l.scelle IS NULL ORDER BY l.id LIMIT {LOT}"""
REMIS = ("intitule", "nom", "prenom", "naissance", "telephone")
ACCUEILS = f"""
SELECT l.id, l.public_id, l.public_id, {", ".join(f"l.{colonne}" for colonne in REMIS)}
FROM parcours_accueil l WHERE l.scelle IS NULL ORDER BY l.id LIMIT {LOT}"""


def _fiche(*valeurs: Any) -> bytes:
    gardees = {nom: v for nom, v in zip(REMIS, valeurs, strict=True) if v not in ("", None)}
    return json.dumps(gardees, ensure_ascii=False, default=date.isoformat, separators=(",", ":")).encode()


def _fermer(curseur: Any, table: str, lire: str, clair: Any) -> None:
    while True:
        curseur.execute(lire)
        lues = curseur.fetchall()
        if not lues:
            return
        cles = coffre().creer([objet for _, objet, *_ in lues])
        curseur.executemany(
            f"UPDATE {table} SET scelle = %s WHERE id = %s",
            [
                (sceller(cles[objet], clair(*valeurs), Lieu(table, public, "scelle", 1)), pk)
                for pk, objet, public, *valeurs in lues
            ],
        )


def fermer(_apps: Any, editeur: Any) -> None:
    with editeur.connection.cursor() as curseur:
        curseur.execute("SET LOCAL ROLE m_maintenance")
        _fermer(curseur, "parcours_levee", LEVEES, str.encode)
        _fermer(curseur, "parcours_accueil", ACCUEILS, _fiche)
        curseur.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [("parcours", "0010_textes_scelles")]

    operations = [migrations.RunPython(fermer)]
