"""The rule of this room as the command line calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict
from maillage.droit.entrees import (
    EntreeRefusee,
    RegleDeclaree,
    choix,
    entier,
    jour,
    naissance,
    naissance_connue,
)
from maillage.socle.rules import Volet, conservation

#: Longest archive a controller may ask for: the three years of the CNIL reference.
ARCHIVE_MAXIMUM = 36


def _conservation(entree: Mapping[str, Any]) -> Verdict:
    volet, cloture = entree["volet"], entree["cloture"]
    ne_le = naissance(entree) if volet is Volet.JEUNE else naissance_connue(entree)
    if cloture is not None and ne_le is not None and cloture < ne_le:
        raise EntreeRefusee.invalide("« cloture » précède « personne.naissance ».")
    return conservation(
        le=entree["le"],
        volet=volet,
        cloture=cloture,
        naissance=ne_le,
        archive_mois=entree["archive_mois"],
    )


REGLES = {
    "conservation": RegleDeclaree(
        champs={
            "volet": choix(Volet),
            "cloture": jour().ou_nul(),
            "archive_mois": entier(0, ARCHIVE_MAXIMUM).ou_nul().facultatif(),
        },
        juger=_conservation,
        oui="Durées calculées",
    ),
}
