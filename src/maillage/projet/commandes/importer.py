"""`maillage importer`: bring a file of reference data in, and say line by line what was refused."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from maillage.projet.analyseur import date_iso
from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

if TYPE_CHECKING:
    from maillage.territoires.api import Rapport

AIDE = "importe un fichier de référence et rend compte de chaque ligne"
EXEMPLE = """
maillage importer communes communes.json --essai
maillage importer communes populations.csv --le 2027-01-01
maillage importer qpv qpv2024_communes.csv --json
maillage importer places places_tig.csv --essai
"""

GENRES = ("communes", "qpv", "places")
REFUS_AFFICHES = 50


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("genre", choices=GENRES, help="ce que contient le fichier")
    parser.add_argument("fichier", type=Path, metavar="FICHIER", help="CSV ou JSON, en UTF-8")
    parser.add_argument("--essai", action="store_true", help="juge tout et n’écrit rien")
    parser.add_argument(
        "--le",
        type=date_iso,
        metavar="AAAA-MM-JJ",
        help="jour d’effet des populations (défaut : 1er janvier de l’année)",
    )
    parser.add_argument("--json", action="store_true", help="rapport pour une machine")


def executer(args: argparse.Namespace) -> int:
    if not args.fichier.is_file():
        raise ErreurCommande(f"le fichier {args.fichier} n’existe pas.")
    if args.genre != "communes" and args.le:
        raise ErreurCommande("--le ne concerne que les communes.")
    rapport = _importer(args)
    if args.json:
        ecrire_json(rapport.en_json())
    else:
        _raconter(rapport)
    if rapport.refusees and len(rapport.refusees) == rapport.lues:
        raise ErreurCommande("toutes les lignes sont refusées, rien n’est importé.")
    return 0


def _importer(args: argparse.Namespace) -> Rapport:
    from maillage.projet.commandes._base import en_operateur

    with en_operateur():
        from maillage.parcours.api import importer_places
        from maillage.territoires.api import FichierIllisible, importer_communes, importer_qpv

        try:
            if args.genre == "communes":
                return importer_communes(args.fichier, le=args.le, essai=args.essai)
            importer_ = importer_places if args.genre == "places" else importer_qpv
            return importer_(args.fichier, essai=args.essai)
        except FichierIllisible as erreur:
            raise ErreurCommande(str(erreur)) from erreur


def _raconter(rapport: Rapport) -> None:
    print(rapport.en_clair())
    for refusee in rapport.refusees[:REFUS_AFFICHES]:
        print(f"  ligne {refusee.ligne} : {refusee.raison}")
    reste = len(rapport.refusees) - REFUS_AFFICHES
    if reste > 0:
        print(f"  et {reste} autres : --json les donne toutes.", file=sys.stderr)
