"""The rule of this room as the command line calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, entrees
from maillage.tranquillite import rules


def _videoprotection(entree: Mapping[str, Any]) -> Verdict:
    if entree["autorisation"] > entree["le"]:
        raise entrees.EntreeRefusee.invalide("« autorisation » est postérieure à « le ».")
    return rules.videoprotection(
        le=entree["le"],
        diagnostic=entree["diagnostic"],
        schema_tranquillite=entree["schema_tranquillite"],
        avis_commission=entree["avis_commission"],
        autorisation=entree["autorisation"],
        conservation_jours=entree["conservation_jours"],
        information_public=entree["information_public"],
    )


REGLES = {
    "videoprotection": entrees.RegleDeclaree(
        champs={
            "diagnostic": entrees.booleen(),
            "schema_tranquillite": entrees.booleen(),
            "avis_commission": entrees.booleen(),
            "autorisation": entrees.jour(),
            "conservation_jours": entrees.entier(),
            "information_public": entrees.booleen(),
        },
        juger=_videoprotection,
        oui="Dispositif en règle",
        non="Dispositif non conforme",
        question="Ce dispositif de vidéoprotection est-il en règle ce jour-là ?",
        obstacles=rules.OBSTACLES,
    ),
}
