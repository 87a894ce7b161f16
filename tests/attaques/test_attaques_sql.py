"""What a stolen web password is worth: raw SQL as ``m_web`` itself, on every nominative table.

One risk is accepted and written down: whoever runs SQL as ``m_web`` may name any actor, since the
application itself must. The wall then opens what that actor reads, and nothing more.
"""

import re

import psycopg
import pytest
from psycopg import errors
from tests.attaques.decor import CANARI, MURS, une_proie

#: A draft agenda's point, and what an author takes back (``test_attaques_retraits.py``).
REPRENABLES = {"instances_point", "situations_contact", "situations_element", "situations_objectif"}
TABLES = [modele._meta.db_table for modele in MURS]
#: They count for who may not read what is counted: they take a key and give nothing back.
COMPTENT = {
    "socle.compter_participation(bigint)",
    "socle.limitations_du_conseil(bigint)",
    "socle.refuser_si_gelee()",
    "socle.refuser_si_limitee()",
}


ORDRES = [
    "CREATE FUNCTION public.fuite(text) RETURNS bool LANGUAGE sql AS $$ SELECT true $$",
    "CREATE FUNCTION socle.acteur2() RETURNS bigint LANGUAGE sql AS $$ SELECT 1::bigint $$",
    "CREATE OR REPLACE FUNCTION socle.mes_cercles() RETURNS bigint[] LANGUAGE sql AS $$ SELECT '{1}' $$",
    "CREATE TEMP TABLE instances_habilitation (compte_id bigint)",
    "CREATE TABLE public.copie AS SELECT 1 AS un",
    "CREATE VIEW public.vue AS SELECT * FROM situations_identite",
    "CREATE SCHEMA intrus",
    "CREATE OPERATOR public.=== (leftarg = text, rightarg = text, function = texteq)",
    "SET ROLE m_maintenance",
    "SET ROLE m_proprietaire",
    "SET ROLE m_resolveur",
    "SET ROLE m_journal",
    "SET SESSION AUTHORIZATION m_proprietaire",
    "SET session_replication_role = replica",
    "SET LOCAL lo_compat_privileges = on",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_statistic_ext_data",
    "SELECT * FROM pg_authid",
    "ALTER ROLE m_web BYPASSRLS",
    "GRANT m_maintenance TO m_web",
    "SELECT * FROM socle_journal",
    "INSERT INTO socle_journal (le, evenement, objet, details) VALUES (now(), 'faux', '', '{}')",
    "UPDATE socle_fait_statistique SET nombre = 0",
    "DELETE FROM socle_fait_statistique",
    "UPDATE socle_installation SET demo = true",
    "INSERT INTO socle_installation (id, demo, cree_le) VALUES (1, true, now())",
    "SET log_statement = 'all'",
    "COPY (SELECT 1) TO PROGRAM 'id'",
]


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    with django_db_blocker.unblock():
        yield une_proie()


@pytest.fixture
def web(proie, connexion_web: psycopg.Connection) -> psycopg.Connection:
    connexion_web.autocommit = True
    return connexion_web


def nommer(web: psycopg.Connection, acteur: object) -> None:
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(acteur)])


def refuse(web: psycopg.Connection, ordre: str, *causes: type[Exception]) -> Exception:
    with pytest.raises(causes or (errors.InsufficientPrivilege,)) as refus, web.transaction():
        web.execute(ordre.encode())
    assert CANARI.search(str(refus.value)) is None
    return refus.value


def test_sans_acteur_ou_avec_un_autre_rien_ne_se_lit_ni_ne_s_ecrit(web, proie):
    from tests.acteurs.fabriques import creer_compte

    etranger = creer_compte("coordonnateur").pk
    for acteur in ("", "0", "-1", str(2**62), str(etranger)):
        nommer(web, acteur)
        for table in TABLES:
            assert web.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
            assert web.execute(f"UPDATE {table} SET version = version").rowcount == 0, table
            refuse(web, f"INSERT INTO {table} (cercle_id) VALUES ({proie.groupe.cle})")
    for forge in ("1 OR true", "1,2", "{1}", "null", "1e3", "' '"):
        nommer(web, forge)
        refuse(web, f"SELECT count(*) FROM {TABLES[0]}", errors.DataError)


def test_nommer_un_membre_n_ouvre_que_ses_cercles(web, proie):
    """The accepted risk: ``set_config`` is open to who already runs SQL; it opens one actor's cercles."""
    nommer(web, proie.groupe.membre.pk)
    for table in TABLES:
        cercles = {cle for (cle,) in web.execute(f"SELECT cercle_id FROM {table}")}
        assert cercles <= {proie.groupe.cle}, table


