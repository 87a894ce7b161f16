"""The rule of this room as the command line calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict, entrees
from maillage.socle.rules import Volet, conservation

#: Longest archive a controller may ask for: the three years of the CNIL reference.
ARCHIVE_MAXIMUM = 36


def _conservation(entree: Mapping[str, Any]) -> Verdict:
    volet, cloture = entree["volet"], entree["cloture"]
    ne_le = entrees.naissance(entree) if volet is Volet.JEUNE else entrees.naissance_connue(entree)
    if cloture is not None and ne_le is not None and cloture < ne_le:
        raise entrees.EntreeRefusee.invalide("« cloture » précède « personne.naissance ».")
    return conservation(
        le=entree["le"],
        volet=volet,
        cloture=cloture,
        naissance=ne_le,
        archive_mois=entree["archive_mois"],
    )


REGLES = {
    "conservation": entrees.RegleDeclaree(
        champs={
            "volet": entrees.choix(Volet),
            "cloture": entrees.jour().ou_nul(),
            "archive_mois": entrees.entier(0, ARCHIVE_MAXIMUM).ou_nul().facultatif(),
        },
        juger=_conservation,
        oui="Durées calculées",
        question="Jusqu’à quand cette donnée vit-elle ?",
    ),
}
