"""From nothing to a migrated database: roles, database, extensions, then the owner's migrations."""

from psycopg import sql

from maillage.projet.bases import PROPRIETAIRE
from maillage.socle.postgres import Serveur, mots_de_passe
from maillage.socle.postgres.roles import creer_base, preparer_roles

#: Installed by the superuser: exclusion constraints on periods.
EXTENSIONS = ("btree_gist",)


def preparer_base(serveur: Serveur, nom: str, *, essais: bool = False) -> None:
    """Create what only a superuser can: roles, the database of the owner, extensions. Idempotent."""
    with serveur.connexion_superutilisateur() as connexion:
        preparer_roles(connexion, mots_de_passe(serveur.chemins.dossier), essais=essais)
        creer_base(connexion, nom, PROPRIETAIRE, essais=essais)
    with serveur.connexion_superutilisateur(nom) as connexion:
        for extension in EXTENSIONS:
            connexion.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
