"""The roles: what each may do, and what nobody may."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from maillage.socle.postgres import (
    Serveur,
    creer_base,
    mots_de_passe,
    preparer_roles,
    sql_roles,
    sql_serveur_gere,
    verifier_role,
)
from maillage.socle.postgres.roles import CONNECTES, SANS_CONNEXION, empreinte_scram

pytestmark = pytest.mark.serveur

Connexion = psycopg.Connection


def se_connecter(serveur: Serveur, role: str, base: str = "maillage") -> Connexion:
    return psycopg.connect(**serveur.parametres_connexion(role, base).libpq(), autocommit=True)


@pytest.fixture
def admin(serveur_commun: Serveur) -> Iterator[Connexion]:
    """The superuser in the application's database."""
    with serveur_commun.connexion_superutilisateur("maillage") as conn:
        yield conn


@pytest.mark.parametrize("role", ["m_web", "m_taches"])
def test_the_roles_that_serve_and_work_are_harmless(serveur_commun: Serveur, role: str) -> None:
    with se_connecter(serveur_commun, role) as conn:
        assert verifier_role(conn) == []
        for interdit in (
            "CREATE SCHEMA a",
            "CREATE TABLE public.a (b int)",
            "CREATE TEMPORARY TABLE a (b int)",
            "CREATE ROLE a",
            "CREATE DATABASE a",
            "SET ROLE m_proprietaire",
            "SET ROLE m_maintenance",
            "SET session_replication_role = replica",
            "COPY pg_class TO PROGRAM 'cat'",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                conn.execute(interdit.encode())


def test_nobody_enters_the_system_databases_except_the_superuser(serveur_commun: Serveur) -> None:
    for role in (*CONNECTES, "m_essai"):
        for base in ("postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                se_connecter(serveur_commun, role, base)


def test_roles_without_login_cannot_log_in(serveur_commun: Serveur, admin: Connexion) -> None:
    lus = dict(
        admin.execute("SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'm\\_%'").fetchall()
    )
    assert lus == {
        **dict.fromkeys((*CONNECTES, "m_essai"), True),
        **dict.fromkeys(SANS_CONNEXION, False),
    }


def test_the_web_is_cut_off_when_it_takes_too_long(serveur_commun: Serveur) -> None:
    with se_connecter(serveur_commun, "m_web") as conn:
        for reglage, valeur in (
            ("statement_timeout", "15s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
        ):
            assert conn.execute(b"SELECT current_setting('%s')" % reglage.encode()).fetchone() == (valeur,)


def test_the_owner_gains_nothing_from_its_roles_until_it_says_so(serveur_commun: Serveur) -> None:
    with se_connecter(serveur_commun, "m_proprietaire") as conn, conn.transaction(force_rollback=True):
        conn.execute("CREATE TABLE public.dossier (nom text)")
        conn.execute("ALTER TABLE public.dossier ENABLE ROW LEVEL SECURITY")
        conn.execute("ALTER TABLE public.dossier FORCE ROW LEVEL SECURITY")
        conn.execute("CREATE POLICY entretien ON public.dossier TO m_maintenance USING (true)")
        conn.execute("GRANT SELECT, INSERT ON public.dossier TO m_maintenance")
        conn.execute("SET LOCAL ROLE m_maintenance")
        conn.execute("INSERT INTO public.dossier VALUES ('x')")
        assert conn.execute("SELECT count(*) FROM public.dossier").fetchone() == (1,)
        conn.execute("RESET ROLE")
        assert conn.execute("SELECT count(*) FROM public.dossier").fetchone() == (0,)


def test_the_owner_can_hand_over_a_function_and_the_new_owner_can_replace_it(serveur_commun: Serveur) -> None:
    with se_connecter(serveur_commun, "m_proprietaire") as conn, conn.transaction(force_rollback=True):
        conn.execute("CREATE SCHEMA coffre")
        for role in ("m_resolveur", "m_journal"):
            conn.execute(sql.SQL("GRANT USAGE, CREATE ON SCHEMA coffre TO {}").format(sql.Identifier(role)))
            conn.execute("CREATE FUNCTION coffre.f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
            conn.execute(sql.SQL("ALTER FUNCTION coffre.f() OWNER TO {}").format(sql.Identifier(role)))
            conn.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))
            conn.execute("CREATE OR REPLACE FUNCTION coffre.f() RETURNS int LANGUAGE sql AS 'SELECT 2'")
            conn.execute("DROP FUNCTION coffre.f()")
            conn.execute("RESET ROLE")


def test_the_role_of_the_tests_plays_the_web_or_maintenance_and_nothing_more(serveur_commun: Serveur) -> None:
    with se_connecter(serveur_commun, "m_essai") as conn:
        conn.execute("SET ROLE m_web")
        assert conn.execute("SELECT current_user").fetchone() == ("m_web",)
        assert any("membre du rôle « m_maintenance »" in faute for faute in verifier_role(conn))
        conn.execute("SET ROLE m_maintenance")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("SET ROLE m_proprietaire")


def test_a_real_installation_has_no_role_for_tests() -> None:
    assert "m_essai" not in sql_roles()
    assert "m_essai" not in sql_serveur_gere()
    assert "m_essai" in sql_roles(essais=True)


@pytest.mark.parametrize(
    ("donner", "reprendre", "faute"),
    [
        ("ALTER ROLE m_web SUPERUSER", "ALTER ROLE m_web NOSUPERUSER", "superutilisateur"),
        ("ALTER ROLE m_web BYPASSRLS", "ALTER ROLE m_web NOBYPASSRLS", "BYPASSRLS"),
        ("ALTER ROLE m_web CREATEROLE", "ALTER ROLE m_web NOCREATEROLE", "CREATEROLE"),
        ("ALTER ROLE m_web CREATEDB", "ALTER ROLE m_web NOCREATEDB", "CREATEDB"),
        ("ALTER ROLE m_web REPLICATION", "ALTER ROLE m_web NOREPLICATION", "REPLICATION"),
        ("GRANT m_taches TO m_web", "REVOKE m_taches FROM m_web", "membre du rôle « m_taches »"),
        (
            "GRANT pg_read_all_data TO m_web WITH INHERIT FALSE",
            "REVOKE pg_read_all_data FROM m_web",
            "membre du rôle « pg_read_all_data »",
        ),
        ("CREATE TABLE public.a (b int)", "DROP TABLE public.a", ""),
        (
            "CREATE TABLE public.a (b int); ALTER TABLE public.a OWNER TO m_web",
            "DROP TABLE public.a",
            "possède 1 objet(s) de type pg_class dans la base maillage",
        ),
        ("CREATE SCHEMA a AUTHORIZATION m_web", "DROP SCHEMA a", "pg_namespace"),
        (
            "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
            "ALTER FUNCTION public.f() OWNER TO m_web",
            "DROP FUNCTION public.f()",
            "pg_proc",
        ),
        (
            "CREATE TABLE public.a (b int); GRANT TRUNCATE ON public.a TO m_web",
            "DROP TABLE public.a",
            "peut vider la table « a »",
        ),
        (
            "GRANT SET ON PARAMETER session_replication_role TO m_web",
            "REVOKE SET ON PARAMETER session_replication_role FROM m_web",
            "session_replication_role",
        ),
    ],
)
def test_each_way_around_the_walls_is_named(
    serveur_commun: Serveur, admin: Connexion, donner: str, reprendre: str, faute: str
) -> None:
    admin.execute(donner.encode())
    try:
        with se_connecter(serveur_commun, "m_web") as conn:
            trouvees = verifier_role(conn)
    finally:
        admin.execute(reprendre.encode())
    assert any(faute in trouvee for trouvee in trouvees) if faute else trouvees == []
    with se_connecter(serveur_commun, "m_web") as conn:
        assert verifier_role(conn) == []


def test_preparing_again_takes_back_what_was_given_by_mistake(
    serveur_commun: Serveur, admin: Connexion, dossier_modele: Path
) -> None:
    admin.execute(
        "ALTER ROLE m_web BYPASSRLS CREATEDB; GRANT m_maintenance TO m_web; GRANT m_web TO m_resolveur"
    )
    admin.execute("ALTER ROLE m_maintenance LOGIN")
    preparer_roles(admin, mots_de_passe(dossier_modele), essais=True)
    preparer_roles(admin, mots_de_passe(dossier_modele), essais=True)
    with se_connecter(serveur_commun, "m_web") as conn:
        assert verifier_role(conn) == []
    appartenances = admin.execute(
        "SELECT member::regrole::text, roleid::regrole::text, inherit_option, set_option, admin_option"
        " FROM pg_auth_members WHERE member::regrole::text LIKE 'm\\_%' ORDER BY 1, 2"
    ).fetchall()
    assert appartenances == [
        ("m_essai", "m_maintenance", False, True, False),
        ("m_essai", "m_web", False, True, False),
        ("m_proprietaire", "m_journal", False, True, False),
        ("m_proprietaire", "m_maintenance", False, True, False),
        ("m_proprietaire", "m_resolveur", False, True, False),
    ]
    assert admin.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'm_maintenance'").fetchone() == (
        False,
    )


def test_a_clone_is_closed_to_the_public_and_open_to_our_roles(
    serveur_commun: Serveur, admin: Connexion
) -> None:
    with serveur_commun.connexion_superutilisateur() as conn:
        assert creer_base(conn, "copie", modele="template0", essais=True)
        assert not creer_base(conn, "copie", modele="template0", essais=True)
    for role in (*CONNECTES, "m_essai"):
        se_connecter(serveur_commun, role, "copie").close()
    admin.execute("CREATE ROLE passant LOGIN PASSWORD 'p'")
    passant = {
        **serveur_commun.parametres_connexion("m_web", "copie").libpq(),
        "user": "passant",
        "password": "p",
    }
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**passant)
    admin.execute("DROP ROLE passant")
    admin.execute("DROP DATABASE copie")


