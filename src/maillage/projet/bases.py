"""Which database each role connects to: the web's, and the owner's for migrations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from maillage.projet.configuration import Configuration
from maillage.socle.postgres import BASE, ParametresConnexion, Serveur

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
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


def _depuis_url(url: str) -> dict[str, Any]:
    morceaux = {cle: str(valeur) for cle, valeur in conninfo_to_dict(url).items()}
    parametres = ParametresConnexion(
        hote=morceaux.pop("host", ""),
        port=int(morceaux.pop("port", "5432")),
        role=morceaux.pop("user", ""),
        base=morceaux.pop("dbname", BASE),
        mot_de_passe=morceaux.pop("password", ""),
        options=morceaux,
    )
    return {**_commun(), **parametres.django()}


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
