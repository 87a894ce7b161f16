"""The programs of PostgreSQL, run as the superuser of the embedded server; their words are never shown."""

from __future__ import annotations

import os
import subprocess

from maillage.projet.sauvegardes.rules import SauvegardeRefusee
from maillage.socle.postgres import Serveur
from maillage.socle.postgres.chemins import PORT
from maillage.socle.postgres.erreurs import PLUS_DE_PLACE
from maillage.socle.postgres.grappe import SUPERUTILISATEUR
from maillage.socle.postgres.secrets_locaux import relire


def environnement_de(serveur: Serveur) -> dict[str, str]:
    """How a program reaches that server: by its local socket, the password out of the command line."""
    chemins = serveur.chemins
    return {
        **os.environ,
        "LC_ALL": "C",
        "PGHOST": str(chemins.prise),
        "PGPORT": str(PORT),
        "PGUSER": SUPERUTILISATEUR,
        "PGPASSWORD": relire(chemins.mot_de_passe_superutilisateur),
    }


def phrase_de_l_echec(programme: str, code: int, dit: str) -> str:
    """One sentence; what the program said may quote a row, and is only searched for a full disk."""
    if any(signe in dit for signe in PLUS_DE_PLACE):
        return "il n’y a plus de place sur le disque de la base : libérez-en, puis relancez la commande."
    return f"« {programme} » s’est arrêté avec le code {code}."


def executer(serveur: Serveur, base: str, programme: str, *arguments: str) -> None:
    """Run it to its end on that database. Raises ``SauvegardeRefusee``."""
    commande = [str(serveur.binaires().programme(programme)), *arguments]
    commande += ["-d", base] if programme == "pg_restore" else [base]
    fini = subprocess.run(commande, env=environnement_de(serveur), capture_output=True, check=False)
    if fini.returncode:
        dit = fini.stderr.decode("utf-8", "replace")
        raise SauvegardeRefusee(phrase_de_l_echec(programme, fini.returncode, dit))
