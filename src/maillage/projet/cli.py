"""`maillage`, the command line of those who install, operate, script or check the platform.

Exit status: 0 done, 1 refused or failed with one sentence on stderr, 2 misuse. Only the module of the command
asked is imported, so that `verdict` and `droit` load neither Django nor a database.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from types import ModuleType

from maillage.projet.analyseur import Analyseur
from maillage.projet.commandes import COMMANDES
from maillage.projet.commandes._sortie import ErreurCommande

FAIT, ECHEC = 0, 1
_PRESENTATION = "L’outil de travail de ceux qui portent la prévention de la délinquance."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; never a traceback for what the person typed or gave."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _parler_utf8()
    try:
        statut = _conduire(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader left (`| head`). Python would complain again while closing: give it nowhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ECHEC
    return statut


def _conduire(arguments: list[str]) -> int:
    try:
        return _executer(arguments)
    except SystemExit as sortie:
        return _statut(sortie)
    except ErreurCommande as erreur:
        print(f"maillage : {erreur}", file=sys.stderr)
    except KeyboardInterrupt:
        print("maillage : interrompu.", file=sys.stderr)
    return ECHEC


def _executer(arguments: list[str]) -> int:
    if arguments and arguments[0] in COMMANDES:
        statut: int = _module(arguments[0]).executer(analyseur(arguments[0]).parse_args(arguments[1:]))
        return statut
    _accueil().parse_args(arguments)
    return FAIT


def analyseur(nom: str) -> Analyseur:
    """The parser of a command of ``COMMANDES``, or of ``maillage`` alone when empty.

    The documentation's examples are checked against it.
    """
    return _analyseur(nom, _module(nom)) if nom else _accueil()


def _module(nom: str) -> ModuleType:
    return import_module(f"maillage.projet.commandes.{nom}")


def _analyseur(nom: str, module: ModuleType) -> Analyseur:
    """The parser of one command, its example at the end of its help."""
    lignes = "\n".join(f"  {ligne}" for ligne in module.EXEMPLE.strip().splitlines())
    lu = Analyseur(prog=f"maillage {nom}", description=_phrase(module.AIDE), epilog=f"Exemple :\n{lignes}")
    module.configurer(lu)
    return lu


def _phrase(aide: str) -> str:
    return f"{aide[0].upper()}{aide[1:]}."


def _accueil() -> Analyseur:
    """The parser used when no known command is given: its help lists them, anything else is misuse."""
    largeur = max(map(len, COMMANDES))
    lignes = "\n".join(f"  {nom.ljust(largeur)}  {_module(nom).AIDE}" for nom in COMMANDES)
    accueil = Analyseur(
        prog="maillage",
        description=_PRESENTATION,
        epilog=f"Commandes :\n{lignes}\n\nExemple :\n  maillage droit parametres --le 2020-01-01",
    )
    accueil.add_argument("--version", action="version", version=_version(), help="affiche la version")
    accueil.add_argument("commande", metavar="COMMANDE", choices=COMMANDES, help="voir ci-dessous")
    return accueil


def _version() -> str:
    return f"maillage {metadata.version('maillage')}"


def _statut(sortie: SystemExit) -> int:
    if isinstance(sortie.code, str):
        print(sortie.code, file=sys.stderr)
        return ECHEC
    return sortie.code or FAIT


def _parler_utf8() -> None:
    """UTF-8 whatever the locale; a lone surrogate read from JSON is written back as its escape."""
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            flux.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
