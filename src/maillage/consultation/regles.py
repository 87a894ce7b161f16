"""Which module declares each rule: read only when that rule is asked, without Django nor a database.

The command line (`maillage verdict`) and the page « Puis-je ? » ask the same declarations.
"""

from __future__ import annotations

from importlib import import_module

from maillage.droit.entrees import RegleDeclaree

#: In the order of the reference of the command.
MODULES: dict[str, str] = {
    "clspd_obligatoire": "maillage.territoires.verdicts",
    "coordonnateur_obligatoire": "maillage.territoires.verdicts",
    "pmsmp": "maillage.parcours.verdicts",
    "tig": "maillage.parcours.verdicts",
    "tapaj": "maillage.parcours.verdicts",
    "parrainage": "maillage.parcours.verdicts",
    "smv": "maillage.parcours.verdicts",
    "sma": "maillage.parcours.verdicts",
    "epide": "maillage.parcours.verdicts",
    "rappel_a_l_ordre": "maillage.maire.verdicts",
    "transaction": "maillage.maire.verdicts",
    "justice_restaurative": "maillage.parcours.verdicts",
    "formation_16_18": "maillage.parcours.verdicts",
    "videoprotection": "maillage.tranquillite.verdicts",
    "partage": "maillage.instances.verdicts",
    "conservation": "maillage.socle.verdicts",
    "cofinancement": "maillage.financements.verdicts",
}

#: Asked on the page alone: the reference of the command is closed.
SUR_LA_PAGE: dict[str, str] = {"competence": "maillage.maire.verdicts"}
QUESTIONS: dict[str, str] = {**MODULES, **SUR_LA_PAGE}


def regle(nom: str) -> RegleDeclaree:
    """The declaration of a rule of `QUESTIONS`."""
    declaration: RegleDeclaree = import_module(QUESTIONS[nom]).REGLES[nom]
    return declaration
