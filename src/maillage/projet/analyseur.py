"""argparse in French: headings, usage and the messages of misuse.

argparse speaks English through gettext; translating its few messages here touches no other parser of the
process (Django's commands keep theirs).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NoReturn

from maillage.droit.dates import DERNIER_JOUR, PREMIER_JOUR

MAUVAIS_USAGE = 2

_TRADUCTIONS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"unrecognized arguments: (.+)", r"arguments inconnus : \1"),
    (r"expected one argument", r"une valeur est attendue"),
    (r"expected at most one argument", r"une valeur au plus est attendue"),
    (r"expected at least one argument", r"au moins une valeur est attendue"),
    (r"expected (\d+) arguments?", r"\1 valeurs sont attendues"),
    (r"invalid choice: (.+?) \(choose from (.+)\)", r"choix inconnu : \1 (choix possibles : \2)"),
    (r"invalid (?:int|float) value: (.+)", r"un nombre est attendu, pas \1"),
    (r"invalid \S+ value: (.+)", r"valeur impossible : \1"),
    (r"not allowed with argument (.+)", r"incompatible avec \1"),
    (r"ambiguous option: (.+?) could match (.+)", r"option ambiguë : \1 (\2)"),
    (r"one of the arguments (.+) is required", r"donnez l’un de : \1"),
    (r"ignored explicit argument (.+)", r"cette option ne prend pas de valeur : \1"),
)


def traduire(message: str) -> str:
    """The French of an argparse message; a message it does not know stays as it is."""
    prefixe, corps = "", message
    if nomme := re.fullmatch(r"argument (.+?): (.+)", message, re.DOTALL):
        prefixe, corps = f"{nomme[1]} : ", nomme[2]
    for modele, remplacement in _TRADUCTIONS:
        if re.fullmatch(modele, corps, re.DOTALL):
            return prefixe + re.sub(modele, remplacement, corps, flags=re.DOTALL)
    return prefixe + corps


class _Mise(argparse.RawDescriptionHelpFormatter):
    """Help as argparse lays it out, under French headings: a space before the colon."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(f"{heading}\u00a0" if heading else heading)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "Utilisation : " if prefix is None else prefix)


class Analyseur(argparse.ArgumentParser):
    """A parser that speaks French and never guesses an abbreviated option."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Mise)
        options.setdefault("allow_abbrev", False)
        super().__init__(**{**options, "add_help": False})
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        """One sentence on stderr, then the usage; exit status 2."""
        self.exit(MAUVAIS_USAGE, f"{self.prog} : erreur : {traduire(message)}\n{self.format_usage()}")


def date_iso(texte: str) -> date:
    """An option's date; misuse when it is not one."""
    try:
        jour = date.fromisoformat(texte) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", texte) else None
    except ValueError:
        jour = None
    if jour is None or not PREMIER_JOUR <= jour <= DERNIER_JOUR:
        raise argparse.ArgumentTypeError(
            f"une date existante AAAA-MM-JJ est attendue, de 1900 à 2199, pas « {texte} »"
        )
    return jour
