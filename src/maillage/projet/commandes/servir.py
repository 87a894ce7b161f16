"""`maillage servir`: the production server, after the checks."""

from __future__ import annotations

import argparse

from maillage.projet.commandes._sortie import ErreurCommande

AIDE = "sert l’application après avoir vérifié la configuration et le rôle de la base"
EXEMPLE = "maillage servir --adresse 127.0.0.1:8000 --travailleurs 4"


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--adresse", default="127.0.0.1:8000", help="adresse d’écoute")
    parser.add_argument("--travailleurs", type=int, default=2, help="nombre de processus (défaut : 2)")


def executer(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import base_prete
    from maillage.projet.configuration import ConfigurationRefusee, exiger, lire

    try:
        exiger(lire())
    except ConfigurationRefusee as refus:
        raise ErreurCommande(str(refus)) from refus
    with base_prete():
        from maillage.projet.controles import inscrire
        from maillage.projet.service import servir
        from maillage.socle.controles import tout_controler

        inscrire()
        if echecs := [resultat.detail for resultat in tout_controler() if not resultat.ok]:
            raise ErreurCommande("l’application ne démarre pas : " + " ".join(echecs))
        servir(args.adresse, travailleurs=args.travailleurs)
    return 0
