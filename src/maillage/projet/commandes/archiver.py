"""`maillage archiver`: the journal of writes of the embedded server, kept elsewhere as it is written."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json
from maillage.projet.commandes.sauvegarder import SERVEUR_ADMINISTRE

AIDE = "garde ailleurs, au fil de l’eau, ce que la base embarquée écrit"
EXEMPLE = """
maillage archiver ouvrir /sauvegardes/archives
maillage archiver passer
maillage archiver etat
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="Actions")
    ouvrir = actions.add_parser(
        "ouvrir", help="commence à archiver dans un dossier vide, sur un autre disque"
    )
    ouvrir.add_argument("dossier", type=Path, help="le dossier des archives")
    for nom, aide in (
        ("passer", "archive ce qui attend et ôte ce qui est échu ; le service le fait chaque minute"),
        ("etat", "dit ce que les archives contiennent et ce qui attend"),
        ("fermer", "cesse d’archiver ; ce qui l’a été reste"),
    ):
        actions.add_parser(nom, help=aide)
    for action in actions.choices.values():
        action.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    if os.environ.get("DATABASE_URL"):
        raise ErreurCommande(SERVEUR_ADMINISTRE)
    from maillage.projet.sauvegardes.coffre import CoffreRefuse
    from maillage.projet.sauvegardes.fichiers import pourquoi
    from maillage.projet.sauvegardes.rules import SauvegardeRefusee
    from maillage.socle.postgres import ErreurServeur

    actions: dict[str, Callable[[argparse.Namespace], tuple[dict[str, Any], str]]] = {
        "ouvrir": _ouvrir,
        "passer": _passer,
        "etat": _etat,
        "fermer": _fermer,
    }
    try:
        lus, phrase = actions[args.action](args)
    except (CoffreRefuse, SauvegardeRefusee, ErreurServeur) as refus:
        raise ErreurCommande(str(refus)) from refus
    except OSError as erreur:
        raise ErreurCommande(f"les archives ne s’écrivent pas : {pourquoi(erreur)}.") from erreur
    if args.json:
        ecrire_json(lus)
    else:
        print(phrase)
    return 0


def _ouvrir(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.projet.sauvegardes.ouverture import ouvrir

    dossier = ouvrir(args.dossier)
    _inscrire("archives_ouvertes")
    return {"dossier": str(dossier)}, (
        "Archives ouvertes. Faites maintenant une sauvegarde de base : « maillage sauvegarder --physique »."
    )


def _fermer(_args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.projet.commandes._base import django_pret
    from maillage.projet.sauvegardes.ouverture import fermer

    with django_pret():
        fermer()
    _inscrire("archives_fermees")
    return {}, "Archives fermées : depuis la dernière sauvegarde, plus rien n’est gardé ailleurs."


def _passer(_args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.projet.commandes._base import django_pret
    from maillage.projet.sauvegardes.archives import dossier_des_archives
    from maillage.projet.sauvegardes.ouverture import FERMEES, passer_ici
    from maillage.socle.postgres import Serveur

    with django_pret():
        passage = passer_ici(Serveur())
    if passage is None:
        raise ErreurCommande(FERMEES)
    dossier = dossier_des_archives(Serveur().chemins)
    return {"archives": passage.archives, "otes": passage.otes, "dossier": str(dossier)}, (
        f"{passage.archives} morceaux archivés, {passage.otes} fichiers échus ôtés."
    )


def _etat(_args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.projet.sauvegardes.archives import dossier_des_archives, en_attente, noms
    from maillage.projet.sauvegardes.ouverture import FERMEES
    from maillage.projet.sauvegardes.rules import bases, segment_de
    from maillage.socle.postgres import Serveur

    chemins = Serveur().chemins
    dossier = dossier_des_archives(chemins)
    if dossier is None:
        raise ErreurCommande(FERMEES)
    presents = noms(dossier)
    connues = bases(presents)
    segments = [nom for nom in presents if segment_de(nom) is not None]
    poids = sum((dossier / nom).stat().st_size for nom in presents)
    attendent = len(en_attente(chemins))
    valeurs = {
        "bases": [base.des.isoformat() for base in connues],
        "morceaux": len(segments),
        "attendent": attendent,
        "octets": poids,
    }
    depuis = f", depuis le {connues[0].des:%d/%m/%Y à %H:%M} (UTC)" if connues else ""
    return valeurs, (
        f"{len(connues)} sauvegardes de base{depuis} ; {len(segments)} morceaux, {poids >> 20} Mio en tout ; "
        f"{attendent} attendent d’être archivés."
    )


def _inscrire(evenement: str) -> None:
    from maillage.projet.commandes._base import en_operateur
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.journal import journaliser

    with en_operateur(), en_maintenance():
        journaliser(evenement)
