"""Community work as a sentence (Code pénal, art. 131-8 ; CJPM, art. L. 122-1). Fiche 13. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from maillage.droit.api import (
    Obstacle,
    Releve,
    Verdict,
    anniversaire,
    echeance_mois,
    jour_en_lettres,
    valeur_ou_rien,
)


class Nature(StrEnum):
    """What the person was sentenced for: the hours differ."""

    DELIT = "delit"
    CONTRAVENTION = "contravention"


OBSTACLES = (
    Obstacle("heures_min", "Le nombre d’heures est inférieur au minimum.", "tig.heures_minimum"),
    Obstacle("heures_max", "Le nombre d’heures dépasse le maximum.", "tig.heures_maximum"),
    Obstacle("age_decision", "La personne est trop jeune au jour de la décision.", "tig.age_decision"),
    Obstacle("age_faits", "La personne était trop jeune au jour des faits.", "tig.age_faits"),
    Obstacle(
        "accueil_non_habilite",
        "La structure d’accueil n’est ni publique ni habilitée à recevoir un TIG.",
        "tig.accueil_habilite",
    ),
)
_PREFIXES = {Nature.DELIT: "tig.heures", Nature.CONTRAVENTION: "tig.contravention_heures"}


def tig(
    *,
    naissance: date,
    heures: int,
    decision: date,
    faits: date,
    habilitation_accueil: bool,
    nature: Nature = Nature.DELIT,
) -> Verdict:
    """Whether this sentence may be served there.

    The act is the court's decision: its day gives the law. ``execution_avant`` counts from that day; the
    true delay starts when the sentence may be executed.
    """
    releve = Releve(OBSTACLES, decision)
    minimum = valeur_ou_rien(f"{_PREFIXES[nature]}_minimum", decision)
    maximum = valeur_ou_rien(f"{_PREFIXES[nature]}_maximum", decision)
    if minimum is not None and heures < minimum.entier:
        texte = f"{heures} heures : il en faut au moins {minimum.entier}."
        releve.noter("heures_min", texte, appui=f"{_PREFIXES[nature]}_minimum")
    if maximum is not None and heures > maximum.entier:
        texte = f"{heures} heures : pas plus de {maximum.entier}."
        releve.noter("heures_max", texte, appui=f"{_PREFIXES[nature]}_maximum")
    echeances: dict[str, date | None] = {}
    age_decision = valeur_ou_rien("tig.age_decision", decision)
    if age_decision is not None:
        premier = anniversaire(naissance, age_decision.entier)
        if decision < premier:
            quand = jour_en_lettres(premier)
            releve.noter(
                "age_decision",
                f"Il faut avoir {age_decision.entier} ans à la décision : pas avant le {quand}.",
            )
            echeances["premier_jour_possible"] = premier
    age_faits = valeur_ou_rien("tig.age_faits", decision)
    if age_faits is not None and faits < anniversaire(naissance, age_faits.entier):
        releve.noter("age_faits", f"La personne n’avait pas {age_faits.entier} ans au jour des faits.")
    if not habilitation_accueil:
        releve.noter("accueil_non_habilite")
    execution = valeur_ou_rien("tig.execution_mois", decision)
    if execution is not None:
        echeances["execution_avant"] = echeance_mois(decision, execution.entier)
    return releve.verdict(echeances)
