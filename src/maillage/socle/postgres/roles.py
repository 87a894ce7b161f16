"""The roles of the database: one pure text, executed on the embedded server or printed for a managed one.

Who may do what (spec of the walls): ``m_proprietaire`` owns and migrates without being able to bypass anything;
``m_web`` and ``m_taches`` log in, own nothing and are members of nothing; ``m_resolveur`` and ``m_journal`` own
one function each; ``m_maintenance`` is what the owner becomes, on purpose, to touch personal rows in a migration.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping

import psycopg
from psycopg import sql

from .connexion import BASE

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
ITERATIONS = 4096
_NOM_SUR = re.compile(r"[a-z_][a-z0-9_]{0,62}")


def empreinte_scram(mot_de_passe: str, sel: bytes | None = None) -> str:
    """Return the SCRAM-SHA-256 verifier (RFC 5802, 7677) PostgreSQL stores, so no password travels in clear."""
    sel = sel or secrets.token_bytes(16)
    sale = hashlib.pbkdf2_hmac("sha256", mot_de_passe.encode(), sel, ITERATIONS)
    cle_client = hmac.digest(sale, b"Client Key", "sha256")
    cle_serveur = hmac.digest(sale, b"Server Key", "sha256")
    gardee = hashlib.sha256(cle_client).digest()
    texte = [base64.b64encode(partie).decode() for partie in (sel, gardee, cle_serveur)]
    return f"SCRAM-SHA-256${ITERATIONS}:{texte[0]}${texte[1]}:{texte[2]}"


def _creation(role: str, *, connexion: bool) -> str:
    attributs = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    mot = "LOGIN" if connexion else "NOLOGIN"
    return f"""DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} {mot} {attributs};
  ELSIF EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{role}' AND (rolsuper OR rolcreatedb
      OR rolcreaterole OR rolreplication OR rolbypassrls OR rolcanlogin <> {str(connexion).lower()})) THEN
    ALTER ROLE {role} {mot} {attributs};
  END IF;
END $$;"""


def _appartenances(membres: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"GRANT {role} TO {membre} WITH INHERIT FALSE, SET TRUE;" for membre, role in membres]


def _sans_appartenance(essais: bool) -> str:
    """Withdraw from our login roles every membership this page does not list."""
    voulues = APPARTENANCES + (APPARTENANCES_ESSAI if essais else ())
    liste = ", ".join(f"('{membre}', '{role}')" for membre, role in voulues)
    return f"""DO $$ DECLARE lien record; BEGIN
  FOR lien IN
    SELECT m.rolname AS membre, r.rolname AS role, a.rolname AS donneur FROM pg_catalog.pg_auth_members x
      JOIN pg_catalog.pg_roles m ON m.oid = x.member JOIN pg_catalog.pg_roles r ON r.oid = x.roleid
      JOIN pg_catalog.pg_roles a ON a.oid = x.grantor
     WHERE m.rolname IN ({", ".join(f"'{role}'" for role in CONNECTES + SANS_CONNEXION)})
       AND (m.rolname, r.rolname) NOT IN ({liste})
  LOOP
    EXECUTE pg_catalog.format('REVOKE %I FROM %I GRANTED BY %I', lien.role, lien.membre, lien.donneur);
  END LOOP;
END $$;"""


def sql_roles(
    avec_mots_de_passe: bool = False,
    *,
    mots_de_passe: Mapping[str, str] | None = None,
    essais: bool = False,
) -> str:
    """Return the SQL that creates or corrects the roles; it can be run any number of times.

    ``avec_mots_de_passe`` adds the SCRAM verifiers of ``mots_de_passe``; otherwise the text tells how to set them.
    ``essais`` adds ``m_essai``, which may become ``m_web`` or ``m_maintenance`` and exists only on test servers.
    """
    connectes = CONNECTES + ((ESSAI,) if essais else ())
    lignes = [_creation(role, connexion=True) for role in connectes]
    lignes += [_creation(role, connexion=False) for role in SANS_CONNEXION]
    lignes.append(_sans_appartenance(essais))
    lignes += _appartenances(APPARTENANCES + (APPARTENANCES_ESSAI if essais else ()))
    for role, reglages in REGLAGES_DE_ROLE.items():
        lignes += [f"ALTER ROLE {role} SET {nom} = '{valeur}';" for nom, valeur in reglages.items()]
    for role in connectes:
        if avec_mots_de_passe:
            lignes.append(f"ALTER ROLE {role} PASSWORD '{empreinte_scram((mots_de_passe or {})[role])}';")
        else:
            lignes.append(f"-- Mot de passe à poser par l'administrateur :  \\password {role}")
    return "\n".join(lignes) + "\n"


def sql_droits_de_base(nom: str = BASE, proprietaire: str = "m_proprietaire") -> str:
    """Return the SQL that closes database ``nom`` to the public and opens it to our roles (run inside it)."""
    base, maitre = _identifiant(nom), _identifiant(proprietaire)
    return f"""REVOKE ALL ON DATABASE {base} FROM PUBLIC;
GRANT CONNECT ON DATABASE {base} TO m_web, m_taches;
GRANT TEMPORARY ON DATABASE {base} TO m_maintenance;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {maitre};
GRANT USAGE ON SCHEMA public TO m_web, m_taches, m_resolveur, m_journal, m_maintenance;
"""


def sql_serveur_gere(nom: str = BASE, *, mots_de_passe: Mapping[str, str] | None = None) -> str:
    """Return the whole script an administrator runs with psql on a managed server."""
    return f"""-- Rôles et base de Maillage, pour un serveur PostgreSQL 16 à 18.
