"""What a rappel à l'ordre asks at each step, besides what the law asks of the act itself (fiche 37). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from maillage.droit.api import Force, Motif, Verdict, jour_en_lettres
from maillage.maire.etats_rappel import LIBELLES, EtatRappel, possible
from maillage.maire.rules.rappel import Presence, Qualification, Qualite, rappel_a_l_ordre

FICHE_37: Final = "Stratégie nationale 2020-2024, fiche 37"
L132_7: Final = "Code de la sécurité intérieure, art. L. 132-7"
USAGE: Final = "Règle de l’application"
#: The name under which reasons of a rappel are set aside.
REGLE: Final = "rappel_a_l_ordre"


def _usage(code: str, texte: str) -> Motif:
    return Motif(code, texte, USAGE, Force.USAGE)


def _doctrine(code: str, texte: str) -> Motif:
    return Motif(code, texte, FICHE_37, Force.DOCTRINE)


VALEUR_INCONNUE: Final = _usage("valeur_inconnue", "Choisissez dans les listes proposées.")
ENONCE_A_VENIR: Final = _usage("enonce_a_venir", "La date de cet énoncé n’est pas encore passée.")


@dataclass(frozen=True, slots=True)
class Enonce:
    """A statement, in the order recorded. ``leve``: its source may say that nothing is under way any more."""

    existe: bool
    leve: bool


def plainte_connue(enonces: Iterable[Enonce]) -> bool:
    """Whether a complaint or a procedure is known: only the parquet's word ends it."""
    connue = False
    for enonce in enonces:
        connue = enonce.existe or (connue and not enonce.leve)
    return connue


@dataclass(frozen=True, slots=True)
class Consultation:
    """The parquet, asked. ``permet`` is None until it answers; ``echeance`` the last day of its answer."""

    echeance: date | None
    silence: Literal["", "accord", "attente"]
    permet: bool | None


def echeance_du_parquet(envoyee_le: date, delai_jours: int) -> date:
    """The last day of the answer: the day of sending does not count."""
    return envoyee_le + timedelta(days=delai_jours)


def attend_le_parquet(consultation: Consultation, le: date) -> bool:
    """Whether its answer is still waited for: unanswered, and silence means nothing, or not yet."""
    if consultation.permet is not None:
        return False
    if consultation.echeance is None or le <= consultation.echeance:
        return True
    return consultation.silence != "accord"


def motifs_du_parquet(*, prealable: bool, derniere: Consultation | None, le: date) -> list[Motif]:
    """What the consultation opposes to a convocation. ``prealable``: the protocol in force asks for it."""
    if derniere is None:
        texte = "Le protocole avec le parquet demande de le consulter avant de convoquer."
        return [_doctrine("parquet_non_consulte", texte)] if prealable else []
    if derniere.permet is False:
        return [_doctrine("parquet_oppose", "Le parquet s’oppose au rappel à l’ordre : il garde ces faits.")]
    if attend_le_parquet(derniere, le) and (prealable or derniere.echeance is not None):
        if derniere.echeance is None:
            texte = "Le parquet n’a pas répondu."
        elif le <= derniere.echeance:
            texte = f"Le parquet a jusqu’au {jour_en_lettres(derniere.echeance)} inclus pour répondre."
        else:
            texte = "Le parquet n’a pas répondu, et le protocole ne dit pas que son silence vaut accord."
        return [_doctrine("parquet_attendu", texte)]
    return []


def passage(de: str, vers: EtatRappel) -> list[Motif]:
    """Whether the file may take that step from where it is."""
    if possible(de, vers):
        return []
    texte = f"Ce dossier est à l’étape « {LIBELLES[de]} » : cet acte n’y est pas possible."
    return [_usage("etape_impossible", texte)]


@dataclass(frozen=True, slots=True)
class Faits:
    """What the mayor is told of: by whom is another matter."""

    qualification: Qualification
    le: date
    lieu_commune: str


def porte(
    faits: Faits, *, naissance: date, commune: str, plainte: bool, le: date, presence: Presence | None = None
) -> Verdict:
    """What the law says of the facts, whoever acts: asked at every step before the act."""
    return rappel_a_l_ordre(
        le=le,
        naissance=naissance,
        qualification=faits.qualification,
        lieu_commune=faits.lieu_commune,
        qualite=Qualite.MAIRE,
        commune=commune,
        plainte_ou_procedure=plainte,
        presence=presence or Presence(representants=True, impossibilite=False),
    )


def juger_saisine(
    *,
    listes_connues: bool,
    qualification_possible: bool,
    naissance: date | None,
    faits_le: date,
    le: date,
    deja: str,
) -> Verdict:
    """Whether the referral holds together. ``deja``: the number of the file about the same facts."""
    motifs = []
    if not listes_connues:
        motifs.append(VALEUR_INCONNUE)
    elif not qualification_possible:
        motifs.append(_usage("qualification_incoherente", "Cette qualification ne convient pas à ces faits."))
    if naissance is None:
        texte = "La date de naissance est nécessaire : l’âge décide de la présence des parents."
        motifs.append(Motif("naissance_inconnue", texte, L132_7, Force.LOI))
    elif faits_le < naissance:
        motifs.append(_usage("faits_avant_naissance", "Les faits précèdent la naissance de la personne."))
    if faits_le > le:
        motifs.append(_usage("faits_a_venir", "La date des faits n’est pas encore passée."))
    if deja:
        texte = f"Ces faits sont déjà au registre, pour cette personne et ce jour : n° {deja}."
        motifs.append(_usage("faits_deja_inscrits", texte))
    return Verdict.selon(motifs)


def motifs_de_convocation(
    *, dans_le_futur: bool, lieu_connu: bool, enonce: bool, mineur: bool, prevenus: bool
) -> list[Motif]:
    """``enonce``: what is known of a complaint was said. ``prevenus``: parents told, or why they cannot."""
    motifs = []
    if not enonce:
        texte = "Dites d’abord ce qui est connu d’une plainte ou d’une procédure, et de qui."
        motifs.append(_usage("enonce_manquant", texte))
    if not dans_le_futur:
        motifs.append(_usage("audition_passee", "L’heure de l’audition est déjà passée."))
    if not lieu_connu:
        motifs.append(VALEUR_INCONNUE)
    if mineur and not prevenus:
        texte = (
            "La personne est mineure : un parent ou un représentant légal reçoit copie de la convocation. "
            "Ajoutez-le, ou dites pourquoi c’est impossible."
        )
        motifs.append(Motif("representants_a_prevenir", texte, L132_7, Force.LOI))
    return motifs


def motifs_d_audition(*, tenue_le: date, convoque_le: date, le: date, codes_connus: bool) -> list[Motif]:
    """``convoque_le``: the day the convocation was made out."""
    motifs = []
    if not codes_connus:
        motifs.append(VALEUR_INCONNUE)
    if tenue_le > le:
        motifs.append(_usage("audition_a_venir", "Cette audition n’a pas encore eu lieu."))
    if tenue_le < convoque_le:
        motifs.append(_usage("audition_avant_convocation", "L’audition précède la convocation."))
    return motifs
