"""The roles of the database: one pure text, executed on the embedded server or printed for a managed one.

Who may do what: ``m_proprietaire`` owns and migrates without being able to bypass anything; ``m_web`` and
``m_taches`` log in, own nothing, are members of nothing; ``m_resolveur`` and ``m_journal`` own one function
each; ``m_maintenance`` is what the owner becomes, on purpose, to touch personal rows in a migration.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from .connexion import BASE, BASE_DES_CLES

CONNECTES = ("m_proprietaire", "m_web", "m_taches")
SANS_CONNEXION = ("m_resolveur", "m_journal", "m_maintenance")
ESSAI = "m_essai"
# (member, role): always without inheritance, so that nothing is gained before an explicit SET ROLE.
APPARTENANCES = (
    ("m_proprietaire", "m_maintenance"),
    ("m_proprietaire", "m_resolveur"),
    ("m_proprietaire", "m_journal"),
)
APPARTENANCES_ESSAI = ((ESSAI, "m_web"), (ESSAI, "m_maintenance"))
# Milliseconds. A page that takes longer is a defect; a background task may work for ten minutes.
REGLAGES_DE_ROLE: Mapping[str, Mapping[str, str]] = {
    "m_web": {
        "statement_timeout": "15000",
        "lock_timeout": "5000",
        "idle_in_transaction_session_timeout": "30000",
    },
    "m_taches": {
        "statement_timeout": "600000",
        "lock_timeout": "30000",
        "idle_in_transaction_session_timeout": "300000",
    },
    "m_proprietaire": {"lock_timeout": "30000"},
}
# btree_gist: exclusion constraints on periods.
EXTENSIONS = ("btree_gist",)
ITERATIONS = 4096


def empreinte_scram(mot_de_passe: str, sel: bytes | None = None) -> str:
    """Return the SCRAM-SHA-256 verifier (RFC 7677) PostgreSQL stores, so that no password travels."""
    sel = sel or secrets.token_bytes(16)
    sale = hashlib.pbkdf2_hmac("sha256", mot_de_passe.encode(), sel, ITERATIONS)
    cle_client = hmac.digest(sale, b"Client Key", "sha256")
    cle_serveur = hmac.digest(sale, b"Server Key", "sha256")
    gardee = hashlib.sha256(cle_client).digest()
    texte = [base64.b64encode(partie).decode() for partie in (sel, gardee, cle_serveur)]
    return f"SCRAM-SHA-256${ITERATIONS}:{texte[0]}${texte[1]}:{texte[2]}"


def _creation(role: str, *, connexion: bool) -> sql.Composed:
    """Create the role, or take back what it should not have; a right one is left alone."""
    attributs = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    return sql.SQL("""DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {nom}) THEN
    CREATE ROLE {role} {attributs};
  ELSIF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = {nom} AND (rolsuper OR rolcreatedb
      OR rolcreaterole OR rolreplication OR rolbypassrls OR rolcanlogin <> {connexion})) THEN
    ALTER ROLE {role} {attributs};
  END IF;
END $$;
""").format(
        nom=sql.Literal(role),
        role=sql.Identifier(role),
        connexion=sql.Literal(connexion),
        attributs=sql.SQL(f"{'LOGIN' if connexion else 'NOLOGIN'} {attributs}"),
    )


def _appartenances(essais: bool) -> sql.Composed:
    """Withdraw from our roles every membership this page does not list, then grant the listed ones."""
    voulues = APPARTENANCES + (APPARTENANCES_ESSAI if essais else ())
    retrait = sql.SQL("""DO $$ DECLARE lien record; BEGIN
  FOR lien IN
    SELECT m.rolname AS membre, r.rolname AS role, a.rolname AS donneur FROM pg_catalog.pg_auth_members x
      JOIN pg_catalog.pg_roles m ON m.oid = x.member JOIN pg_catalog.pg_roles r ON r.oid = x.roleid
      JOIN pg_catalog.pg_roles a ON a.oid = x.grantor
     WHERE m.rolname IN ({roles}) AND (m.rolname, r.rolname) NOT IN ({voulues})
  LOOP
    EXECUTE pg_catalog.format('REVOKE %I FROM %I GRANTED BY %I', lien.role, lien.membre, lien.donneur);
  END LOOP;
