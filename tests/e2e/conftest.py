"""A demonstration built once for the run, cloned for each module, served, and a browser to visit it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from tests.conftest import _pointer, cloner
from tests.e2e.navigation import OPTIONS, Visiteur, chromium
from tests.e2e.serveur import Site, servi

MODELE_DEMO = "maillage_modele_demo"
VERROU_DE_LA_DEMO = 4202
#: Enough history for every page to live, built in a few seconds; the product's own is two years.
DUREE = timedelta(days=150)
#: The suite's clock can be set; the service refuses to start on any but the product's own.
HORLOGE_DU_PRODUIT = """
CREATE OR REPLACE FUNCTION socle.maintenant() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS 'SELECT now()'
"""


@pytest.fixture(scope="session")
def modele_demo(serveur_essais: Any, django_db_setup: None, django_db_blocker: Any) -> str:
    """The demonstration territory in a database of its own, made by the product's own commands."""
    from django.db import connections

    from maillage.demo.api import construire
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.preparation import charger_reference

    travailleur = connections["default"].settings_dict["NAME"]
    with serveur_essais.connexion_superutilisateur() as verrou:
        # Whoever comes second waits, and finds it built.
        verrou.execute("SELECT pg_advisory_lock(%s)", [VERROU_DE_LA_DEMO])
        deja = verrou.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [MODELE_DEMO]
        ).fetchone()
        if deja:
            return MODELE_DEMO
        cloner(serveur_essais, MODELE_DEMO)
        with django_db_blocker.unblock():
            _pointer(serveur_essais, MODELE_DEMO)
            try:
                with connections["proprietaire"].cursor() as curseur:
                    curseur.execute(HORLOGE_DU_PRODUIT)
                charger_reference()
                with sous_le_proprietaire():
                    construire(duree=DUREE, dire=lambda _phrase: None)
            finally:
                _pointer(serveur_essais, travailleur)
        verrou.execute(f"ALTER DATABASE {MODELE_DEMO} IS_TEMPLATE true")
    return MODELE_DEMO


@pytest.fixture(scope="module")
def site(serveur_essais: Any, modele_demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application on a clone of the demonstration: what a module writes, no other sees."""
    from maillage.socle.postgres.roles import creer_base

    base = f"essai_{uuid.uuid4().hex[:12]}"
    journal: Path = tmp_path_factory.mktemp("service") / "journal.txt"
    with serveur_essais.connexion_superutilisateur() as connexion:
        creer_base(connexion, base, modele=modele_demo, essais=True)
    with servi(serveur_essais, base, journal) as servi_ici:
        yield servi_ici
    with serveur_essais.connexion_superutilisateur() as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(base)))


@pytest.fixture(scope="module")
def navigateur(site: Site) -> Iterator[Browser]:
    with sync_playwright() as pilote:
        navigateur = pilote.chromium.launch(executable_path=chromium(), args=OPTIONS)
        yield navigateur
        navigateur.close()


@pytest.fixture
def visiter(navigateur: Browser, site: Site) -> Iterator[Callable[..., Visiteur]]:
    """``visiter("Hélène Olivet")``: a browser of their own, signed in with one click.

    At the end of the test, no visitor may have met a script error, a refused style, an outside
    request or a page that broke.
    """
    visiteurs: list[Visiteur] = []

    def ouvrir(nom: str | None = None, **options: Any) -> Visiteur:
        visiteur = Visiteur.ouvrir(navigateur, site.adresse, **options)
        visiteurs.append(visiteur)
        if nom is not None:
            visiteur.se_connecter(nom)
        return visiteur

    yield ouvrir
    plaintes = [plainte for visiteur in visiteurs for plainte in visiteur.plaintes]
    for visiteur in visiteurs:
        visiteur.fermer()
    assert plaintes == [], site.journal.read_text(encoding="utf-8")[-4000:]
