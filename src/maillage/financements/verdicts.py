"""The rule of this room as the command line calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, entrees
from maillage.financements import rules


def _cofinancement(entree: Mapping[str, Any]) -> Verdict:
    if not entree["total"]:
        raise entrees.EntreeRefusee.invalide("« total » doit être supérieur à zéro.")
    credit, public = entree["credit"], entree["public"]
    if credit is not None and public is None:
        raise entrees.EntreeRefusee.manquante("La clé « public » manque : « credit » se juge sur son public.")
    if public is not None and credit is None:
        raise entrees.EntreeRefusee.manquante("La clé « credit » manque : « public » se juge pour un crédit.")
    return rules.cofinancement(
        le=entree["le"],
        apports=tuple(rules.Apport(**apport) for apport in entree["credits"]),
        total=entree["total"],
        porteur=entree["porteur"]["nature"],
        dispositif=entree["dispositif"],
        credit=credit,
        public=None if public is None else rules.Public(**public),
    )


_OUI_NON = entrees.booleen().facultatif(defaut=False)

REGLES = {
    "cofinancement": entrees.RegleDeclaree(
        champs={
            "credits": entrees.liste(
                entrees.objet({"financeur": entrees.choix(rules.Financeur), "montant": entrees.montant()})
            ),
            "total": entrees.montant(),
            "porteur": entrees.objet({"nature": entrees.choix(rules.Porteur)}),
            "dispositif": entrees.choix(rules.Dispositif),
            "credit": entrees.choix(rules.Credit).ou_nul().facultatif(),
            "public": entrees.objet(
                {
                    "age_maximum": entrees.entier(0, 130).ou_nul().facultatif(),
                    "expose_trafic": _OUI_NON,
                    "amorcage_tapaj": _OUI_NON,
                    "quartier_prioritaire": _OUI_NON,
                    "sensibilisation_formation": _OUI_NON,
                    "soutien_parentalite": _OUI_NON,
                }
            )
            .ou_nul()
            .facultatif(),
        },
        juger=_cofinancement,
        oui="Plan de financement recevable",
        non="Plan de financement refusé",
        question="Ce plan de financement est-il recevable ?",
        obstacles=rules.OBSTACLES,
    ),
}