END $$;
""").format(
        roles=sql.SQL(", ").join(map(sql.Literal, CONNECTES + SANS_CONNEXION)),
        voulues=sql.SQL(", ").join(
            sql.SQL("({}, {})").format(sql.Literal(membre), sql.Literal(role)) for membre, role in voulues
        ),
    )
    octroi = sql.SQL("GRANT {} TO {} WITH INHERIT FALSE, SET TRUE;\n")
    return retrait + sql.SQL("").join(
        octroi.format(sql.Identifier(role), sql.Identifier(membre)) for membre, role in voulues
    )


def sql_roles(
    avec_mots_de_passe: bool = False,
    *,
    mots_de_passe: Mapping[str, str] | None = None,
    essais: bool = False,
) -> str:
    """Return the SQL that creates or corrects the roles; it can be run any number of times.

    ``avec_mots_de_passe`` adds the SCRAM verifiers of ``mots_de_passe``; otherwise the text tells how to set
    them. ``essais`` adds ``m_essai``, which may become ``m_web`` or ``m_maintenance``: for tests only.
    """
    connectes = CONNECTES + ((ESSAI,) if essais else ())
    parties: list[sql.Composable] = [_creation(role, connexion=True) for role in connectes]
    parties += [_creation(role, connexion=False) for role in SANS_CONNEXION]
    parties.append(_appartenances(essais))
    for role, reglages in REGLAGES_DE_ROLE.items():
        for nom, valeur in reglages.items():
            parties.append(
                sql.SQL("ALTER ROLE {} SET {} = {};\n").format(
                    sql.Identifier(role), sql.Identifier(nom), sql.Literal(valeur)
                )
            )
    for role in connectes:
        if avec_mots_de_passe:
            empreinte = empreinte_scram((mots_de_passe or {})[role])
            phrase = sql.SQL("ALTER ROLE {} PASSWORD {};\n")
            parties.append(phrase.format(sql.Identifier(role), sql.Literal(empreinte)))
        else:
            parties.append(sql.SQL(f"-- Mot de passe à poser par l’administrateur :  \\password {role}\n"))
    return sql.Composed(parties).as_string(None)


def sql_droits_de_base(nom: str = BASE, proprietaire: str = "m_proprietaire") -> str:
    """Return the SQL that closes database ``nom`` to the public and opens it to our roles (run inside it)."""
    texte = sql.SQL("""REVOKE ALL ON DATABASE {base} FROM PUBLIC;
GRANT CONNECT ON DATABASE {base} TO m_web, m_taches;
GRANT TEMPORARY ON DATABASE {base} TO m_maintenance;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {proprietaire};
GRANT USAGE ON SCHEMA public TO m_web, m_taches, m_resolveur, m_journal, m_maintenance;
""")
    return texte.format(base=sql.Identifier(nom), proprietaire=sql.Identifier(proprietaire)).as_string(None)


def sql_droits_des_cles(nom: str = BASE_DES_CLES, proprietaire: str = "m_proprietaire") -> str:
    """Return the SQL that closes the store of keys to all but its owner and the web role (run inside it)."""
    texte = sql.SQL("""REVOKE ALL ON DATABASE {base} FROM PUBLIC;
GRANT CONNECT ON DATABASE {base} TO m_web;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {proprietaire};
GRANT USAGE ON SCHEMA public TO m_web;
""")
    return texte.format(base=sql.Identifier(nom), proprietaire=sql.Identifier(proprietaire)).as_string(None)


def sql_serveur_gere(nom: str = BASE, *, mots_de_passe: Mapping[str, str] | None = None) -> str:
    """Return the whole script an administrator runs with psql on a managed server."""
    avant = (
        "-- Pour donner les bases à leur propriétaire, l’administrateur prend ce rôle le temps du script.\n"
        "GRANT m_proprietaire TO CURRENT_USER WITH INHERIT TRUE, SET TRUE;\n"
    )
    extensions = sql.SQL("").join(
        sql.SQL("CREATE EXTENSION IF NOT EXISTS {};\n").format(sql.Identifier(extension))
        for extension in EXTENSIONS
    )
    return "".join(
        (
            "-- Rôles et base de Maillage, pour PostgreSQL 16 à 18. Peut être relancé sans dommage.\n"
            "-- À exécuter avec psql, par un compte qui peut créer des rôles et des bases.\n"
            "\\set ON_ERROR_STOP on\nSET client_min_messages = warning;\n",
            sql_roles(mots_de_passe is not None, mots_de_passe=mots_de_passe),
            avant,
            _entrer(nom),
            sql_droits_de_base(nom),
            extensions.as_string(None),
            _entrer(f"{nom}_cles"),
            sql_droits_des_cles(f"{nom}_cles"),
            "REVOKE m_proprietaire FROM CURRENT_USER;\n",
        )
    )


def _entrer(nom: str) -> str:
    """Create that database unless it exists, and connect to it."""
    base = sql.Identifier(nom)
    creation = sql.SQL("CREATE DATABASE {} OWNER m_proprietaire ENCODING 'UTF8' TEMPLATE template0")
    texte = sql.SQL("""SELECT {creation} WHERE NOT EXISTS
  (SELECT FROM pg_catalog.pg_database WHERE datname = {nom}) \\gexec
