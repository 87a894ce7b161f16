"""Who states a sentence or a condition of restorative justice, and on which day. Fiches 13 and 14. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres
from maillage.parcours.catalogue import Dispositif
from maillage.parcours.rules.entree import Peine
from maillage.parcours.rules.tig import tig

L132_5: Final = "Code de la sécurité intérieure, art. L. 132-5 ; Code de procédure pénale, art. 11"
CPP_10_1: Final = "Code de procédure pénale, art. 10-1 ; Stratégie nationale 2020-2024, fiche 14"
SAISIE: Final = "Vérification de saisie"
VICTIME: Final = "victime"
#: Strand by strand: what concerns an author is never a step of a victim's path.
DE_L_AUTEUR: Final = frozenset({"tig", "justice_restaurative"})

JUDICIAIRE_RESERVE: Final = Motif(
    "judiciaire_reserve", "Seul un membre judiciaire du groupe peut l’énoncer.", L132_5, Force.LOI
)
HORS_VOLET: Final = Motif(
    "hors_volet",
    "Ce dispositif ne se propose pas dans le suivi d’une victime.",
    CPP_10_1,
    Force.LOI,
)


@dataclass(frozen=True, slots=True)
class Enonciateur:
    """Who speaks and where: member for a judicial body, while the judiciary sits; strand of the groupe."""

    judiciaire: bool
    volet: str
    jour: date


def dans_le_volet(dispositif: Dispositif, volet: str) -> bool:
    """Whether a scheme may be a step of somebody followed in that strand."""
    return volet != VICTIME or (dispositif.regle not in DE_L_AUTEUR and dispositif.code != "plan_de_sortie")


def juger_peine(*, qui: Enonciateur, peine: Peine, naissance: date | None) -> Verdict:
    """Whether this sentence may be recorded: a judicial member's word, within what the law allows."""
    motifs = _communs(qui, judiciaire=True)
    if peine.decision > qui.jour:
        motifs.append(Motif("date_future", "La décision est à venir.", SAISIE, Force.USAGE))
    if peine.faits > peine.decision:
        texte = "Les faits précèdent la décision : vérifiez les deux jours."
        motifs.append(Motif("dates_incoherentes", texte, SAISIE, Force.USAGE))
    if naissance is None:
        texte = "La date de naissance n’est pas connue : la loi ne peut pas être vérifiée."
        motifs.append(Motif("naissance_inconnue", texte, SAISIE, Force.USAGE))
    else:
        motifs += tig(
            naissance=naissance,
            heures=peine.heures,
            decision=peine.decision,
            faits=peine.faits,
            habilitation_accueil=True,
            nature=peine.nature,
        ).motifs
    return Verdict.selon(motifs)


def juger_condition(
    *,
    qui: Enonciateur,
    code: str,
    codes: Collection[str],
    judiciaire: bool,
    le: date,
    depuis: date | None,
    inchangee: bool,
) -> Verdict:
    """Whether a condition may be stated on that day. ``depuis``: the day of what was last stated of it."""
    if code not in codes:
        texte = "Choisissez une condition de la liste."
        return Verdict.refus([Motif("condition_inconnue", texte, SAISIE, Force.USAGE)])
    motifs = _communs(qui, judiciaire=judiciaire)
    if le > qui.jour:
        motifs.append(Motif("date_future", "Cette date est à venir.", SAISIE, Force.USAGE))
    if depuis is not None and le < depuis:
        texte = f"Cette date précède ce qui a été énoncé le {jour_en_lettres(depuis)}."
        motifs.append(Motif("date_avant", texte, SAISIE, Force.USAGE))
    if inchangee:
        motifs.append(Motif("deja_enonce", "C’est déjà ce qui est énoncé.", SAISIE, Force.USAGE))
    return Verdict.selon(motifs)


def _communs(qui: Enonciateur, *, judiciaire: bool) -> list[Motif]:
    motifs = []
    if qui.volet == VICTIME:
        motifs.append(HORS_VOLET)
    if judiciaire and not qui.judiciaire:
        motifs.append(JUDICIAIRE_RESERVE)
    return motifs
