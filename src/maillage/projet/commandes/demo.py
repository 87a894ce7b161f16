"""`maillage demo`: the demonstration territory, from nothing to an address, on 127.0.0.1 only."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from collections.abc import Sequence

from maillage.projet.commandes._sortie import ErreurCommande

AIDE = "prépare et sert le territoire de démonstration sur 127.0.0.1"
EXEMPLE = """
maillage demo
maillage demo --port 8080 --sans-serveur
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (défaut : 8000)")
    parser.add_argument("--departement", default="31", help="département de la démonstration (31)")
    parser.add_argument("--sans-serveur", action="store_true", help="prépare et s’arrête là")


def executer(args: argparse.Namespace) -> int:
    if args.departement != "31":
        raise ErreurCommande("la démonstration n’existe que pour la Haute-Garonne (31).")
    if not args.sans_serveur:
        _port_libre(args.port)
    from maillage.socle.postgres import dossier_donnees

    os.environ["MAILLAGE_DONNEES"] = str(dossier_donnees() / "demonstration")
    os.environ["MAILLAGE_MODE"] = "demonstration"
    os.environ.pop("DATABASE_URL", None)
    from maillage.projet.commandes._base import base_prete

    debut = time.monotonic()
    _dire("Préparation de la démonstration…")
    with base_prete():
        from maillage.projet.preparation import preparer_demonstration

        preparer_demonstration(dire=_dire)
        _dire(f"Prêt en {time.monotonic() - debut:.0f} s.")
        if not args.sans_serveur:
            _servir(args.port)
    return 0


def _servir(port: int) -> None:
    from maillage.demo.api import vitrine
    from maillage.projet.service import servir

    adresse = f"http://127.0.0.1:{port}/"

    def pret() -> None:
        _dire(f"\nMaillage (démonstration) : {adresse}")
        _dire(f"Comptes à un clic :        {adresse}connexion/")
        _dire(comptes(vitrine()))
        _dire("Ctrl+C pour arrêter.")

    servir(f"127.0.0.1:{port}", pret=pret)


def comptes(vitrine: Sequence[tuple[str, str]]) -> str:
    """One account a line, the names aligned whatever the longest function."""
    largeur = max((len(role) for role, _ in vitrine), default=0) + 2
    return "\n".join(f"  {role:<{largeur}}{nom}" for role, nom in vitrine)


def _port_libre(port: int) -> None:
    with socket.socket() as essai:
        essai.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            essai.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as erreur:
            raise ErreurCommande(
                f"le port {port} est déjà pris : choisissez-en un autre avec --port."
            ) from erreur


def _dire(texte: str) -> None:
    print(texte, file=sys.stderr, flush=True)
