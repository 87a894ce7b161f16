"""Restorative justice: what must be gathered before a measure (CPP, art. 10-1). Fiche 14. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from maillage.droit.api import Obstacle, Releve, Verdict, valeur_ou_rien


class Mesure(StrEnum):
    """The seven kinds of measure the strategy names."""

    RENCONTRE_CONDAMNES_VICTIMES = "rencontre_condamnes_victimes"
    RENCONTRE_DETENUS_VICTIMES = "rencontre_detenus_victimes"
    CERCLE_SOUTIEN = "cercle_soutien"
    CERCLE_ACCOMPAGNEMENT = "cercle_accompagnement"
    MEDIATION = "mediation"
    CONFERENCE = "conference"
    CERCLE_RESTAURATIF = "cercle_restauratif"


_LOI = "justice_restaurative.conditions"
OBSTACLES = (
    Obstacle("faits_non_reconnus", "L’auteur n’a pas reconnu les faits.", _LOI),
    Obstacle("consentement_manquant", "Il manque un consentement exprès à participer.", _LOI),
    Obstacle("animateur_non_forme", "L’animateur n’est pas formé à ces mesures.", _LOI),
    Obstacle("tiers_non_independant", "L’animateur n’est pas un tiers indépendant.", _LOI),
    Obstacle("controle_manquant", "L’autorité judiciaire ne contrôle pas la mesure.", _LOI),
    Obstacle(
        "preparation_manquante",
        "Les personnes n’ont pas été préparées, ni l’état de la victime évalué.",
        "justice_restaurative.preparation",
    ),
)


def justice_restaurative(
    *,
    le: date,
    mesure: Mesure,
    faits_reconnus: bool,
    consentement_auteur: date | None,
    consentement_victime: date | None,
    animateur_forme: bool,
    tiers_independant: bool,
    controle_judiciaire: bool,
    preparation_faite: bool,
) -> Verdict:
    """Whether the measure may be held that day. Circles of support have no victim, hence no consent of one.

    A consent dated after ``le`` is not given yet. ``premier_jour_possible`` is the day of the last consent.
    """
    releve = Releve(OBSTACLES, le)
    if not faits_reconnus:
        releve.noter("faits_non_reconnus")
    sans_victime = valeur_ou_rien("justice_restaurative.mesures_sans_victime", le)
    avec_victime = sans_victime is None or mesure.value not in sans_victime.mots
    consentements = {"l’auteur": consentement_auteur}
    if avec_victime:
        consentements["la victime"] = consentement_victime
    absents = [qui for qui, jour in consentements.items() if jour is None or jour > le]
    if absents:
        releve.noter(
            "consentement_manquant", f"Il manque le consentement exprès de {' et de '.join(absents)}."
        )
    if not animateur_forme:
        releve.noter("animateur_non_forme")
    if not tiers_independant:
        releve.noter("tiers_non_independant")
    if not controle_judiciaire:
        releve.noter("controle_manquant")
    if not preparation_faite:
        releve.noter("preparation_manquante")
    donnes = [jour for jour in consentements.values() if jour is not None]
    complet = len(donnes) == len(consentements)
    return releve.verdict({"premier_jour_possible": max(donnes) if complet else None})
