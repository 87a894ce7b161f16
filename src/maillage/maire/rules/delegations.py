"""Recording a mayor's delegation (CGCT, art. L. 2122-18). Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict

L2122_18: Final = "Code général des collectivités territoriales, art. L. 2122-18"
USAGE: Final = "Règle de l’application"


def juger_delegation(
    *,
    competent: bool,
    elu_de_la_commune: bool,
    deja: bool,
    arrete_le: date,
    depuis: date,
    jusqua: date | None,
    le: date,
) -> Verdict:
    """``competent``: the mayor of the commune, or who coordinates its register."""
    motifs = []
    if not competent:
        texte = "Seul le maire de la commune, ou la coordination de son registre, enregistre ses délégations."
        motifs.append(Motif("delegation_incompetente", texte, L2122_18, Force.LOI))
    if not elu_de_la_commune:
        texte = "Une délégation se donne à un adjoint ou à un conseiller de la commune."
        motifs.append(Motif("delegataire_non_elu", texte, L2122_18, Force.LOI))
    if deja:
        texte = "Cet élu a déjà cette délégation sur ces jours."
        motifs.append(Motif("delegation_deja_en_vigueur", texte, USAGE, Force.USAGE))
    if arrete_le > le:
        motifs.append(Motif("arrete_a_venir", "Cet arrêté n’est pas encore signé.", L2122_18, Force.LOI))
    if depuis < arrete_le:
        texte = "La délégation commence au plus tôt le jour de l’arrêté."
        motifs.append(Motif("delegation_avant_arrete", texte, L2122_18, Force.LOI))
    if jusqua is not None and jusqua < depuis:
        motifs.append(Motif("dates_incoherentes", "Elle finit avant de commencer.", USAGE, Force.USAGE))
    return Verdict.selon(motifs)


def juger_fin(*, competent: bool, depuis: date, deja: date | None, jusqua: date, le: date) -> Verdict:
    """An end is dated from the first day, or from today: past acts keep what they rest on."""
    motifs = []
    if not competent:
        texte = "Seul le maire de la commune, ou la coordination de son registre, met fin à ses délégations."
        motifs.append(Motif("delegation_incompetente", texte, L2122_18, Force.LOI))
    if deja is not None and deja < le:
        motifs.append(Motif("delegation_finie", "Cette délégation a déjà pris fin.", USAGE, Force.USAGE))
    if jusqua < max(depuis, le):
        texte = "Le dernier jour n’est pas déjà passé : les actes faits reposent sur cette délégation."
        motifs.append(Motif("fin_passee", texte, USAGE, Force.USAGE))
    return Verdict.selon(motifs)