-- À exécuter avec psql, par un compte qui peut créer des rôles et des bases. Peut être relancé sans dommage.
\\set ON_ERROR_STOP on
{sql_roles(mots_de_passe is not None, mots_de_passe=mots_de_passe)}
-- Pour donner la base à son propriétaire, l'administrateur doit pouvoir prendre ce rôle le temps du script.
GRANT m_proprietaire TO CURRENT_USER WITH INHERIT TRUE, SET TRUE;
SELECT 'CREATE DATABASE {_identifiant(nom)} OWNER m_proprietaire ENCODING ''UTF8'' TEMPLATE template0'
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = '{_identifiant(nom)}') \\gexec
\\connect {_identifiant(nom)}
{sql_droits_de_base(nom)}REVOKE m_proprietaire FROM CURRENT_USER;
"""


def _identifiant(nom: str) -> str:
    """Refuse a name that would need quoting: ours never do."""
    if not _NOM_SUR.fullmatch(nom):
        raise ValueError(f"nom de base ou de rôle inattendu : {nom!r}")
    return nom


def preparer_roles(
    conn: psycopg.Connection, mots_de_passe: Mapping[str, str], *, essais: bool = False
) -> None:
    """Create or correct the roles through ``conn`` (superuser of the embedded server); idempotent."""
    texte = sql_roles(True, mots_de_passe=mots_de_passe, essais=essais)
    with conn.transaction():
        conn.execute("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('maillage.roles'))")
        conn.execute(texte.encode())
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
    _identifiant(nom)
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
    parametres = {**conn.info.get_parameters(), "dbname": nom, "password": conn.info.password}
    with psycopg.connect(**parametres) as dedans:
        dedans.execute("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('maillage.roles'))")
        dedans.execute(sql_droits_de_base(nom, proprietaire).encode())
        if essais:
            dedans.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO m_essai").format(sql.Identifier(nom)))
    return not existe


# Each query returns one row per fault; %(role)s is the role under examination.
_EXAMENS = (
    (
        "le rôle « {role} » est superutilisateur : la base ne lui oppose aucun mur",
        "SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolsuper",
    ),
    (
        "le rôle « {role} » peut passer outre les murs (BYPASSRLS)",
        "SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolbypassrls",
    ),
    (
        "le rôle « {role} » peut créer des rôles (CREATEROLE)",
        "SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolcreaterole",
    ),
    (
        "le rôle « {role} » peut créer des bases (CREATEDB)",
        "SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolcreatedb",
    ),
    (
        "le rôle « {role} » peut copier toute la base (REPLICATION)",
        "SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND rolreplication",
    ),
    (
        "le rôle « {role} » est membre du rôle « {objet} »",
        "SELECT r.rolname FROM pg_catalog.pg_auth_members x JOIN pg_catalog.pg_roles r ON r.oid = x.roleid"
        " JOIN pg_catalog.pg_roles m ON m.oid = x.member WHERE m.rolname = %(role)s ORDER BY 1",
    ),
    (
        "le rôle « {role} » possède {objet}",
        "SELECT pg_catalog.count(*) || ' objet(s) de type ' || classid::regclass || coalesce(' dans la base ' || d.datname, '')"
        " FROM pg_catalog.pg_shdepend s JOIN pg_catalog.pg_roles r ON r.oid = s.refobjid"
        " LEFT JOIN pg_catalog.pg_database d ON d.oid = s.dbid"
        " WHERE s.refclassid = 'pg_catalog.pg_authid'::regclass AND s.deptype = 'o' AND r.rolname = %(role)s"
        " GROUP BY classid, d.datname ORDER BY 1",
    ),
    (
        "le rôle « {role} » peut vider la table « {objet} » sans passer par les murs (TRUNCATE)",
        "SELECT c.oid::regclass::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_roles r ON r.rolname = %(role)s"
        " WHERE c.relkind IN ('r', 'p') AND c.relnamespace NOT IN ('pg_catalog'::regnamespace,"
        " 'information_schema'::regnamespace) AND pg_catalog.has_table_privilege(r.oid, c.oid, 'TRUNCATE') ORDER BY 1",
    ),
    (
        "le rôle « {role} » peut suspendre les contrôles de la base (session_replication_role)",
        "SELECT FROM pg_catalog.pg_roles WHERE rolname = %(role)s AND NOT rolsuper"
        " AND pg_catalog.has_parameter_privilege(oid, 'session_replication_role', 'SET')",
    ),
)


def verifier_role(conn: psycopg.Connection) -> list[str]:
    """Return, in French, every reason why this connection could get around row-level security; empty when sound.

    Both the role that logged in and the one it plays are examined, since RESET ROLE leads back to the first.
    """
    ligne = conn.execute("SELECT session_user::text, current_user::text").fetchone()
    if ligne is None:
        raise psycopg.InterfaceError("the server does not say who we are")
    fautes: list[str] = []
    for role in dict.fromkeys(ligne):
        for phrase, requete in _EXAMENS:
            trouvees = conn.execute(requete, {"role": role}).fetchall()
            fautes += [phrase.format(role=role, objet=trouvee[0] if trouvee else "") for trouvee in trouvees]
    return fautes
