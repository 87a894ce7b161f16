"""`maillage sauvegarder`: one encrypted file of the embedded database, without stopping the service."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "écrit une sauvegarde chiffrée de la base embarquée, sans arrêter le service"
EXEMPLE = """
maillage sauvegarder /sauvegardes/maillage-lundi.msv
maillage sauvegarder /sauvegardes/maillage-lundi.msv --json
"""
SERVEUR_ADMINISTRE = (
    "DATABASE_URL désigne un serveur administré : il se sauvegarde avec ses propres outils, "
    "comme le dit docs/exploitation.md."
)


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", type=Path, help="le fichier à écrire")
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    if os.environ.get("DATABASE_URL"):
        raise ErreurCommande(SERVEUR_ADMINISTRE)
    from maillage.projet.commandes._base import base_prete
    from maillage.projet.sauvegardes.coffre import CoffreRefuse, cle_de_sauvegarde
    from maillage.projet.sauvegardes.copie import SauvegardeRefusee, sauvegarder
    from maillage.socle.postgres import Serveur, dossier_serveur

    en_cours = args.fichier.with_name(f".{args.fichier.name}.en-cours")
    with base_prete():
        from django.conf import settings

        try:
            cle = cle_de_sauvegarde(Path(settings.CLE_SAUVEGARDE))
            descripteur = os.open(en_cours, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descripteur, "wb") as sortie:
                manifeste = sauvegarder(Serveur(dossier_serveur()), sortie, cle)
                sortie.flush()
                os.fsync(sortie.fileno())
            en_cours.replace(args.fichier)
        except (CoffreRefuse, SauvegardeRefusee) as refus:
            raise ErreurCommande(str(refus)) from refus
        except OSError as erreur:
            raise ErreurCommande(f"la sauvegarde ne s’écrit pas ({type(erreur).__name__}).") from erreur
        finally:
            en_cours.unlink(missing_ok=True)
        _inscrire(sum(manifeste.lignes.values()))
        cle_de = settings.CLE_SAUVEGARDE
    lignes = sum(manifeste.lignes.values())
    if args.json:
        ecrire_json({"le": manifeste.le.isoformat(), "lignes": lignes, "octets": manifeste.octets})
    else:
        print(f"Sauvegarde écrite : {lignes} lignes, au {manifeste.le.isoformat(timespec='seconds')}.")
        print(f"Sans sa clé elle ne s’ouvre pas : gardez {cle_de} ailleurs que la sauvegarde.")
    return 0


def _inscrire(lignes: int) -> None:
    """The journal says when the last backup was made: `maillage controler` reads it there."""
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.controles import SAUVEGARDE
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.journal import journaliser

    with sous_le_proprietaire(), en_maintenance():
        journaliser(SAUVEGARDE, details={"lignes": lignes})
