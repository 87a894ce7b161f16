"""Seal what is there, by batches: each person's key is in the store before their row is closed.

Cut anywhere, it starts again: a person keeps the key they have, and what was undone is sealed anew. The
form of the sealed text is written out here: a migration does not change with the code.
"""

import json
from datetime import date
from typing import Any

from django.db import migrations

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.scelle import Lieu, sceller

LOT = 1000
DE_LA_PERSONNE = (
    "nom",
    "prenom",
    "sexe",
    "naissance",
    "naissance_estimee",
    "adresse",
    "telephone",
    "courriel",
)
DU_PROCHE = ("nom", "prenom", "lien", "adresse", "telephone")


def _texte(champs: tuple[str, ...], valeurs: tuple[Any, ...]) -> bytes:
    gardees = {nom: v for nom, v in zip(champs, valeurs, strict=True) if v not in ("", None, False)}
    return json.dumps(gardees, ensure_ascii=False, default=date.isoformat, separators=(",", ":")).encode()


def _fermer(curseur: Any, lire: str, ecrire: str, table: str, champs: tuple[str, ...]) -> None:
    while True:
        curseur.execute(f"{lire} WHERE l.scelle IS NULL ORDER BY l.id LIMIT {LOT}")
        lues = curseur.fetchall()
        if not lues:
            return
        cles = coffre().creer([objet for _, objet, *_ in lues])
        curseur.executemany(
            ecrire,
            [
                (
                    sceller(
                        cles[objet], _texte(champs, tuple(valeurs)), Lieu(table, public, "scelle", version)
                    ),
                    pk,
                )
                for pk, objet, public, version, *valeurs in lues
            ],
        )


def fermer(_apps: Any, editeur: Any) -> None:
    with editeur.connection.cursor() as curseur:
        curseur.execute("SET LOCAL ROLE m_maintenance")
        _fermer(
            curseur,
            "SELECT l.id, l.public_id, l.public_id, l.version, "
            f"{', '.join(f'l.{c}' for c in DE_LA_PERSONNE)} FROM situations_identite l",
            "UPDATE situations_identite SET scelle = %s WHERE id = %s",
            "situations_identite",
            DE_LA_PERSONNE,
        )
        _fermer(
            curseur,
            f"SELECT l.id, i.public_id, l.public_id, 1, {', '.join(f'l.{c}' for c in DU_PROCHE)} "
            "FROM situations_representant l JOIN situations_identite i "
            "ON i.id = l.identite_id AND i.cercle_id = l.cercle_id",
            "UPDATE situations_representant SET scelle = %s WHERE id = %s",
            "situations_representant",
            DU_PROCHE,
        )
        curseur.execute("RESET ROLE")


class Migration(migrations.Migration):
    dependencies = [("situations", "0004_identite_scellee")]

    operations = [migrations.RunPython(fermer)]
