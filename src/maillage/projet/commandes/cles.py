"""`maillage cles`: the store of keys, counted, copied, brought back, rotated, swept."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "compte, copie, remet, renouvelle les clés qui ferment les identités"
EXEMPLE = """
maillage cles etat
maillage cles sauvegarder /sauvegardes/cles
maillage cles tourner
maillage cles renouveler --objet 2f6e0d3c-7f7e-4a52-9d0c-0d2a4b8f5a11
maillage cles restaurer cles-20261123T220000Z.msc --cle /coffre/sauvegarde.cle
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="Actions")
    for nom, aide in (
        ("etat", "dit combien de clés tient le coffre, et avec quelle clé maîtresse"),
        ("tourner", "remplace la clé maîtresse et enveloppe de nouveau chaque clé"),
        ("renouveler", "donne une clé neuve à un dossier, ou à tous, et ferme de nouveau ses lignes"),
        ("balayer", "détruit les clés qui n’ouvrent plus rien"),
        ("rejouer", "efface de nouveau ce que la liste des effacements nomme"),
        ("sauvegarder", "copie le coffre dans un dossier, chiffré, et en ôte les copies échues"),
        ("restaurer", "remet les clés d’une copie, sauf celles qui ont été détruites"),
    ):
        action = actions.add_parser(nom, help=aide)
        action.add_argument("--json", action="store_true", help="réponse pour une machine")
        if nom == "renouveler":
            quoi = action.add_mutually_exclusive_group(required=True)
            quoi.add_argument("--objet", type=UUID, help="le pseudonyme du dossier")
            quoi.add_argument("--tous", action="store_true", help="tous les dossiers")
            quoi.add_argument("--reprendre", action="store_true", help="seulement ce qui a été interrompu")
        elif nom == "balayer":
            action.add_argument("--forcer", action="store_true", help="même si la plupart n’ouvrent rien")
        elif nom == "sauvegarder":
            action.add_argument("dossier", type=Path, help="le dossier des copies")
        elif nom == "restaurer":
            action.add_argument("fichier", type=Path, help="la copie")
            action.add_argument("--cle", type=Path, required=True, help="la clé des sauvegardes")
        if nom in {"rejouer", "restaurer"}:
            action.add_argument(
                "--effacements", type=Path, metavar="FICHIER", help="une liste des effacements plus récente"
            )


def executer(args: argparse.Namespace) -> int:
    import psycopg

    from maillage.projet.commandes._base import en_operateur

    actions: dict[str, Callable[[argparse.Namespace], tuple[dict[str, Any], str]]] = {
        "etat": _etat,
        "tourner": _tourner,
        "renouveler": _renouveler,
        "balayer": _balayer,
        "rejouer": _rejouer,
        "sauvegarder": _sauvegarder,
        "restaurer": _restaurer,
    }
    with en_operateur():
        from maillage.projet.sauvegardes.coffre import CoffreRefuse
        from maillage.projet.sauvegardes.rules import SauvegardeRefusee
        from maillage.socle.cles.coffre import CoffreFerme
        from maillage.socle.cles.maitre import MaitreRefusee
        from maillage.socle.cles.operateur import BalayageRefuse

        try:
            lus, phrase = actions[args.action](args)
        except (MaitreRefusee, CoffreFerme, BalayageRefuse, SauvegardeRefusee, CoffreRefuse) as refus:
            raise ErreurCommande(str(refus)) from refus
        except psycopg.OperationalError as erreur:
            raise ErreurCommande("le coffre des clés ne répond pas.") from erreur
    if args.json:
        ecrire_json(lus)
    else:
        print(phrase)
    return 0


def _inscrire(evenement: str, **details: Any) -> None:
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.journal import journaliser

    with en_maintenance():
        journaliser(evenement, details=details)


