"""The rule of this room as the command line calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, entrees
from maillage.instances.rules import OBSTACLES, Forum, Habilitation, Nature, partage


def _partage(entree: Mapping[str, Any]) -> Verdict:
    habilitation = Habilitation(**entree["habilitation"])
    if habilitation.fin is not None and habilitation.fin < habilitation.debut:
        raise entrees.EntreeRefusee.invalide("« habilitation.fin » précède « habilitation.debut ».")
    return partage(
        le=entree["le"],
        forum=entree["forum"],
        nature=entree["nature"],
        habilitation=habilitation,
        membre=entree["membre"],
    )


REGLES = {
    "partage": entrees.RegleDeclaree(
        champs={
            "forum": entrees.choix(Forum),
            "nature": entrees.choix(Nature),
            "habilitation": entrees.objet(
                {
                    "debut": entrees.jour(),
                    "fin": entrees.jour().ou_nul(),
                    "charte_signee": entrees.texte(40).ou_nul(),
                    "charte_en_vigueur": entrees.texte(40).ou_nul(),
                }
            ),
            "membre": entrees.booleen(),
        },
        juger=_partage,
        oui="Partage permis",
        non="Partage refusé",
        question="Cet agent peut-il partager ou lire cette information dans cette instance ?",
        obstacles=OBSTACLES,
    ),
}