\\connect {base}
SET client_min_messages = warning;
""").format(creation=sql.Literal(creation.format(base).as_string(None)), nom=sql.Literal(nom), base=base)
    return texte.as_string(None)


def _tour_de_role(conn: psycopg.Connection) -> None:
    """Wait for our turn: two commands altering the same roles at once would fail."""
    conn.execute("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('maillage.roles'))")


def preparer_roles(
    conn: psycopg.Connection, mots_de_passe: Mapping[str, str], *, essais: bool = False
) -> None:
    """Create or correct the roles through ``conn`` (superuser of the embedded server); idempotent."""
    with conn.transaction():
        _tour_de_role(conn)
        conn.execute(sql_roles(True, mots_de_passe=mots_de_passe, essais=essais).encode())
        conn.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")


def creer_base(
    conn: psycopg.Connection,
    nom: str = BASE,
    proprietaire: str = "m_proprietaire",
    *,
    modele: str = "template0",
    essais: bool = False,
) -> bool:
    """Create database ``nom`` unless it exists, then set its rights; True when it was created.

    ``conn`` is an autocommit connection of the superuser. Rights are not copied with a template, so they are
    set again for every clone; ``essais`` also lets ``m_essai`` in.
    """
    neuve = _creer(conn, nom, proprietaire, modele)
    adresse = make_conninfo(conn.info.dsn, dbname=nom, password=conn.info.password)
    with psycopg.connect(adresse) as dedans:
        _tour_de_role(dedans)
        dedans.execute(sql_droits_de_base(nom, proprietaire).encode())
        for extension in EXTENSIONS:
            dedans.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        if essais:
            dedans.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO m_essai").format(sql.Identifier(nom)))
    return neuve


def creer_base_des_cles(
    conn: psycopg.Connection, nom: str = BASE_DES_CLES, proprietaire: str = "m_proprietaire"
) -> bool:
    """The same for the store of keys, which only its owner and the web role enter."""
    neuve = _creer(conn, nom, proprietaire, "template0")
    adresse = make_conninfo(conn.info.dsn, dbname=nom, password=conn.info.password)
    with psycopg.connect(adresse) as dedans:
        _tour_de_role(dedans)
        dedans.execute(sql_droits_des_cles(nom, proprietaire).encode())
    return neuve


def _creer(conn: psycopg.Connection, nom: str, proprietaire: str, modele: str) -> bool:
    existe = (
        conn.execute("SELECT FROM pg_catalog.pg_database WHERE datname = %s", (nom,)).fetchone() is not None
    )
    if not existe:
        try:
            conn.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
                    sql.Identifier(nom), sql.Identifier(proprietaire), sql.Identifier(modele)
                )
            )
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            existe = True  # another command was faster; the rights below are the same
    return not existe


# Each query returns one row per fault; %(role)s is the role under examination.
_EXAMENS = {
    "le rôle « {role} » est superutilisateur : la base ne lui oppose aucun mur": """
        SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolsuper""",
    "le rôle « {role} » peut passer outre les murs (BYPASSRLS)": """
        SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolbypassrls""",
    "le rôle « {role} » peut créer des rôles (CREATEROLE)": """
        SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolcreaterole""",
    "le rôle « {role} » peut créer des bases (CREATEDB)": """
        SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolcreatedb""",
    "le rôle « {role} » peut copier toute la base (REPLICATION)": """
        SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolreplication""",
    "le rôle « {role} » est membre du rôle « {objet} »": """
        SELECT r.rolname FROM pg_catalog.pg_auth_members x
          JOIN pg_catalog.pg_roles r ON r.oid = x.roleid JOIN pg_catalog.pg_roles m ON m.oid = x.member
         WHERE m.rolname = %(role)s ORDER BY 1""",
    "le rôle « {role} » possède {objet}": """
        SELECT pg_catalog.count(*) || ' objet(s) de type ' || s.classid::pg_catalog.regclass
               || coalesce(' dans la base ' || d.datname, '')
          FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid
          LEFT JOIN pg_catalog.pg_database d ON d.oid = s.dbid
         WHERE s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass AND s.deptype = 'o'
           AND r.rolname = %(role)s
         GROUP BY s.classid, d.datname ORDER BY 1""",
    "le rôle « {role} » peut vider la table « {objet} » sans passer par les murs (TRUNCATE)": """
        SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_roles r ON r.rolname = %(role)s
         WHERE c.relkind IN ('r', 'p') AND pg_catalog.has_table_privilege(r.oid, c.oid, 'TRUNCATE')
           AND c.relnamespace::pg_catalog.regnamespace::text NOT IN ('pg_catalog', 'information_schema')
         ORDER BY 1""",
    "le rôle « {role} » peut suspendre les contrôles de la base (session_replication_role)": """
        SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND NOT rolsuper
           AND pg_catalog.has_parameter_privilege(oid, 'session_replication_role', 'SET')""",
}


def verifier_role(conn: psycopg.Connection) -> list[str]:
    """Return, in French, every reason why this connection could get around the walls; empty when sound.

    Both the role that logged in and the one it plays are examined, since RESET ROLE leads back to the first.
    """
    ligne = conn.execute("SELECT session_user::text, current_user::text").fetchone()
    if ligne is None:
        raise psycopg.InterfaceError("the server does not say who we are")
    fautes: list[str] = []
    for role in dict.fromkeys(ligne):
        for phrase, requete in _EXAMENS.items():
            trouvees = conn.execute(requete, {"role": role}).fetchall()
            fautes += [phrase.format(role=role, objet=trouvee[0] if trouvee else "") for trouvee in trouvees]
    return fautes
