"""The tables of the mayor's acts in the report: words and order of each count. Pure.

Each kind of act adds its own lines here; ``composition`` draws them with the others.
"""

from __future__ import annotations

from typing import Final

from maillage.pilotage.actes_annexes import ANNEXES, DELAIS
from maillage.strategie.api import liste

#: What a rappel became, with an act or without.
SUITES: Final = {
    **{item.code: item.libelle for nom in ("suites_rappel", "fins_rappel") for item in liste(nom)},
    "transmis": "Transmis au parquet, sans rappel",
}

#: code, title, head of the first column, prefix of the paths, words, note.
RAPPELS: Final = (
    (
        "rappels_motif",
        "Actes du maire : rappels à l’ordre, par faits",
        "Faits",
        "rappels.motif",
        "faits_rappel",
        "Comptés au jour de l’acte du maire ou de l’élu délégué (fiche 37). Une année finie ne change plus.",
    ),
    (
        "rappels_age",
        "Actes du maire : âge des personnes rappelées à l’ordre",
        "Tranche d’âge",
        "rappels.tranche",
        "tranches_age",
        "",
    ),
    (
        "rappels_position",
        "Actes du maire : position des personnes rappelées à l’ordre",
        "Position",
        "positions.genre",
        "positions_rappel",
        "Comptée avec le compte rendu.",
    ),
    (
        "rappels_suite",
        "Actes du maire : issue des saisines pour un rappel à l’ordre",
        "Issue",
        "suites.genre",
        SUITES,
        "Avec ou sans rappel ; comptée au jour où le dossier est clos.",
    ),
)
#: What a mayor offers (CPP, art. 44-1).
NATURES_DE_TRANSACTION: Final = {"reparation": "Réparation", "travail": "Travail non rémunéré"}
TRANSACTIONS: Final = (
    (
        "transactions_contravention",
        "Actes du maire : transactions proposées, par contravention",
        "Contravention",
        "transactions.genre",
        "contraventions_pm",
        "Comptées au jour de la proposition du maire ou de l’élu délégué (fiche 37).",
    ),
    (
        "transactions_nature",
        "Actes du maire : transactions proposées, par nature",
        "Nature",
        "transactions.origine",
        NATURES_DE_TRANSACTION,
        "",
    ),
    (
        "transactions_issue",
        "Actes du maire : issue des transactions",
        "Issue",
        "issues_de_transaction.genre",
        "issues_transaction",
        "Comptée au jour où elle est notée : une proposition d’une année peut aboutir la suivante.",
    ),
)
ACTES: Final = (*RAPPELS, *TRANSACTIONS, *ANNEXES)

DELAI_DES_RAPPELS: Final = (
    "rappel",
    "Des faits au rappel à l’ordre",
    "Jours entre les faits et l’audition où le maire a fait le rappel (fiche 37).",
)
DELAIS_DES_ACTES: Final = (DELAI_DES_RAPPELS, *DELAIS)
#: Delays told only where an act carries them.
AU_BESOIN: Final = frozenset(code for code, _, _ in DELAIS)
