"""The commands of `maillage`, one module each.

A command module exposes ``AIDE`` (one line), ``EXEMPLE`` (lines to copy), ``configurer(parser)`` and
``executer(args) -> int``. Its top level imports neither Django nor a room that needs it: `maillage --help`
reads them all, and `verdict`, `garde` and `droit` answer without Django. What is heavy is imported in
``executer``.
"""

#: In the order of the help. Adding a command: one line here, one module of that name in this folder.
COMMANDES: tuple[str, ...] = (
    "demo",
    "servir",
    "verdict",
    "garde",
    "droit",
    "importer",
    "bilan",
    "base",
    "controler",
    "conserver",
    "journal",
    "cles",
    "sauvegarder",
    "restaurer",
    "archiver",
    "gerer",
    "simuler",
)