def test_rien_ne_s_efface_ne_se_vide_ni_ne_s_exporte(web, proie):
    nommer(web, proie.groupe.membre.pk)
    for table in TABLES:
        refuse(web, f"TRUNCATE {table}")
        refuse(web, f"COPY {table} TO PROGRAM 'cat'")
        refuse(web, f"COPY {table} TO '/tmp/export'")
        refuse(web, f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        refuse(web, f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        refuse(web, f"CREATE POLICY libre ON {table} USING (true)")
        refuse(web, f"CREATE TRIGGER t BEFORE INSERT ON {table} EXECUTE FUNCTION socle.installation_figee()")
        if table not in REPRENABLES:
            refuse(web, f"DELETE FROM {table}")


def test_copy_ne_sort_que_ce_que_l_acteur_lit(web):
    for table in TABLES:
        nommer(web, "")
        with web.cursor().copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copie:
            assert b"".join(bytes(bloc) for bloc in copie) == b""


def test_aucun_ordre_d_attaque_ne_passe(connexion_web):
    for ordre in ORDRES:
        refuse(connexion_web, ordre)


def test_le_chemin_de_recherche_ne_detourne_aucune_fonction(web, proie):
    web.execute("SET search_path = pg_temp, information_schema, pg_catalog")
    nommer(web, "")
    assert web.execute("SELECT socle.mes_cercles()").fetchone() == ([],)
    nommer(web, proie.groupe.membre.pk)
    assert web.execute("SELECT socle.mes_cercles()").fetchone() == ([proie.groupe.cle],)
    fonctions = web.execute("""
        SELECT p.oid::regprocedure::text, p.proconfig, r.rolname FROM pg_proc p
          JOIN pg_roles r ON r.oid = p.proowner JOIN pg_namespace n ON n.oid = p.pronamespace
         WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    """).fetchall()
    assert fonctions
    for nom, reglages, proprietaire in fonctions:
        assert "search_path=pg_catalog, pg_temp" in (reglages or []), nom
        attendu = {"m_maintenance"} if nom in COMPTENT else {"m_resolveur", "m_journal"}
        assert proprietaire in attendu, nom


def test_couper_la_securite_des_lignes_leve_une_erreur_et_ne_rend_rien(web):
    web.execute("SET row_security = off")
    for table in TABLES:
        refuse(web, f"SELECT * FROM {table}")
    web.execute("RESET row_security")


def test_les_statistiques_et_les_sequences_ne_disent_rien(web):
    for table in TABLES:
        assert web.execute("SELECT count(*) FROM pg_stats WHERE tablename = %s", [table]).fetchone() == (0,)
    sequences = web.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S' AND relname LIKE ANY (%s)",
        [[f"{table}_%" for table in TABLES]],
    ).fetchall()
    assert len(sequences) >= len(TABLES)
    for (sequence,) in sequences:
        refuse(web, f"SELECT nextval('{sequence}')")
        refuse(web, f"SELECT setval('{sequence}', 1)")
        refuse(web, f"SELECT last_value FROM {sequence}")


def test_une_condition_ne_voit_jamais_une_ligne_cachee(web):
    """Division, cast and length errors would tell a hidden value if they ran before the wall."""
    nommer(web, "")
    for condition in (
        "1 / (length(scelle) - length(scelle)) = 1",
        "encode(scelle, 'hex')::int = 1",
        "encode(scelle, 'hex') ~ (encode(scelle, 'hex') || '(')",
        "pg_sleep(length(scelle)) IS NULL",
    ):
        assert web.execute(f"SELECT count(*) FROM situations_identite WHERE {condition}").fetchone() == (0,)
    for format_ in ("", "ANALYZE, VERBOSE, "):
        plan = web.execute(
            f"EXPLAIN ({format_}COSTS off) SELECT * FROM situations_identite WHERE scelle > ''::bytea"
        )
        assert CANARI.search("\n".join(ligne for (ligne,) in plan)) is None


def test_un_doublon_d_un_autre_cercle_ne_se_devine_pas(web, proie):
    """Same answer for a hidden public id and for one that does not exist: the wall speaks first."""
    nommer(web, "")
    for table in TABLES:
        messages = set()
        for public in (
            proie.situation.public_id,
            proie.point.public_id,
            "00000000-0000-4000-8000-000000000000",
        ):
            refus = refuse(
                web,
                f"INSERT INTO {table} (cercle_id, public_id) VALUES ({proie.groupe.cle}, '{public}') "
                "ON CONFLICT DO NOTHING",
            )
            messages.add(re.sub(r"[0-9a-f-]{36}", "?", str(refus)))
        assert len(messages) == 1, messages


def test_chaque_cle_unique_d_une_table_nominative_commence_par_le_cercle(web):
    fautives = web.execute(
        """
        SELECT c.conname FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'u' AND c.conrelid::regclass::text = ANY (%s) AND a.attname <> 'cercle_id'
        """,
        [TABLES],
    ).fetchall()
    assert fautives == []
