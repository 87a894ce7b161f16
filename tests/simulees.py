"""A simulated database, built once for the run by the product's own command, cloned for each module."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import sql
from tests.conftest import _pointer, cloner

MODELE_SIMULE = "maillage_modele_simule"
VERROU = 4203
FACTEUR = 0.03


@contextmanager
def en_proprietaire() -> Iterator[None]:
    """``default`` connects as the owner: what an operator's command does."""
    from maillage.projet.bases import sous_le_proprietaire

    with sous_le_proprietaire():
        yield


@pytest.fixture(scope="session")
def modele_simule(serveur_essais: Any, django_db_setup: None, django_db_blocker: Any) -> str:
    """Sixty situations of one council of a département, with the real communes."""
    from django.db import connections

    from maillage.demo.api import Echelle, simuler
    from maillage.projet.preparation import charger_reference

    travailleur = connections["default"].settings_dict["NAME"]
    with serveur_essais.connexion_superutilisateur() as verrou:
        verrou.execute("SELECT pg_advisory_lock(%s)", [VERROU])
        deja = verrou.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [MODELE_SIMULE]
        ).fetchone()
        if deja:
            return MODELE_SIMULE
        cloner(serveur_essais, MODELE_SIMULE)
        with django_db_blocker.unblock():
            _pointer(serveur_essais, MODELE_SIMULE)
            try:
                charger_reference()
                with en_proprietaire():
                    simuler(Echelle.DEPARTEMENT, facteur=FACTEUR)
                connections["proprietaire"].close()
            finally:
                _pointer(serveur_essais, travailleur)
        verrou.execute(f"ALTER DATABASE {MODELE_SIMULE} IS_TEMPLATE true ALLOW_CONNECTIONS false")
    return MODELE_SIMULE


@pytest.fixture(scope="module")
def base_simulee(serveur_essais: Any, modele_simule: str, django_db_blocker: Any) -> Iterator[str]:
    """A clone of it for the module; the tests read as ``m_web``."""
    from django.db import connections

    from maillage.socle.postgres.roles import creer_base

    travailleur = connections["default"].settings_dict["NAME"]
    nom = f"essai_{uuid.uuid4().hex[:12]}"
    with serveur_essais.connexion_superutilisateur() as connexion:
        creer_base(connexion, nom, modele=modele_simule, essais=True)
    with django_db_blocker.unblock():
        _pointer(serveur_essais, nom)
        yield nom
        _pointer(serveur_essais, travailleur)
    with serveur_essais.connexion_superutilisateur() as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))
