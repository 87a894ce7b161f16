"""`maillage gerer`: Django's own commands, for those who operate or develop the platform."""

from __future__ import annotations

import argparse

AIDE = "passe la main aux commandes de Django (migrate, shell, check…)"
EXEMPLE = """
maillage gerer check
maillage gerer makemigrations --check --dry-run
"""


def configurer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, metavar="…", help="la commande de Django et ses options"
    )


def executer(args: argparse.Namespace) -> int:
    from maillage.projet.commandes._base import en_operateur

    with en_operateur():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["maillage gerer", *args.arguments])
    return 0
