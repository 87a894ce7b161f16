"""Which database each role connects to: the web's, and the owner's for migrations."""

from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from maillage.projet.configuration import Configuration
from maillage.socle.postgres import Serveur

BASE = "maillage"
WEB, PROPRIETAIRE = "m_web", "m_proprietaire"


def bases_de_donnees(configuration: Configuration, donnees: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: ``default`` is the web role, ``proprietaire`` owns and migrates."""
    if configuration.database_url:
        return {
            "default": _depuis_url(configuration.database_url),
            "proprietaire": _depuis_url(configuration.database_url_proprietaire or configuration.database_url),
        }
    serveur = Serveur(donnees / "postgres")
    return {
        "default": _embarque(serveur, WEB),
        "proprietaire": _embarque(serveur, PROPRIETAIRE),
    }


def _commun() -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def _depuis_url(url: str) -> dict[str, Any]:
    morceaux = conninfo_to_dict(url)
    options = {
        cle: valeur for cle, valeur in morceaux.items() if cle not in {"host", "port", "user", "password", "dbname"}
    }
    return {
        **_commun(),
        "HOST": morceaux.get("host", ""),
        "PORT": str(morceaux.get("port", "")),
        "USER": morceaux.get("user", ""),
        "PASSWORD": morceaux.get("password", ""),
        "NAME": morceaux.get("dbname", BASE),
        "OPTIONS": options,
    }


def _embarque(serveur: Serveur, role: str) -> dict[str, Any]:
    parametres = serveur.parametres_connexion(role, BASE)
    return {
        **_commun(),
        "HOST": parametres["host"],
        "PORT": str(parametres["port"]),
        "USER": parametres["user"],
        "PASSWORD": parametres["password"],
        "NAME": parametres["dbname"],
    }
