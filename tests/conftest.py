"""The suite's database: one template migrated by the owner, a clone for each worker.

Tests log in as ``m_essai``, which assumes ``m_web``: what a test cannot see, the product cannot
either. Factories write under ``m_maintenance``. Raw-SQL tests log in as ``m_web`` itself.
"""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as reglages_hypothesis
from psycopg import sql

# The first example of a property pays for opening files and databases: no time limit on each.
reglages_hypothesis.register_profile("maillage", reglages_hypothesis(), deadline=None)
reglages_hypothesis.load_profile("maillage")

MODELE = "maillage_modele"
VERROU_DU_MODELE = 4201

#: The clock of the suite: a setting replaces now() when a test asks for it.
HORLOGE_D_ESSAI = """
CREATE OR REPLACE FUNCTION socle.maintenant() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT coalesce(nullif(current_setting('maillage.maintenant', true), '')::timestamptz, now()) $$
"""


def pytest_unconfigure(config: pytest.Config) -> None:
    """The controller made the folder of the run; it removes it."""
    dossier = os.environ.get("MAILLAGE_ESSAIS")
    if dossier and "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(dossier, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Our own template replaces pytest-django's test databases."""


@pytest.fixture(scope="session")
def serveur_essais() -> Iterator["object"]:
    """The embedded server of the run, shared by the workers, stopped by the last of them."""
    from maillage.socle.postgres import serveur_demarre

    with serveur_demarre(Path(os.environ["MAILLAGE_ESSAIS"]) / "postgres") as serveur:
        yield serveur


def _fabriquer_modele(serveur: object, blocage: object) -> None:
    from django.core.management import call_command
    from django.db import connections

    from maillage.projet.preparation import preparer_base
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.operateur import preparer

    with serveur.connexion_superutilisateur() as connexion:
        connexion.execute("SELECT pg_advisory_lock(%s)", [VERROU_DU_MODELE])
        if connexion.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [MODELE]
        ).fetchone():
            return
        preparer_base(serveur, MODELE, essais=True)
        with blocage.unblock():
            _pointer(serveur, MODELE)
            preparer(coffre())
            call_command("migrate", database="proprietaire", verbosity=0)
            with connections["proprietaire"].cursor() as curseur:
                curseur.execute(HORLOGE_D_ESSAI)
            connections["proprietaire"].close()
        connexion.execute(f"ALTER DATABASE {MODELE} IS_TEMPLATE true ALLOW_CONNECTIONS false")


def cloner(serveur: object, nom: str) -> None:
    """A fresh database from the template: about 50 ms."""
    from maillage.socle.postgres.roles import creer_base

    with serveur.connexion_superutilisateur() as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))
        creer_base(connexion, nom, modele=MODELE, essais=True)


def _pointer(serveur: object, nom: str) -> None:
    """Lead both connections to that database: ``m_essai`` assuming ``m_web``, and the owner.

    The keys of a server's clones are in one store: the pseudonyms they belong to are drawn at random.
    """
    from django.db import connections

    from maillage.socle.cles.acces import coffre, installer
    from maillage.socle.cles.coffre import Coffre
    from maillage.socle.postgres import BASE_DES_CLES

    roles = {"web": "m_web", "proprietaire": "m_proprietaire"}
    acces = {cle: serveur.parametres_connexion(role, BASE_DES_CLES) for cle, role in roles.items()}
    if coffre().acces != acces:
        installer(Coffre(acces, coffre().maitre, coffre().liste))

    for alias, role in (("default", "m_essai"), ("proprietaire", "m_proprietaire")):
        connections[alias].close()
        connections[alias].settings_dict.update(serveur.parametres_connexion(role, nom).django())
    connections["default"].settings_dict["OPTIONS"]["assume_role"] = "m_web"


@pytest.fixture(scope="session")
def django_db_setup(serveur_essais: object, django_db_blocker: object) -> Iterator[None]:
    from django.db import connections

    _fabriquer_modele(serveur_essais, django_db_blocker)
    nom = "essai_" + os.environ.get("PYTEST_XDIST_WORKER", "seul")
    cloner(serveur_essais, nom)
    with django_db_blocker.unblock():
        _pointer(serveur_essais, nom)
    yield
    for alias in ("default", "proprietaire"):
        connections[alias].close()


@pytest.fixture
def base_neuve(serveur_essais: object, django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """A database of its own for a test that commits: Django's flush is refused to ``m_web``."""
    from django.db import connections

    worker = connections["default"].settings_dict["NAME"]
    nom = f"essai_{uuid.uuid4().hex[:12]}"
    cloner(serveur_essais, nom)
    with django_db_blocker.unblock():
        _pointer(serveur_essais, nom)
        yield nom
        _pointer(serveur_essais, worker)
    with serveur_essais.connexion_superutilisateur() as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))


@pytest.fixture
def connexion_web(serveur_essais: object, base_neuve: str) -> Iterator[psycopg.Connection]:
    """A raw connection as ``m_web`` itself, as a stolen web password would give."""
    with psycopg.connect(**serveur_essais.parametres_connexion("m_web", base_neuve).libpq()) as connexion:
        yield connexion


@pytest.fixture
def fabrique(request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[None]]:
    """Write as ``m_maintenance``: ``with fabrique(): Modele.objects.create(...)``."""
    if "base_neuve" not in request.fixturenames:
        request.getfixturevalue("db")
    from maillage.socle.contexte import en_maintenance

    return en_maintenance


@pytest.fixture
def horloge() -> Iterator[Callable[[datetime], None]]:
    """Set the clock of the database and of Python at once: ``horloge(instant)``."""
    from django.db import connection

    with ExitStack() as pile:

        def regler(instant: datetime) -> None:
            with connection.cursor() as curseur:
                curseur.execute("SELECT set_config('maillage.maintenant', %s, false)", [instant.isoformat()])

        yield regler

        @pile.callback
        def remettre() -> None:
            if not connection.needs_rollback:
                with connection.cursor() as curseur:
                    curseur.execute("SELECT set_config('maillage.maintenant', '', false)")


@pytest.fixture
def au_nom_de() -> Callable[[object], AbstractContextManager[object]]:
    """Act as an account: ``with au_nom_de(compte): ...``."""
    from maillage.socle.contexte import contexte

    @contextmanager
    def agir(compte: object) -> Iterator[object]:
        with contexte(compte.pk) as contexte_courant:
            yield contexte_courant

    return agir
