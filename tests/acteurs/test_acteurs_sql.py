"""What a stolen web password could do to the tables of the room, in raw SQL.

The web role reads password hashes (Argon2id): it must, to sign people in. It cannot erase an account
nor a function, so that who did what stays answerable, and never touches the libraries' own tables.
"""

import psycopg
import pytest
from psycopg import sql

pytestmark = pytest.mark.django_db(transaction=False)

INTERDITS = [
    ("DELETE FROM", table)
    for table in ("acteurs_compte", "acteurs_fonctionexercee", "acteurs_organisme", "acteurs_nomorganisme")
] + [
    ("SELECT * FROM", table)
    for table in ("auth_permission", "auth_group", "django_content_type", "socle_journal")
]


@pytest.mark.parametrize(("ordre", "table"), INTERDITS)
def test_le_role_du_web_ne_peut_pas(connexion_web, ordre, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connexion_web.execute(sql.SQL("{} {}").format(sql.SQL(ordre), sql.Identifier(table)))


def test_le_role_du_web_ne_peut_ni_vider_ni_changer_les_tables(connexion_web):
    for ordre in ("TRUNCATE acteurs_compte CASCADE", "ALTER TABLE acteurs_compte ADD COLUMN note text"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connexion_web.transaction():
            connexion_web.execute(ordre)


def test_une_adresse_electronique_est_toujours_en_minuscules_meme_par_sql(connexion_web):
    with pytest.raises(psycopg.errors.CheckViolation):
        connexion_web.execute(
            "INSERT INTO acteurs_compte (password, public_id, courriel, prenom, nom, civilite,"
            " fonction_libelle, actif, double_facteur_exige, cree_le)"
            " VALUES ('!', gen_random_uuid(), 'A@exemple.invalid', 'A', 'B', '', '', true, true, now())"
        )
