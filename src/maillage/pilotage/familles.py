"""The tables of the family councils in the report: who came, why, what was proposed. Pure.

Counted from anonymous facts like the others; nothing here tells one council's cell from its CDDF.
"""

from __future__ import annotations

from typing import Final

from maillage.strategie.api import liste

#: What the council proposed or what befell the file; the département asked is the mayor's own act.
SUITES: Final = {
    **{item.code: item.libelle for item in liste("suites_famille")},
    "departement": "Président du département saisi (MAESF)",
}
REPONSES_DES_PARENTS: Final = {"accepte": "Accepté par les parents", "refuse": "Refusé par les parents"}

#: As in ``tables``: code, title, head of the first column, prefix of the paths, words, note.
DE_FAMILLES: Final = (
    (
        "familles_motif",
        "Conseil des familles : dossiers reçus, par motif",
        "Motif",
        "familles_saisies.motif",
        "motifs_famille",
        "Un dossier par enfant, compté au jour où le conseil est saisi (fiche 5).",
    ),
    (
        "familles_origine",
        "Conseil des familles : qui l’a saisi",
        "Service",
        "familles_saisies.origine",
        "origines_famille",
        "",
    ),
    (
        "familles_age",
        "Conseil des familles : âge des enfants",
        "Tranche d’âge",
        "familles_saisies.tranche",
        "tranches_age",
        "",
    ),
    (
        "familles_entendues",
        "Conseil des familles : auditions tenues, par motif",
        "Motif",
        "familles_entendues.motif",
        "motifs_famille",
        "Une famille entendue deux fois compte deux auditions.",
    ),
    (
        "familles_suites",
        "Conseil des familles : suites des auditions",
        "Suite",
        "suites_familles.genre",
        SUITES,
        "Recommandations, protocoles (PAR), saisines du département : une audition peut en avoir plusieurs.",
    ),
    (
        "familles_accompagnements",
        "Conseil des familles : accompagnements parentaux, par réponse des parents",
        "Réponse",
        "accompagnements.issue",
        REPONSES_DES_PARENTS,
        "Comptés au jour de la réponse. Un refus est un droit : il ne dit rien de la famille.",
    ),
    (
        "familles_departement",
        "Conseil des familles : réponses du département",
        "Réponse",
        "reponses_departement.genre",
        "reponses_departement",
        "Comptées au jour où elles sont notées : la saisine peut être de l’année précédente.",
    ),
    (
        "familles_issue",
        "Conseil des familles : dossiers clos, par issue",
        "Issue",
        "familles_closes.issue",
        "issues_famille",
        "",
    ),
)

#: Kind of formation, words, what is counted: institutions, without a person, so shown as they are.
REGISTRES: Final = (
    (
        "cddf",
        "Conseils des familles (CDDF)",
        "Conseils pour les droits et devoirs des familles en activité en fin d’année.",
    ),
    (
        "cctp",
        "Cellules de citoyenneté et de tranquillité publique (CCTP)",
        "Cellules en activité en fin d’année.",
    ),
    (
        "actes_maire",
        "Registres d’actes du maire",
        "Communes dont le maire tient ici ses rappels à l’ordre et ses transactions, en fin d’année.",
    ),
)

DELAI_DES_AUDITIONS: Final = (
    "audition",
    "De la saisine du conseil des familles à l’audition",
    "Jours entre l’ouverture du dossier et la première audition tenue (fiche 5).",
)
