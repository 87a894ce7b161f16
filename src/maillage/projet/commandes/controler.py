"""`maillage controler`: the invariants of the live system, one line each."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from maillage.projet.commandes._sortie import ecrire_json

AIDE = "vérifie les invariants du système en service (rôle, murs, journal, conservation, configuration)"
EXEMPLE = """
maillage controler
maillage controler --json
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="réponse pour une machine")


def executer(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import base_prete

    with base_prete():
        from maillage.projet import controles as controles_de_configuration
        from maillage.socle.controles import tout_controler

        controles_de_configuration.inscrire()
        controles_de_configuration.inscrire_l_exploitation()
        resultats = tout_controler()
    if args.json:
        ecrire_json({"controles": [asdict(resultat) for resultat in resultats]})
    else:
        for resultat in resultats:
            print(f"{'ok    ' if resultat.ok else 'échec '} {resultat.code} : {resultat.detail}")
    return 0 if all(resultat.ok for resultat in resultats) else 1
