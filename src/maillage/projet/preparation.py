"""From nothing to a migrated database: roles, database, extensions, then the owner's migrations."""

from collections.abc import Callable

from maillage.projet.bases import PROPRIETAIRE, sous_le_proprietaire
from maillage.socle.postgres import BASE, Serveur, dossier_donnees, mots_de_passe
from maillage.socle.postgres.roles import creer_base, creer_base_des_cles, preparer_roles


def preparer_base(serveur: Serveur, nom: str, *, essais: bool = False) -> None:
    """Create what only a superuser can: roles, the databases of their owner, extensions. Idempotent."""
    with serveur.connexion_superutilisateur() as connexion:
        preparer_roles(connexion, mots_de_passe(serveur.chemins.dossier), essais=essais)
        creer_base(connexion, nom, PROPRIETAIRE, essais=essais)
        creer_base_des_cles(connexion, proprietaire=PROPRIETAIRE)


def preparer_installation(serveur: Serveur) -> None:
    """Roles, database, migrations and reference data of the embedded server. Idempotent."""
    preparer_base(serveur, BASE)
    migrer()
    charger_reference()


def migrer() -> None:
    """Prepare the store of keys, which a migration may ask for, then run the owner's migrations."""
    from django.core.management import call_command

    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.operateur import preparer

    preparer(coffre())

    call_command("migrate", database="proprietaire", verbosity=0, interactive=False)


def charger_reference() -> None:
    """Load the real communes, EPCI and QPV the package carries, unless they are there."""
    from maillage.territoires.api import charger_referentiel

    with sous_le_proprietaire():
        charger_referentiel()


def preparer_demonstration(*, dire: Callable[[str], None]) -> None:
    """Prepare the installation, mark it as a demonstration for ever, build its territory."""
    preparer_installation(Serveur(dossier_donnees() / "postgres"))
    dire("Communes de France chargées.")
    from maillage.demo.api import construire

    with sous_le_proprietaire():
        construire(dire=dire)


def preparer_simulation() -> None:
    """Bring a trial database up to date; a real one is refused before anything of it changes."""
    from django.conf import settings
    from django.db import connections

    from maillage.demo.api import refuser_le_reel

    if not settings.CONFIGURATION.database_url:
        preparer_base(Serveur(dossier_donnees() / "postgres"), BASE)
    if "socle_installation" in connections["proprietaire"].introspection.table_names():
        with sous_le_proprietaire():
            refuser_le_reel()
    migrer()
    charger_reference()
