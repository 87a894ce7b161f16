"""What the tests of this room share."""

import uuid

import pytest
from psycopg import sql


@pytest.fixture
def a_cote(serveur_essais):
    """Names of databases dropped at the end."""
    noms: list[str] = []

    def nommer(debut: str) -> str:
        noms.append(f"{debut}_{uuid.uuid4().hex[:10]}")
        return noms[-1]

    yield nommer
    with serveur_essais.connexion_superutilisateur() as connexion:
        for nom in noms:
            connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))
