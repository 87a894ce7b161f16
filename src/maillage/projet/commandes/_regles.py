"""Which module declares each rule of `maillage verdict`: read only when that rule is called."""

from __future__ import annotations

from importlib import import_module

from maillage.droit.entrees import RegleDeclaree

MODULES: dict[str, str] = {
    "clspd_obligatoire": "maillage.territoires.verdicts",
    "coordonnateur_obligatoire": "maillage.territoires.verdicts",
    "partage": "maillage.instances.verdicts",
    "conservation": "maillage.socle.verdicts",
}


def regle(nom: str) -> RegleDeclaree:
    """The declaration of a rule of `MODULES`."""
    declaration: RegleDeclaree = import_module(MODULES[nom]).REGLES[nom]
    return declaration
