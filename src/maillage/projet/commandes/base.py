"""`maillage base`: prepare the database, start, stop and question the embedded server."""

from __future__ import annotations

import argparse
import os
import sys

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

AIDE = "prépare la base de données, démarre ou arrête le serveur embarqué"
EXEMPLE = """
maillage base preparer
maillage base preparer --sql | psql -h serveur -U administrateur postgres
maillage base etat
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="Actions")
    preparer = actions.add_parser("preparer", help="crée les rôles, la base, les tables et le référentiel")
    preparer.add_argument(
        "--sql",
        action="store_true",
        help="écrit le SQL des rôles pour un serveur administré, sans rien faire",
    )
    actions.add_parser("demarrer", help="démarre le serveur embarqué et le laisse en marche")
    arreter = actions.add_parser("arreter", help="arrête le serveur embarqué si personne ne l’utilise")
    arreter.add_argument("--forcer", action="store_true", help="arrête même si une commande l’utilise")
    etat = actions.add_parser("etat", help="dit si la base répond ; le code de retour vaut 1 sinon")
    etat.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    from maillage.socle.postgres import ErreurServeur

    action = {"preparer": _preparer, "demarrer": _demarrer, "arreter": _arreter, "etat": _etat}[args.action]
    try:
        return action(args)
    except ErreurServeur as erreur:
        raise ErreurCommande(str(erreur)) from erreur


def _preparer(args: argparse.Namespace) -> int:
    from maillage.socle.postgres import Serveur, dossier_serveur, sql_serveur_gere

    if args.sql:
        print(sql_serveur_gere(), end="")
        return 0
    gere = bool(os.environ.get("DATABASE_URL"))
    if gere:
        _exiger_serveur_gere()
    from maillage.projet.commandes._base import base_prete

    with base_prete():
        from maillage.projet import preparation

        if gere:
            preparation.migrer()
            preparation.charger_reference()
        else:
            preparation.preparer_installation(Serveur(dossier_serveur()))
    _dire("La base est prête : rôles, tables et référentiel.")
    return 0


def _exiger_serveur_gere() -> None:
    """On a managed server: both addresses answer, in a known version, and the web's role is harmless."""
    import psycopg

    from maillage.projet.bases import coffre_de_cles
    from maillage.projet.configuration import lire
    from maillage.socle.postgres import (
        ErreurServeur,
        dossier_donnees,
        exiger_serveur_externe,
        url_externe,
        verifier_role,
    )

    web, proprietaire = url_externe(), url_externe("DATABASE_URL_PROPRIETAIRE")
    if web is None or proprietaire is None:
        raise ErreurCommande(
            "DATABASE_URL_PROPRIETAIRE manque : les tables sont créées par leur propriétaire, pas par m_web."
        )
    try:
        exiger_serveur_externe(web)
        exiger_serveur_externe(proprietaire)
        for acces in coffre_de_cles(lire(), dossier_donnees()).values():
            exiger_serveur_externe(acces)
    except ErreurServeur as erreur:
        raise ErreurCommande(
            f"{erreur} Si les rôles manquent, « maillage base preparer --sql » écrit de quoi les créer."
        ) from erreur
    with psycopg.connect(web.adresse()) as connexion:
        if fautes := verifier_role(connexion):
            raise ErreurCommande("DATABASE_URL désigne un rôle dangereux : " + " ; ".join(fautes) + ".")


def _demarrer(_args: argparse.Namespace) -> int:
    from maillage.socle.postgres import Serveur, dossier_serveur

    _refuser_serveur_gere()
    serveur = Serveur(dossier_serveur())
    serveur.demarrer(durable=True)
    _dire(f"Serveur démarré dans {serveur.chemins.dossier}. « maillage base arreter » l’arrête.")
    return 0


def _arreter(args: argparse.Namespace) -> int:
    from maillage.socle.postgres import Serveur, dossier_serveur

    _refuser_serveur_gere()
    Serveur(dossier_serveur()).arreter(si_libre=not args.forcer)
    _dire("Serveur arrêté.")
    return 0


def _etat(args: argparse.Namespace) -> int:
    from maillage.socle.postgres import Etat, Serveur, dossier_serveur, exiger_serveur_externe, url_externe

    if (externe := url_externe()) is not None:
        exiger_serveur_externe(externe)
        etat, lieu = Etat.DEMARRE, externe.hote
    else:
        serveur = Serveur(dossier_serveur())
        etat, lieu = serveur.etat(), str(serveur.chemins.dossier)
    if args.json:
        ecrire_json({"etat": etat.value, "lieu": lieu, "embarque": externe is None})
    else:
        print(f"{etat.value} : {lieu}")
    return 0 if etat is Etat.DEMARRE else 1


def _refuser_serveur_gere() -> None:
    if os.environ.get("DATABASE_URL"):
        raise ErreurCommande(
            "DATABASE_URL désigne un serveur administré : il se démarre et s’arrête avec ses propres outils."
        )


def _dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)
