"""What commands that need the application share: settings chosen, Django loaded, database reachable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from maillage.projet.commandes._sortie import ErreurCommande

REGLAGES = "maillage.projet.settings"


@contextmanager
def django_pret() -> Iterator[None]:
    """Within it, Django is loaded; no database is asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", REGLAGES)

    import django

    django.setup()
    yield


@contextmanager
def base_prete() -> Iterator[None]:
    """Within it, Django is loaded and its database answers: started if needed, and then stopped."""
    from maillage.socle.postgres import ErreurServeur, dossier_donnees, serveur_demarre

    if os.environ.get("DATABASE_URL"):
        with django_pret():
            _exiger_une_reponse()
            yield
        return
    try:
        with serveur_demarre(dossier_donnees() / "postgres"), django_pret():
            yield
            _fermer()
    except ErreurServeur as erreur:
        raise ErreurCommande(str(erreur)) from erreur


def _exiger_une_reponse() -> None:
    """One sentence, rather than one error a query, when the server named by DATABASE_URL is stopped."""
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as erreur:
        raise ErreurCommande(
            f"la base « {connection.settings_dict['NAME']} » ne répond pas : démarrez-la, ou vérifiez"
            " DATABASE_URL (adresse, mot de passe, réseau)."
        ) from erreur


@contextmanager
def en_operateur() -> Iterator[None]:
    """The database is ready and ``default`` connects as the owner: loads, builds, purges."""
    with base_prete():
        from maillage.projet.bases import sous_le_proprietaire

        with sous_le_proprietaire():
            yield


def _fermer() -> None:
    from django.db import connections

    from maillage.socle.cles.acces import coffre

    coffre().fermer()
    connections.close_all()
