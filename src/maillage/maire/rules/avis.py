"""The notices due to the mayor: who owes which, when, and that no name slips in (CSI L. 132-3). Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict, echeance_mois, jour_en_lettres, valeur_ou_rien
from maillage.maire.etats_avis import LIBELLES, TRANSITIONS_AVIS, EtatAvis

L132_3: Final = "Code de la sécurité intérieure, art. L. 132-3"
USAGE: Final = "Règle de l’application"
REFERENCE_MAX: Final = 30
#: Digits, a few letters, separators: « 24/123 », « P24.045.678 », « JI-2024-12 ».
_FORME: Final = re.compile(r"[0-9A-Z][0-9A-Z ./-]*")
_MOT: Final = re.compile(r"[A-Z]{4,}")


def _usage(code: str, texte: str) -> Motif:
    return Motif(code, texte, USAGE, Force.USAGE)


VALEUR_INCONNUE: Final = _usage("valeur_inconnue", "Choisissez dans les listes proposées.")
REFERENCE_NOMINATIVE: Final = Motif(
    "reference_nominative",
    "Écrivez le seul numéro donné par le parquet : des chiffres, quelques lettres. Jamais un nom.",
    "Code de procédure pénale, art. 11",
    Force.LOI,
)


def reference_opaque(reference: str) -> bool:
    """Whether it can only be a number: a digit at least, no word of four letters. Empty is accepted."""
    if not reference:
        return True
    return (
        len(reference) <= REFERENCE_MAX
        and bool(_FORME.fullmatch(reference))
        and any(c.isdigit() for c in reference)
        and not _MOT.search(reference)
    )


def echeance(delai: str, *, cause_le: date, demande_le: date) -> date | None:
    """The last day of the notice, None where the law of that day sets none.

    ``mois``: counted from the report to the procureur (dated parameter, 2024).
    """
    if delai == "mois":
        mois = valeur_ou_rien("maire.reponse_procureur_mois", demande_le)
        return echeance_mois(cause_le, mois.entier) if mois is not None else None
    return cause_le if delai == "sans_delai" else None


def juger_avis(
    *, genre_connu: bool, cause_le: date, demande_le: date, reference: str, deja: str, le: date
) -> Verdict:
    """Whether a notice may be recorded as due. ``deja``: the number of the one already awaited."""
    motifs = [] if genre_connu else [VALEUR_INCONNUE]
    if cause_le > le or demande_le > le:
        motifs.append(_usage("date_a_venir", "Cette date n’est pas encore passée."))
    if demande_le < cause_le:
        motifs.append(_usage("dates_incoherentes", "La demande précède ce qui la cause."))
    if not reference_opaque(reference):
        motifs.append(REFERENCE_NOMINATIVE)
    if deja:
        texte = f"Cet avis est déjà attendu sous le n° {deja}."
        motifs.append(_usage("avis_existant", texte))
    return Verdict.selon(motifs)


def passage(de: str, vers: EtatAvis) -> list[Motif]:
    """Why a step cannot be taken, if it cannot."""
    if vers in TRANSITIONS_AVIS[EtatAvis(de)]:
        return []
    return [_usage("etape_impossible", f"Cet avis est {LIBELLES[de].lower()} : ce n’est plus possible.")]


def juger_reception(*, etat: str, reponse_connue: bool, recu_le: date, demande_le: date, le: date) -> Verdict:
    motifs = passage(etat, EtatAvis.RECU)
    if not reponse_connue:
        motifs.append(VALEUR_INCONNUE)
    if not demande_le <= recu_le <= le:
        motifs.append(
            _usage("date_de_reception", "L’avis se reçoit après la demande, au plus tard aujourd’hui.")
        )
    return Verdict.selon(motifs)


def juger_relance(*, etat: str, echeance_le: date | None, deja_ce_jour: bool, le: date) -> Verdict:
    """A reminder is written once a day, and only once the delay is over, where there is one."""
    motifs = passage(etat, EtatAvis.RECU)
    if echeance_le is not None and le <= echeance_le:
        texte = f"L’avis peut encore venir jusqu’au {jour_en_lettres(echeance_le)} inclus."
        motifs.append(Motif("echeance_non_atteinte", texte, L132_3, Force.USAGE))
    if deja_ce_jour:
        motifs.append(_usage("relance_du_jour", "Une relance est déjà datée d’aujourd’hui."))
    return Verdict.selon(motifs)


def en_retard(*, etat: str, echeance_le: date | None, le: date) -> bool:
    return etat == EtatAvis.ATTENDU and echeance_le is not None and le > echeance_le
