"""A managed PostgreSQL server named by DATABASE_URL; never a cluster found on the machine."""

from __future__ import annotations

import os

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .connexion import BASE, ParametresConnexion
from .erreurs import AdresseRefusee

VERSIONS = range(16, 19)


def url_externe(variable: str = "DATABASE_URL") -> ParametresConnexion | None:
    """Read the address in ``variable``; None when it is empty, so that the embedded server is used.

    The host must be written: an empty one would mean a socket of the machine, or PGHOST. The sentence of a
    refusal never repeats the address, which holds a password.
    """
    adresse = os.environ.get(variable, "").strip()
    if not adresse:
        return None
    if "://" in adresse and not adresse.startswith(("postgresql://", "postgres://")):
        raise AdresseRefusee(f"{variable} ne désigne pas un serveur PostgreSQL : attendu postgresql://…")
    try:
        morceaux = {cle: str(valeur) for cle, valeur in conninfo_to_dict(adresse).items()}
    except psycopg.ProgrammingError:
        raise AdresseRefusee(
            f"{variable} n’est pas lisible : attendu postgresql://role:mot-de-passe@serveur:5432/{BASE}."
        ) from None
    hote = morceaux.pop("host", "") or morceaux.pop("hostaddr", "")
    role = morceaux.pop("user", "")
    if not hote or not role:
        raise AdresseRefusee(
            f"{variable} doit nommer le serveur et le rôle : postgresql://role@serveur/{BASE}."
        )
    port = morceaux.pop("port", "5432")
    if not port.isdecimal():
        raise AdresseRefusee(f"{variable} doit nommer un seul serveur et un seul port.")
    return ParametresConnexion(
        hote=hote,
        port=int(port),
        role=role,
        base=morceaux.pop("dbname", BASE),
        mot_de_passe=morceaux.pop("password", ""),
        options=morceaux,
    )


def verifier_version(conn: psycopg.Connection) -> None:
    """Refuse a server whose major version we do not test."""
    majeure = conn.info.server_version // 10_000
    if majeure not in VERSIONS:
        raise AdresseRefusee(
            f"Le serveur de la base est en PostgreSQL {majeure} : Maillage demande une version"
            f" de {VERSIONS.start} à {VERSIONS.stop - 1}."
        )


def exiger_serveur_externe(parametres: ParametresConnexion) -> None:
    """Connect once and check the version; raise one sentence otherwise."""
    try:
        adresse = make_conninfo("", **{"connect_timeout": "10", **parametres.libpq()})
        with psycopg.connect(adresse) as conn:
            verifier_version(conn)
    except psycopg.OperationalError as erreur:
        raise AdresseRefusee(
            f"La base « {parametres.base} » ne répond pas sur {parametres.hote}, port {parametres.port} :"
            " vérifiez l’adresse, le mot de passe et le réseau."
        ) from erreur
