"""Steps of settlements, venues and notices in the report: tables and delays of each. Pure.

What ``actes`` says of rappels and of proposals, this module says of what follows them.
"""

from __future__ import annotations

from typing import Final

#: What a step of a settlement is, in the order they come (CPP, art. R. 15-33-61 and after).
ETAPES: Final = {
    "constatee": "Procès-verbal enregistré",
    "proposee": "Proposée par le maire ou l’élu délégué",
    "acceptee": "Acceptée par la personne",
    "refus": "Refusée par la personne",
    "silence": "Sans réponse dans le délai",
    "homologuee": "Homologuée par la justice",
    "non_homologuee": "Homologation refusée",
    "executee": "Entièrement exécutée",
    "non_executee": "Non exécutée dans le délai",
    "abandonnee": "Abandonnée par le maire",
    "close": "Close, compte rendu au procureur",
    "transmise": "Transmise au procureur",
}
TRANSACTIONS: Final = (
    (
        "transactions_etapes",
        "Actes du maire : étapes des transactions",
        "Étape",
        "etapes_de_transaction.issue",
        ETAPES,
        "Comptées au jour où chacune est notée. L’ensemble est un nombre d’étapes, pas de personnes.",
    ),
)
SPORT: Final = (
    (
        "sport_faits",
        "Équipements sportifs : dossiers ouverts, par faits",
        "Faits",
        "sport.genre",
        "faits_sport",
        "Dossiers ouverts au registre d’un équipement, toutes suites confondues (fiche 29).",
    ),
    (
        "sport_age",
        "Équipements sportifs : âge des personnes",
        "Tranche d’âge",
        "sport.tranche",
        "tranches_age",
        "",
    ),
    (
        "sport_decisions",
        "Équipements sportifs : décisions",
        "Décision",
        "decisions_de_sport.genre",
        "decisions_sport",
        "Prises après une étape contradictoire, au jour de la décision.",
    ),
    (
        "sport_reparations",
        "Équipements sportifs : réparations finies",
        "Tâche",
        "reparations.genre",
        "taches_reparation",
        "Convenues sous un protocole avec le parquet, comptées à leur fin.",
    ),
)
AVIS: Final = (
    (
        "avis_demandes",
        "Avis dus au maire : attendus dans l’année",
        "Avis",
        "avis_demandes.genre",
        "avis_dus",
        "Comptés au jour où la mairie les inscrit (CSI, art. L. 132-3).",
    ),
    (
        "avis_recus",
        "Avis dus au maire : reçus dans l’année",
        "Avis",
        "avis_recus.genre",
        "avis_dus",
        "",
    ),
    (
        "avis_reponses",
        "Avis dus au maire : ce qu’ils disent",
        "Réponse",
        "avis_recus.issue",
        "reponses_avis",
        "Un code par avis, rien de la procédure.",
    ),
)
ANNEXES: Final = (*TRANSACTIONS, *SPORT, *AVIS)

#: Shown only where an act carries them: a report without a register does not list empty delays.
DELAIS: Final = (
    (
        "proposition",
        "Du procès-verbal à la proposition de transaction",
        "Jours entre le procès-verbal et la proposition du maire ou de l’élu délégué.",
    ),
    (
        "reponse",
        "De la proposition à la réponse",
        "Jours entre la proposition et son acceptation ou son refus ; le silence n’y compte pas.",
    ),
    (
        "homologation",
        "De l’envoi à l’homologation",
        "Jours entre l’envoi au procureur et la décision d’homologation.",
    ),
    (
        "execution",
        "De l’homologation à l’exécution entière",
        "Jours entre l’homologation et le dernier versement ou la dernière heure.",
    ),
    (
        "avis",
        "De la demande d’un avis à sa réception",
        "Jours entre la demande de la mairie et l’avis reçu (CSI, art. L. 132-3).",
    ),
)
