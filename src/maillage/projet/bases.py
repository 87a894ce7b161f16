"""Which database each role connects to: the web's, and the owner's for migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from maillage.projet.configuration import Configuration
from maillage.socle.postgres import BASE, BASE_DES_CLES, ParametresConnexion, Serveur

WEB, PROPRIETAIRE = "m_web", "m_proprietaire"


def bases_de_donnees(configuration: Configuration, donnees: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: ``default`` is the web role, ``proprietaire`` owns and migrates."""
    if configuration.database_url:
        return {
            "default": _depuis_url(configuration.database_url),
            "proprietaire": _depuis_url(
                configuration.database_url_proprietaire or configuration.database_url
            ),
        }
    serveur = Serveur(donnees / "postgres")
    return {
        "default": _embarque(serveur, WEB),
        "proprietaire": _embarque(serveur, PROPRIETAIRE),
    }


def _commun() -> dict[str, Any]:
    return {"ENGINE": "maillage.socle.connexions", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def coffre_de_cles(configuration: Configuration, donnees: Path) -> dict[str, ParametresConnexion]:
    """How the web role and the owner reach the store of keys: beside the database, unless told otherwise."""
    if configuration.database_url:
        proprietaire = configuration.database_url_proprietaire or configuration.database_url
        return {
            "web": _du_coffre(configuration.database_url_cles, configuration.database_url),
            "proprietaire": _du_coffre(configuration.database_url_cles_proprietaire, proprietaire),
        }
    serveur = Serveur(donnees / "postgres")
    return {
        "web": serveur.parametres_connexion(WEB, BASE_DES_CLES),
        "proprietaire": serveur.parametres_connexion(PROPRIETAIRE, BASE_DES_CLES),
    }


def _du_coffre(url: str, principale: str) -> ParametresConnexion:
    if url:
        return _parametres(url)
    parametres = _parametres(principale)
    return replace(parametres, base=f"{parametres.base}_cles")


def _depuis_url(url: str) -> dict[str, Any]:
    return {**_commun(), **_parametres(url).django()}


def _parametres(url: str) -> ParametresConnexion:
    morceaux = {cle: str(valeur) for cle, valeur in conninfo_to_dict(url).items()}
    return ParametresConnexion(
        hote=morceaux.pop("host", ""),
        port=int(morceaux.pop("port", "5432")),
        role=morceaux.pop("user", ""),
        base=morceaux.pop("dbname", BASE),
        mot_de_passe=morceaux.pop("password", ""),
        options=morceaux,
    )


def _embarque(serveur: Serveur, role: str) -> dict[str, Any]:
    return {**_commun(), **serveur.parametres_connexion(role, BASE).django()}


@contextmanager
def sous_le_proprietaire() -> Iterator[None]:
    """Let ``default`` connect as the owner, for an operator's command that loads, builds or purges.

    Within it, ``socle.contexte.en_maintenance`` works; the web process never calls this.
    """
    from django.db import connections

    avant = dict(connections["default"].settings_dict)
    connections["default"].close()
    connections["default"].settings_dict.update(connections["proprietaire"].settings_dict)
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"].settings_dict.update(avant)
