"""`maillage simuler`: simulated volumes, for trials and benchmarks. Never beside real data."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from maillage.projet.commandes._sortie import ErreurCommande, ecrire_json

if TYPE_CHECKING:
    from maillage.demo.api import CompteRendu

AIDE = "ajoute des conseils et des suivis simulés à une base d’essai"
EXEMPLE = """
MAILLAGE_DONNEES=essai maillage simuler --echelle departement
MAILLAGE_DONNEES=essai maillage simuler --echelle national --facteur 0.1 --graine 7 --json
"""

ECHELLES = ("departement", "national")


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--echelle",
        choices=ECHELLES,
        required=True,
        help="departement : 2 000 situations dans 12 conseils ; national : 200 000 dans 1 200",
    )
    parser.add_argument("--facteur", type=float, default=1.0, metavar="N", help="multiplie le volume (1)")
    parser.add_argument("--graine", type=int, default=31, metavar="N", help="la même refait les mêmes (31)")
    parser.add_argument("--json", action="store_true", help="compte rendu pour une machine")


def executer(args: argparse.Namespace) -> int:
    os.environ.setdefault("MAILLAGE_MODE", "demonstration")
    from maillage.projet.commandes._base import base_prete

    with base_prete():
        rendu = _simuler(args)
    if args.json:
        ecrire_json({**asdict(rendu), "lignes_par_seconde": rendu.lignes_par_seconde})
    else:
        print(
            f"{rendu.conseils} conseils et {rendu.situations} situations : {rendu.lignes} lignes "
            f"en {rendu.secondes:.0f} s ({rendu.lignes_par_seconde} par seconde)."
        )
    return 0


def _simuler(args: argparse.Namespace) -> CompteRendu:
    from maillage.demo.api import (
        BaseReelleError,
        Echelle,
        HistoireImpossibleError,
        VolumeImpossibleError,
        simuler,
    )
    from maillage.projet.bases import sous_le_proprietaire
    from maillage.projet.preparation import preparer_simulation

    try:
        preparer_simulation()
        with sous_le_proprietaire():
            return simuler(
                Echelle(args.echelle), facteur=args.facteur, graine=args.graine, avancer=_avancement()
            )
    except (BaseReelleError, VolumeImpossibleError) as erreur:
        raise ErreurCommande(str(erreur)) from erreur
    except HistoireImpossibleError as erreur:
        raise ErreurCommande("cette graine ne donne pas d’histoire : choisissez-en une autre.") from erreur


def _avancement() -> Callable[[int, int], None]:
    """A line that is written again, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _faits, _total: None

    def dire(faits: int, total: int) -> None:
        fin = "\n" if faits == total else ""
        print(f"\r{faits} conseils sur {total}", end=fin, file=sys.stderr, flush=True)

    return dire
