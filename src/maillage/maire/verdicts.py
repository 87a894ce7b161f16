"""The rules of this room as the command line calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, competences, entrees
from maillage.droit.obstacles import Obstacle
from maillage.maire.rules import rappel, transaction


def _rappel(entree: Mapping[str, Any]) -> Verdict:
    naissance, faits = entrees.naissance(entree), entree["faits"]
    if faits["date"] > entree["le"]:
        raise entrees.EntreeRefusee.invalide("« faits.date » est postérieure à « le ».")
    if faits["date"] < naissance:
        raise entrees.EntreeRefusee.invalide("« faits.date » précède « personne.naissance ».")
    return rappel.rappel_a_l_ordre(
        le=entree["le"],
        naissance=naissance,
        qualification=faits["qualification"],
        lieu_commune=faits["lieu_commune"],
        qualite=entree["autorite"]["qualite"],
        commune=entree["autorite"]["commune"],
        plainte_ou_procedure=entree["plainte_deposee"] or entree["procedure_penale"],
        presence=rappel.Presence(
            entree["representants_presents"],
            entree["impossibilite_representants"],
            entree["responsable_educatif_present"],
        ),
    )


def _transaction(entree: Mapping[str, Any]) -> Verdict:
    naissance = entrees.naissance(entree)
    entrees.suivre_naissance(entree, "pv")
    entrees.ordonner(entree, "pv", "proposition")
    if entree["nature"] is transaction.Nature.TRAVAIL and entree["heures"] is None:
        raise entrees.EntreeRefusee.invalide("« heures » doit être un nombre quand « nature » vaut travail.")
    if entree["reponse_avant"] is not None:
        entrees.ordonner(entree, "proposition", "reponse_avant")
    homologation = entree["homologation"]
    return transaction.transaction(
        le=entree["le"],
        naissance=naissance,
        proposition=transaction.Proposition(
            pv=entree["pv"],
            le=entree["proposition"],
            nature=entree["nature"],
            heures=entree["heures"],
            reponse_avant=entree["reponse_avant"],
        ),
        infraction=transaction.Infraction(
            entree["contravention_pm"], entree["bien_communal"], entree["action_publique"]
        ),
        acceptation=entree["acceptation"],
        homologation=None if homologation is None else transaction.Homologation(**homologation),
        protocole=entree["protocole"],
    )


def _competence(entree: Mapping[str, Any]) -> Verdict:
    return competences.juger_competence(
        entree["acte"], entree["qualite"], entree["le"], conditions=entree["conditions"]
    )


#: The text and the basis follow the act: those of the table.
COMPETENCES = tuple(
    Obstacle(code, sens, base_legale="Texte de l’acte, dit avec la réponse")
    for code, sens in (
        ("acte_sans_texte", "Aucun texte ne prévoyait cet acte ce jour-là."),
        ("autorite_incompetente", "Cet acte est à une autre autorité."),
        ("condition_absente", "Cette autorité ne peut agir que sous une condition, qui n’est pas remplie."),
    )
)

REGLES = {
    "rappel_a_l_ordre": entrees.RegleDeclaree(
        champs={
            "faits": entrees.objet(
                {
                    "qualification": entrees.choix(rappel.Qualification),
                    "date": entrees.jour(),
                    "lieu_commune": entrees.code_insee(),
                }
            ),
            "autorite": entrees.objet(
                {"qualite": entrees.choix(rappel.Qualite), "commune": entrees.code_insee()}
            ),
            "plainte_deposee": entrees.booleen(),
            "procedure_penale": entrees.booleen(),
            "representants_presents": entrees.booleen(),
            "impossibilite_representants": entrees.booleen(),
            "responsable_educatif_present": entrees.booleen().facultatif(defaut=False),
        },
        juger=_rappel,
        oui="Rappel à l’ordre possible",
        non="Rappel à l’ordre refusé",
        question="Cet élu peut-il rappeler cette personne à l’ordre pour ces faits ?",
        obstacles=rappel.OBSTACLES,
        age_requis=True,
    ),
    "transaction": entrees.RegleDeclaree(
        champs={
            "pv": entrees.jour(),
            "proposition": entrees.jour(),
            "nature": entrees.choix(transaction.Nature),
            "heures": entrees.entier().ou_nul(),
            "contravention_pm": entrees.booleen(),
            "bien_communal": entrees.booleen(),
            "action_publique": entrees.booleen(),
            "acceptation": entrees.booleen().ou_nul(),
            "homologation": entrees.objet(
                {"autorite": entrees.choix(transaction.Autorite), "date": entrees.jour()}
            ).ou_nul(),
            "protocole": entrees.booleen(),
            "reponse_avant": entrees.jour().ou_nul().facultatif(),
        },
        juger=_transaction,
        oui="Transaction possible",
        non="Transaction refusée",
        question="Cette transaction proposée par le maire tient-elle ?",
        obstacles=transaction.OBSTACLES,
        age_requis=True,
    ),
    "competence": entrees.RegleDeclaree(
        champs={
            "acte": entrees.choix(competences.Acte),
            "qualite": entrees.choix(competences.Qualite),
            "conditions": entrees.liste(entrees.choix(competences.Condition)).facultatif(()),
        },
        juger=_competence,
        oui="Autorité compétente",
        non="Autorité incompétente",
        question="Cette autorité peut-elle prendre cet acte ?",
        obstacles=COMPETENCES,
    ),
}
