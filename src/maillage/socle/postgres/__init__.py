"""Embedded PostgreSQL, its roles, and how to reach either it or a managed server. No Django here."""

from .chemins import dossier_donnees, dossier_serveur
from .connexion import BASE, BASE_DES_CLES, ParametresConnexion
from .ecritures import oublier_les_ecritures
from .erreurs import ErreurServeur
from .externe import exiger_serveur_externe, url_externe, verifier_version
from .roles import (
    creer_base,
    creer_base_des_cles,
    preparer_roles,
    sql_droits_de_base,
    sql_roles,
    sql_serveur_gere,
    verifier_role,
)
from .secrets_locaux import mots_de_passe
from .serveur import Etat, Serveur, serveur_demarre

__all__ = [
    "BASE",
    "BASE_DES_CLES",
    "ErreurServeur",
    "Etat",
    "ParametresConnexion",
    "Serveur",
    "creer_base",
    "creer_base_des_cles",
    "dossier_donnees",
    "dossier_serveur",
    "exiger_serveur_externe",
    "mots_de_passe",
    "oublier_les_ecritures",
    "preparer_roles",
    "serveur_demarre",
    "sql_droits_de_base",
    "sql_roles",
    "sql_serveur_gere",
    "url_externe",
    "verifier_role",
    "verifier_version",
]