def test_a_database_name_is_quoted_and_never_executed(serveur_commun: Serveur, admin: Connexion) -> None:
    nom = 'a"; DROP TABLE b; --'
    with serveur_commun.connexion_superutilisateur() as conn:
        assert creer_base(conn, nom)
        conn.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(nom)))


def test_the_printed_text_holds_no_password_and_the_executed_one_only_verifiers() -> None:
    mots = dict.fromkeys((*CONNECTES, "m_essai"), "mot-de-passe-secret")
    assert "PASSWORD" not in sql_roles()
    assert sql_roles().count("\\password") == 3
    avec = sql_roles(True, mots_de_passe=mots)
    assert "mot-de-passe-secret" not in avec
    assert avec.count("SCRAM-SHA-256$4096:") == 3
    # The verifier published as an example for user « pencil » in RFC 7677, section 3, has this salt.
    sel = b"\x5b\x6d\x99\x68\x9d\x12\x35\x8e\xec\xa0\x4b\x14\x12\x36\xfa\x81"
    assert empreinte_scram("pencil", sel).startswith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$")


def test_an_administrator_without_superuser_prepares_a_managed_server_and_may_run_it_again(
    dossier: Path, dossier_vide: Path
) -> None:
    # A server without our roles; its administrator may only create roles and databases.
    gere = Serveur(dossier_vide)
    gere.demarrer()
    with gere.connexion_superutilisateur() as conn:
        conn.execute("CREATE ROLE administrateur LOGIN CREATEROLE CREATEDB PASSWORD 'a'")
    environnement = {"PGPASSWORD": "a", "PGHOST": str(gere.chemins.prise), "PGUSER": "administrateur"}
    for _ in range(2):
        resultat = subprocess.run(
            [gere.binaires().programme("psql"), "-X", "-q", "-d", "postgres"],
            input=sql_serveur_gere(mots_de_passe=gere.mots_de_passe()),
            env=environnement,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (resultat.returncode, resultat.stderr) == (0, "")
    with se_connecter(gere, "m_web") as web:
        assert verifier_role(web) == []
    with se_connecter(gere, "m_proprietaire") as proprietaire:
        proprietaire.execute(
            "CREATE TABLE public.a (b int); SET ROLE m_maintenance; RESET ROLE; DROP TABLE public.a"
        )
