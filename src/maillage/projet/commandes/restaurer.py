"""`maillage restaurer`: bring a backup back into a new data folder, and prove that it is whole."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json
from maillage.projet.commandes.sauvegarder import SERVEUR_ADMINISTRE
from maillage.projet.sauvegardes.fichiers import pourquoi

AIDE = "remet une sauvegarde dans un dossier de données neuf et la contrôle"
EXEMPLE = """
MAILLAGE_DONNEES=/var/lib/maillage-essai maillage restaurer lundi.msv --cle /coffre/sauvegarde.cle
MAILLAGE_DONNEES=/var/lib/maillage-essai maillage restaurer --archives /archives --cle /coffre/sauvegarde.cle
"""
FUSEAU = ZoneInfo("Europe/Paris")
#: Of the installation rather than of what came back: said in words.
A_PART = frozenset({"cles_coffre", "configuration", "migrations"})


def configurer(parser: argparse.ArgumentParser) -> None:
    quoi = parser.add_mutually_exclusive_group(required=True)
    quoi.add_argument("fichier", nargs="?", type=Path, help="la sauvegarde")
    quoi.add_argument("--archives", type=Path, metavar="DOSSIER", help="les archives, plutôt qu’un fichier")
    parser.add_argument(
        "--instant",
        type=_instant,
        help="avec --archives : l’instant à retrouver (2026-11-24T03:00:00) ; sinon, le dernier archivé",
    )
    parser.add_argument("--cle", type=Path, required=True, metavar="FICHIER", help="la clé de la sauvegarde")
    parser.add_argument("--cles", type=Path, metavar="FICHIER", help="la copie du coffre des clés")
    parser.add_argument(
        "--effacements",
        type=Path,
        metavar="FICHIER",
        help="une liste des effacements plus récente que la copie",
    )
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def _instant(texte: str) -> datetime:
    try:
        lu = datetime.fromisoformat(texte)
    except ValueError as erreur:
        raise argparse.ArgumentTypeError("un instant s’écrit 2026-11-24T03:00:00+01:00") from erreur
    return lu if lu.tzinfo is not None else lu.replace(tzinfo=FUSEAU)


def executer(args: argparse.Namespace) -> int:
    if os.environ.get("DATABASE_URL"):
        raise ErreurCommande(SERVEUR_ADMINISTRE)
    from maillage.projet.sauvegardes.coffre import CoffreRefuse
    from maillage.projet.sauvegardes.rules import SauvegardeRefusee
    from maillage.socle.cles.maitre import MaitreRefusee
    from maillage.socle.postgres import ErreurServeur

    if args.archives is None and args.instant is not None:
        raise ErreurCommande("--instant demande --archives : une sauvegarde seule n’a qu’un instant.")
    if args.archives is not None and args.cles is not None:
        raise ErreurCommande("les archives portent déjà les clés : --cles ne va qu’avec une sauvegarde.")
    try:
        valeurs, phrases, controles = (_des_archives if args.archives else _d_un_fichier)(args)
    except (CoffreRefuse, SauvegardeRefusee, MaitreRefusee, ErreurServeur) as refus:
        raise ErreurCommande(str(refus)) from refus
    except OSError as erreur:
        raise ErreurCommande(
            f"la sauvegarde ou sa clé ne se lit pas, ou ne s’écrit pas ici : {pourquoi(erreur)}."
        ) from erreur
    if args.json:
        ecrire_json({**valeurs, "controles": controles})
    else:
        print("\n".join(phrases))
        print("Avant de rendre l’accès : « maillage base preparer » si la version est plus récente, puis")
        print("« maillage conserver purger » : ce qui était échu est revenu.")
    if rouges := [code for code, ok in controles.items() if not ok]:
        raise ErreurCommande(f"la base est revenue, mais ces contrôles échouent : {', '.join(rouges)}.")
    return 0


Rendu = tuple[dict[str, Any], list[str], dict[str, bool]]


def _d_un_fichier(args: argparse.Namespace) -> Rendu:
    from maillage.projet.commandes._base import base_prete
    from maillage.projet.sauvegardes.coffre import lire_cle
    from maillage.projet.sauvegardes.copie import restaurer
    from maillage.socle.postgres import Serveur

    cle = lire_cle(args.cle)
    with args.fichier.open("rb") as entree, base_prete():
        manifeste = restaurer(Serveur(), entree, cle)
        effaces = _remettre_les_cles(args)
        controles = _controler()
    lignes = sum(manifeste.lignes.values())
    instant = manifeste.le.isoformat(timespec="seconds")
    phrases = [f"Base revenue telle qu’au {instant} : {lignes} lignes, toutes comptées."]
    if effaces is None:
        phrases.append("Les identités restent fermées : remettez leurs clés par « maillage cles restaurer ».")
    else:
        phrases.append("Clés revenues, effacements rejoués : qui avait été effacé le reste.")
    return {"le": manifeste.le.isoformat(), "lignes": lignes, "cles": effaces}, phrases, controles


def _des_archives(args: argparse.Namespace) -> Rendu:
    """The whole cluster, its keys with it; then the erasures, before anybody may start it."""
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.commandes._base import base_prete
    from maillage.projet.sauvegardes.archives import lire_la_liste
    from maillage.projet.sauvegardes.coffre import lire_cle
    from maillage.projet.sauvegardes.effacements import rejouer_la_liste
    from maillage.projet.sauvegardes.physique import DELAI_DU_RETOUR, revenir
    from maillage.socle.postgres import Serveur

    cle = lire_cle(args.cle)
    effaces = lire_la_liste(args.archives, cle)
    serveur = Serveur(delai=DELAI_DU_RETOUR, en_restauration=True)
    with revenir(serveur, args.archives, cle, args.instant) as retour, base_prete():
        with sous_le_proprietaire():
            cles, dossiers = rejouer_la_liste(args.effacements, effaces)
        controles = _controler()
    derniere = retour.derniere_ecriture or retour.base.des
    valeurs = {
        "base": retour.base.nom,
        "morceaux": retour.segments,
        "derniere_ecriture": derniere.isoformat(),
        "cles_sans_dossier": cles,
        "dossiers_effaces": dossiers,
    }
    phrases = [
        f"Base et clés revenues par {retour.base.nom} et {retour.segments} morceaux ; dernière écriture "
        f"retrouvée : {derniere.isoformat(timespec='seconds')}.",
        f"Effacements rejoués : {dossiers} dossiers effacés avec leur clé, {cles} clés sans dossier.",
    ]
    return valeurs, phrases, controles


def _remettre_les_cles(args: argparse.Namespace) -> int | None:
    """The keys of the copy, without those destroyed since; None where no copy was given."""
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.sauvegardes.effacements import remettre_les_cles

    if args.cles is None:
        return None
    with sous_le_proprietaire():
        revenu, _ = remettre_les_cles(args.cles, args.cle, args.effacements)
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
