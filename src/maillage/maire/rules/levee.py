"""Setting aside a reason that is not the law, by the mayor of the commune, with a recorded reason. Pure.

A reason set aside stays shown: it is marked, never hidden. The law is set aside by nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from maillage.droit.api import Force, Motif, Verdict
from maillage.maire.rules.rappel import Qualite

PRECISION_MAX: Final = 140
BASE: Final = "Stratégie nationale 2020-2024, fiche 37"
USAGE: Final = "Règle d’usage : une règle écartée l’est par une personne responsable, par écrit"


def juger_levee(
    *,
    verdict: Verdict,
    code: str,
    qualite: Qualite,
    raison_connue: bool,
    precision: str,
    precision_requise: bool,
    deja: bool,
) -> Verdict:
    """Whether the actor may set aside the reason ``code`` of this refusal, as the rule gives it today."""
    vise = next((motif for motif in verdict.motifs if motif.code == code), None)
    if verdict.ok or vise is None:
        texte = "Cette raison ne s’oppose à rien : il n’y a rien à écarter."
        return Verdict.refus([Motif("levee_sans_objet", texte, USAGE, Force.USAGE)])
    if not vise.levee_possible:
        texte = "Cette raison est une règle de droit : personne ne peut l’écarter."
        return Verdict.refus([Motif("levee_loi", texte, vise.base_legale, Force.LOI)])
    motifs = []
    if qualite is not Qualite.MAIRE:
        texte = "Seul le maire de la commune peut écarter cette raison."
        motifs.append(Motif("levee_incompetent", texte, BASE, Force.DOCTRINE))
    if deja:
        motifs.append(Motif("levee_deja_faite", "Cette raison est déjà écartée.", USAGE, Force.USAGE))
    if not raison_connue:
        texte = "Choisissez pourquoi dans la liste."
        motifs.append(Motif("levee_raison_inconnue", texte, USAGE, Force.USAGE))
    elif precision_requise and not precision.strip():
        texte = "Précisez en quelques mots pourquoi cette raison est écartée."
        motifs.append(Motif("levee_precision_manquante", texte, USAGE, Force.USAGE))
    if len(precision.strip()) > PRECISION_MAX:
        texte = f"La précision tient en {PRECISION_MAX} signes."
        motifs.append(Motif("levee_precision_longue", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def restant(verdict: Verdict, leves: Collection[str]) -> Verdict:
    """The verdict once the recorded liftings count. A reason that has become law opposes again."""
    if verdict.ok:
        return verdict
    motifs = [motif for motif in verdict.motifs if not (motif.levee_possible and motif.code in leves)]
    return Verdict.refus(motifs, verdict.echeances) if motifs else Verdict.accord(verdict.echeances)