def _etat(_args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.detenteurs import detenteurs
    from maillage.socle.cles.operateur import etat, orphelines_de

    lu = etat(coffre())
    orphelines = len(orphelines_de(coffre(), detenteurs())) if detenteurs() else 0
    valeurs = {
        "cles": lu.cles,
        "detruites": lu.detruites,
        "maitresses": lu.maitresses,
        "courante": lu.courante,
        "a_reprendre": lu.a_renouveler,
        "orphelines": orphelines,
    }
    phrase = f"{lu.cles} clés, enveloppées par la clé maîtresse {lu.courante} ; {lu.detruites} détruites."
    if len(lu.maitresses) > 1:
        phrase += " Une rotation est en cours : relancez « maillage cles tourner »."
    if lu.a_renouveler:
        phrase += (
            f" {lu.a_renouveler} renouvellements interrompus : « maillage cles renouveler --reprendre »."
        )
    if orphelines:
        phrase += f" {orphelines} n’ouvrent plus rien : « maillage cles balayer »."
    return valeurs, phrase


def _tourner(_args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.operateur import etat, tourner

    refaites = tourner(coffre())
    courante = etat(coffre()).courante
    _inscrire("cle_maitresse_remplacee", empreinte=courante, cles=refaites)
    return {"refaites": refaites, "courante": courante}, (
        f"{refaites} clés enveloppées par la clé maîtresse {courante}. Gardez une copie du nouveau fichier, "
        "puis copiez le coffre : les copies d’avant ne s’ouvrent qu’avec l’ancien fichier."
    )


def _renouveler(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.detenteurs import detenteurs
    from maillage.socle.cles.operateur import renouveler, reprendre, tasser, tous

    ici, tenus = coffre(), detenteurs()
    faits = reprendre(ici, tenus)
    if args.objet is not None:
        faits = renouveler(ici, [args.objet], tenus)
        if not faits:
            raise ErreurCommande("ce dossier n’a pas de clé.")
    elif args.tous:
        faits = sum(renouveler(ici, lot, tenus) for lot in tous(ici))
    tasser(ici)
    _inscrire("cles_renouvelees", dossiers=faits)
    return {"dossiers": faits}, f"{faits} dossiers fermés de nouveau, chacun sous une clé neuve."


def _balayer(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.socle.cles.acces import coffre
    from maillage.socle.cles.detenteurs import detenteurs
    from maillage.socle.cles.operateur import balayer, tasser

    detruites = balayer(coffre(), detenteurs(), forcer=args.forcer)
    restees = tasser(coffre())
    _inscrire("cles_balayees", cles=detruites)
    phrase = f"{detruites} clés n’ouvraient plus rien : elles sont détruites."
    if restees:
        phrase += f" {restees} quitteront ses fichiers à la prochaine purge : une lecture dure encore."
    return {"detruites": detruites, "restees": restees}, phrase


def _rejouer(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.projet.sauvegardes.effacements import rejouer_la_liste

    cles, lignes = rejouer_la_liste(args.effacements)
    return {"cles": cles, "dossiers": lignes}, (
        f"Effacements rejoués : {cles} clés détruites de nouveau, {lignes} dossiers effacés de nouveau."
    )


def _sauvegarder(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from django.conf import settings

    from maillage.projet.controles import SAUVEGARDE_DES_CLES
    from maillage.projet.sauvegardes.cles import copier, echues, nom_du_fichier
    from maillage.projet.sauvegardes.coffre import cle_de_sauvegarde
    from maillage.projet.sauvegardes.fichiers import ecrire_entier, pourquoi
    from maillage.socle.cles.acces import coffre

    instant = datetime.now(UTC)
    fichier = args.dossier / nom_du_fichier(instant)
    try:
        args.dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ecrire_entier(fichier) as sortie:
            nombre = copier(coffre(), sortie, cle_de_sauvegarde(Path(settings.CLE_SAUVEGARDE)))
        vieilles = echues(args.dossier, instant)
        for vieille in vieilles:
            vieille.unlink()
    except OSError as erreur:
        raise ErreurCommande(f"la copie ne s’écrit pas : {pourquoi(erreur)}.") from erreur
    _inscrire(SAUVEGARDE_DES_CLES, cles=nombre)
    return {"cles": nombre, "fichier": fichier.name, "otees": len(vieilles)}, (
        f"{nombre} clés copiées dans {fichier.name} ; {len(vieilles)} copies échues ôtées. Sans le fichier "
        "de la clé maîtresse, elles n’ouvrent rien : gardez-le ailleurs."
    )


def _restaurer(args: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from maillage.projet.sauvegardes.effacements import remettre_les_cles

    revenu, (cles, lignes) = remettre_les_cles(args.fichier, args.cle, args.effacements)
    return {
        "le": revenu.le.isoformat(),
        "cles": revenu.cles,
        "ecartees": revenu.ecartees,
        "detruites": cles,
        "dossiers_effaces": lignes,
    }, (
        f"{revenu.cles} clés revenues, telles qu’au {revenu.le.isoformat(timespec='seconds')} ; "
        f"{revenu.ecartees} écartées, détruites depuis. Effacements rejoués : {lignes} dossiers effacés."
    )
