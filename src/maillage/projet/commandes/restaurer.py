"""`maillage restaurer`: bring a backup back into a new data folder, and prove that it is whole."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json
from maillage.projet.commandes.sauvegarder import SERVEUR_ADMINISTRE

AIDE = "remet une sauvegarde dans un dossier de données neuf et la contrôle"
EXEMPLE = """
MAILLAGE_DONNEES=/var/lib/maillage-essai maillage restaurer lundi.msv --cle /coffre/sauvegarde.cle
"""
#: Of the installation rather than of what came back: said in words.
A_PART = frozenset({"cles_coffre", "configuration", "migrations"})


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", type=Path, help="la sauvegarde")
    parser.add_argument("--cle", type=Path, required=True, metavar="FICHIER", help="la clé de la sauvegarde")
    parser.add_argument("--cles", type=Path, metavar="FICHIER", help="la copie du coffre des clés")
    parser.add_argument(
        "--effacements",
        type=Path,
        metavar="FICHIER",
        help="une liste des effacements plus récente que la copie",
    )
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    if os.environ.get("DATABASE_URL"):
        raise ErreurCommande(SERVEUR_ADMINISTRE)
    from maillage.projet.commandes._base import base_prete
    from maillage.projet.sauvegardes.coffre import CoffreRefuse, lire_cle
    from maillage.projet.sauvegardes.copie import SauvegardeRefusee, restaurer
    from maillage.socle.postgres import Serveur, dossier_serveur

    try:
        cle = lire_cle(args.cle)
        entree = args.fichier.open("rb")
    except CoffreRefuse as refus:
        raise ErreurCommande(str(refus)) from refus
    except OSError as erreur:
        raise ErreurCommande(f"la sauvegarde ou sa clé ne se lit pas ({type(erreur).__name__}).") from erreur
    with entree, base_prete():
        try:
            manifeste = restaurer(Serveur(dossier_serveur()), entree, cle)
        except (CoffreRefuse, SauvegardeRefusee) as refus:
            raise ErreurCommande(str(refus)) from refus
        effaces = _remettre_les_cles(args)
        controles = _controler()
    lignes = sum(manifeste.lignes.values())
    if args.json:
        ecrire_json(
            {"le": manifeste.le.isoformat(), "lignes": lignes, "cles": effaces, "controles": controles}
        )
    else:
        instant = manifeste.le.isoformat(timespec="seconds")
        print(f"Base revenue telle qu’au {instant} : {lignes} lignes, toutes comptées.")
        if effaces is None:
            print("Les identités restent fermées : remettez leurs clés par « maillage cles restaurer ».")
        else:
            print("Clés revenues, effacements rejoués : qui avait été effacé le reste.")
        print("Avant de rendre l’accès : « maillage base preparer » si la version est plus récente, puis")
        print("« maillage conserver purger » : ce qui était échu est revenu.")
    if rouges := [code for code, ok in controles.items() if not ok]:
        raise ErreurCommande(f"la base est revenue, mais ces contrôles échouent : {', '.join(rouges)}.")
    return 0


def _remettre_les_cles(args: argparse.Namespace) -> int | None:
    """The keys of the copy, without those destroyed since; None where no copy was given."""
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.sauvegardes.coffre import CoffreRefuse
    from maillage.projet.sauvegardes.copie import SauvegardeRefusee
    from maillage.projet.sauvegardes.effacements import remettre_les_cles
    from maillage.socle.cles.maitre import MaitreRefusee

    if args.cles is None:
        return None
    try:
        with sous_le_proprietaire():
            revenu, _ = remettre_les_cles(args.cles, args.cle, args.effacements)
    except (CoffreRefuse, SauvegardeRefusee, MaitreRefusee) as refus:
        raise ErreurCommande(str(refus)) from refus
    return revenu.cles


def _controler() -> dict[str, bool]:
    """The walls, the roles and the journal of what came back."""
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.controles import inscrire
    from maillage.socle.controles import tout_controler
    from maillage.socle.scelle.sequenceur import JournalRompu, verifier_en_base

    inscrire()
    controles = {resultat.code: resultat.ok for resultat in tout_controler() if resultat.code not in A_PART}
    with sous_le_proprietaire():
        try:
            verifier_en_base()
        except JournalRompu:
            controles["journal_scelle"] = False
        else:
            controles["journal_scelle"] = True
    return controles
