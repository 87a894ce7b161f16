"""`maillage sauvegarder`: one encrypted file of the embedded database, or a base backup of its cluster."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "écrit une sauvegarde chiffrée de la base embarquée, sans arrêter le service"
EXEMPLE = """
maillage sauvegarder /sauvegardes/maillage-lundi.msv
maillage sauvegarder /sauvegardes/maillage-lundi.msv --json
maillage sauvegarder --physique
"""
SERVEUR_ADMINISTRE = (
    "DATABASE_URL désigne un serveur administré : il se sauvegarde avec ses propres outils, "
    "comme le dit docs/exploitation.md."
)


def configurer(parser: argparse.ArgumentParser) -> None:
    quoi = parser.add_mutually_exclusive_group(required=True)
    quoi.add_argument("fichier", nargs="?", type=Path, help="le fichier à écrire")
    quoi.add_argument(
        "--physique", action="store_true", help="une sauvegarde de base, dans les archives ouvertes"
    )
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    if os.environ.get("DATABASE_URL"):
        raise ErreurCommande(SERVEUR_ADMINISTRE)
    from maillage.projet.commandes._base import base_prete
    from maillage.projet.sauvegardes.coffre import CoffreRefuse, cle_de_sauvegarde
    from maillage.projet.sauvegardes.fichiers import pourquoi
    from maillage.projet.sauvegardes.rules import SauvegardeRefusee

    with base_prete():
        from django.conf import settings

        try:
            cle = cle_de_sauvegarde(Path(settings.CLE_SAUVEGARDE))
            valeurs, phrase = _de_base(cle) if args.physique else _de_la_base(args.fichier, cle)
        except (CoffreRefuse, SauvegardeRefusee) as refus:
            raise ErreurCommande(str(refus)) from refus
        except OSError as erreur:
            raise ErreurCommande(f"la sauvegarde ne s’écrit pas : {pourquoi(erreur)}.") from erreur
        cle_de = settings.CLE_SAUVEGARDE
    if args.json:
        ecrire_json(valeurs)
    else:
        print(phrase)
        print(f"Sans sa clé elle ne s’ouvre pas : gardez {cle_de} ailleurs que la sauvegarde.")
    return 0


def _de_la_base(fichier: Path, cle: bytes) -> tuple[dict[str, Any], str]:
    from maillage.projet.controles import SAUVEGARDE
    from maillage.projet.sauvegardes.copie import sauvegarder
    from maillage.projet.sauvegardes.fichiers import ecrire_entier
    from maillage.socle.postgres import Serveur

    with ecrire_entier(fichier) as sortie:
        manifeste = sauvegarder(Serveur(), sortie, cle)
    lignes = sum(manifeste.lignes.values())
    _inscrire(SAUVEGARDE, lignes=lignes)
    return {"le": manifeste.le.isoformat(), "lignes": lignes, "octets": manifeste.octets}, (
        f"Sauvegarde écrite : {lignes} lignes, au {manifeste.le.isoformat(timespec='seconds')}."
    )


def _de_base(cle: bytes) -> tuple[dict[str, Any], str]:
    from maillage.projet.controles import SAUVEGARDE_DE_BASE
    from maillage.projet.sauvegardes.archives import dossier_des_archives
    from maillage.projet.sauvegardes.ouverture import FERMEES, passer_ici
    from maillage.projet.sauvegardes.physique import sauvegarder_la_base
    from maillage.projet.sauvegardes.rules import ArchivesRefusees
    from maillage.socle.postgres import Serveur

    serveur = Serveur()
    dossier = dossier_des_archives(serveur.chemins)
    if dossier is None:
        raise ArchivesRefusees(FERMEES)
    ecrite = sauvegarder_la_base(serveur, dossier, cle)
    passer_ici(serveur)
    _inscrire(SAUVEGARDE_DE_BASE, octets=ecrite.octets)
    instant = ecrite.base.des.isoformat(timespec="seconds")
    valeurs = {"fichier": ecrite.base.nom, "des": instant, "octets": ecrite.octets, "otes": ecrite.otes}
    return valeurs, (
        f"Sauvegarde de base écrite : tout instant à partir du {instant} peut être retrouvé. "
        f"{ecrite.otes} fichiers échus ôtés."
    )


def _inscrire(evenement: str, **details: int) -> None:
    """The journal says when the last backup was made: `maillage controler` reads it there."""
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.journal import journaliser

    with sous_le_proprietaire(), en_maintenance():
        journaliser(evenement, details=details)
