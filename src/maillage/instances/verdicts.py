"""The rule of this room as the command line calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maillage.droit.api import Verdict
from maillage.droit.entrees import EntreeRefusee, RegleDeclaree, booleen, choix, jour, objet, texte
from maillage.instances.rules import Forum, Habilitation, Nature, partage


def _partage(entree: Mapping[str, Any]) -> Verdict:
    habilitation = Habilitation(**entree["habilitation"])
    if habilitation.fin is not None and habilitation.fin < habilitation.debut:
        raise EntreeRefusee.invalide("« habilitation.fin » précède « habilitation.debut ».")
    return partage(
        le=entree["le"],
        forum=entree["forum"],
        nature=entree["nature"],
        habilitation=habilitation,
        membre=entree["membre"],
    )


REGLES = {
    "partage": RegleDeclaree(
        champs={
            "forum": choix(Forum),
            "nature": choix(Nature),
            "habilitation": objet(
                {
                    "debut": jour(),
                    "fin": jour().ou_nul(),
                    "charte_signee": texte(40).ou_nul(),
                    "charte_en_vigueur": texte(40).ou_nul(),
                }
            ),
            "membre": booleen(),
        },
        juger=_partage,
        oui="Partage permis",
        non="Partage refusé",
    ),
}
