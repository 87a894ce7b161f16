"""What an exclusion from a sports venue asks: an invitation first, reasons, a term (fiche 29). Pure.

Nothing here is a penalty: the owner of a venue applies its rules. Crimes and délits go to the procureur.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from maillage.droit.api import (
    Force,
    Motif,
    Verdict,
    echeance_mois,
    entier,
    jour_en_lettres,
    jours_inclus,
    valeur_datee,
)
from maillage.droit.competences import Acte, Condition, juger_competence
from maillage.droit.competences import Qualite as Autorite
from maillage.maire.etats_sport import LIBELLES, TRANSITIONS_MESURE_SPORT, EtatMesure
from maillage.maire.rules.rappel import Qualite

FICHE_29: Final = "Stratégie nationale 2020-2024, fiche 29"
USAGE: Final = "Règle de l’application"
MOTIVATION: Final = "Code des relations entre le public et l’administration, art. L. 211-2 et L. 211-5"
EQUIPEMENT_MAX: Final = 80
BASE_MAX: Final = 80
SIEGES_MIN: Final = 3
#: The name under which reasons of a measure are set aside.
REGLE: Final = "sport"
EXCLUSION: Final = "exclusion"
_AUTORITES: Final = {
    Qualite.MAIRE: Autorite.MAIRE,
    Qualite.ADJOINT_DELEGUE: Autorite.ELU_DELEGUE,
    Qualite.CONSEILLER_DELEGUE: Autorite.ELU_DELEGUE,
    Qualite.PRESIDENT_EPCI: Autorite.PRESIDENT_EPCI,
}


def _usage(code: str, texte: str) -> Motif:
    return Motif(code, texte, USAGE, Force.USAGE)


def _loi(code: str, texte: str, base: str) -> Motif:
    return Motif(code, texte, base, Force.LOI, a_verifier=True)


REPRESENTANT_ABSENT: Final = Motif(
    "representant_absent",
    "La personne est mineure : enregistrez d’abord un parent ou son représentant, qui reçoit copie.",
    FICHE_29,
    Force.DOCTRINE,
)
PROTOCOLE_MANQUANT: Final = Motif(
    "protocole_manquant",
    "Aucun protocole en vigueur avec le parquet ne couvre une réparation.",
    FICHE_29,
    Force.DOCTRINE,
)
VALEUR_INCONNUE: Final = _usage("valeur_inconnue", "Choisissez dans les listes proposées.")

OBSERVATIONS_DATEES: Final = _usage(
    "date_d_observations",
    "Elles se datent entre l’invitation et aujourd’hui ; leur absence se constate une fois le délai passé.",
)
OBSERVATIONS_DEJA: Final = _usage("observations_existantes", "C’est déjà noté.")
REDUCTION: Final = _usage("reduction_datee", "Une durée réduite finit avant celle de la décision.")
HEURES_FAITES: Final = _usage("heures_faites", "Les heures faites ne dépassent pas celles convenues.")
FAITE_DATEE: Final = _usage("date_de_fin", "La fin suit l’accord, au plus tard aujourd’hui.")


def competence(proprietaire: str, qualite: Qualite, le: date) -> Verdict:
    """Who decides follows who owns the venue: the mayor for the commune's, the president for the EPCI's."""
    acte = Acte.EXCLUSION_EPCI if proprietaire == "epci" else Acte.EXCLUSION_COMMUNAL
    # A delegation in force is what made the quality: see ``lieux.autorite``.
    return juger_competence(acte, _AUTORITES.get(qualite), le, conditions={Condition.DELEGATION})


def juger_ouverture(
    *,
    listes_connues: bool,
    proprietaire: str,
    naissance: date | None,
    faits_le: date,
    deja: str,
    le: date,
) -> Verdict:
    """Whether a file may be opened in the register of a mayor. ``deja``: the number of the file there is."""
    motifs = [] if listes_connues else [VALEUR_INCONNUE]
    if proprietaire == "epci":
        # The register is that of a mayor: whoever writes in it decides nothing of an EPCI's venue.
        motifs += competence(proprietaire, Qualite.MAIRE, le).motifs
    if naissance is None:
        motifs.append(_usage("naissance_requise", "La date de naissance dit si les parents sont informés."))
    if faits_le > le:
        motifs.append(_usage("faits_a_venir", "La date des faits n’est pas encore passée."))
    if deja:
        motifs.append(_usage("mesure_existante", f"Ces faits ont déjà leur dossier, n° {deja}."))
    return Verdict.selon(motifs)


def passage(de: str, vers: EtatMesure) -> list[Motif]:
    """Why a step cannot be taken, if it cannot."""
    if vers in TRANSITIONS_MESURE_SPORT[EtatMesure(de)]:
        return []
    return [_usage("etape_impossible", f"Ce dossier est {LIBELLES[de].lower()} : ce n’est pas l’étape.")]


def observations_avant(le: date) -> date:
    """The last day to explain oneself, when the invitation leaves on ``le``."""
    return le + timedelta(days=entier("sport.observations_jours", le))


def juger_invitation(
    *, etat: str, composition: Sequence[str], connues: bool, mineur: bool, representants: int
) -> Verdict:
    """Whether the person may be invited before the commission. The parents of a minor are told too."""
    motifs = passage(etat, EtatMesure.INVITEE)
    if not connues:
        motifs.append(VALEUR_INCONNUE)
    if len(set(composition)) < SIEGES_MIN:
        motifs.append(
            _usage("commission_incomplete", f"La commission réunit {SIEGES_MIN} fonctions au moins.")
        )
    if mineur and not representants:
        motifs.append(REPRESENTANT_ABSENT)
    return Verdict.selon(motifs)


@dataclass(frozen=True, slots=True)
class Contradictoire:
    """The adversarial step as it stands: invited on, until when, whether the person answered."""

    invite_le: date | None
    avant_le: date | None
    repondu: bool

    def tenu(self, le: date) -> bool:
        """Held once the person answered, or once their delay is over."""
        if self.invite_le is None or self.avant_le is None:
            return False
        return self.repondu or le > self.avant_le


@dataclass(frozen=True, slots=True)
class Projet:
    """A decision about to be taken. Days only for an exclusion."""

    decision: str
    motifs: Sequence[str]
    base: str
    maximum_jours: int | None = None
    debut: date | None = None
    fin: date | None = None


def juger_decision(
    *, etat: str, projet: Projet, connus: bool, contradictoire: Contradictoire, autorite: Verdict, le: date
) -> Verdict:
    """Whether the decision may be taken today: by whom, after hearing, with reasons, for how long."""
    motifs = [*autorite.motifs]
    if not contradictoire.tenu(le):
        attente = ""
        if contradictoire.avant_le is not None:
            attente = f" Elle a jusqu’au {jour_en_lettres(contradictoire.avant_le)} inclus."
        valeur = valeur_datee("sport.observations_jours", le)
        texte = f"La personne doit d’abord être invitée à s’expliquer, et en avoir le temps.{attente}"
        motifs.append(valeur.motif("contradictoire_manquant", texte))
    else:
        motifs += passage(etat, EtatMesure.DECIDEE)
    if not connus:
        motifs.append(VALEUR_INCONNUE)
    if not projet.motifs or not projet.base.strip():
        texte = "Une décision défavorable dit ses motifs et l’article du règlement qu’elle applique."
        motifs.append(_loi("decision_non_motivee", texte, MOTIVATION))
    if projet.decision == EXCLUSION:
        motifs += _duree(projet, le)
    return Verdict.selon(motifs)


def _duree(projet: Projet, le: date) -> list[Motif]:
    if projet.debut is None or projet.fin is None or projet.maximum_jours is None:
        return [
            _loi("duree_absente", "Une exclusion a un premier jour, un dernier jour et un maximum.", FICHE_29)
        ]
    if projet.fin < projet.debut or projet.debut < le:
        texte = "L’exclusion commence aujourd’hui au plus tôt, et finit après avoir commencé."
        return [_usage("dates_incoherentes", texte)]
    duree = jours_inclus(projet.debut, projet.fin)
    if duree > projet.maximum_jours:
        texte = f"{duree} jours : le règlement de l’équipement n’en permet que {projet.maximum_jours}."
        return [_loi("duree_max_reglement", texte, f"Règlement de l’équipement : {projet.base}")]
    return []


def recours_avant(notifiee_le: date) -> date:
    """The last day of an appeal to the court."""
    return echeance_mois(notifiee_le, entier("sport.recours_mois", notifiee_le))


def juger_notification(*, etat: str, notifiee_le: date, decidee_le: date | None, le: date) -> Verdict:
    motifs = passage(etat, EtatMesure.NOTIFIEE)
    if decidee_le is not None and not decidee_le <= notifiee_le <= le:
        motifs.append(
            _usage("date_de_notification", "La notification suit la décision, au plus tard aujourd’hui.")
        )
    return Verdict.selon(motifs)


def juger_recours(*, etat: str, connu: bool, recu_le: date, notifiee_le: date | None, le: date) -> Verdict:
    """An appeal out of time is recorded all the same: the court says whether it may be heard."""
    motifs = [] if connu else [VALEUR_INCONNUE]
    if notifiee_le is None or etat not in (EtatMesure.NOTIFIEE, EtatMesure.CLOSE):
        motifs.append(_usage("decision_non_notifiee", "Le recours vise une décision notifiée."))
    elif not notifiee_le <= recu_le <= le:
        motifs.append(_usage("date_de_recours", "Le recours suit la notification, au plus tard aujourd’hui."))
    return Verdict.selon(motifs)


def juger_reparation(
    *,
    etat: str,
    connue: bool,
    heures: int,
    protocole: bool,
    accord_le: date,
    deja: bool,
    mineur: bool,
    representants: int,
    le: date,
) -> Verdict:
    """Whether a reparation may be agreed: decided by the parquet, under a protocol in force."""
    motifs = [] if connue else [VALEUR_INCONNUE]
    if etat == EtatMesure.RETIREE or deja:
        motifs.append(
            _usage("reparation_existante", "Une réparation est déjà notée, ou le dossier est retiré.")
        )
    if not protocole:
        motifs.append(PROTOCOLE_MANQUANT)
    maximum = valeur_datee("sport.reparation_heures", le)
    if not 1 <= heures <= maximum.entier:
        motifs.append(maximum.motif("heures_max", f"De 1 à {maximum.entier} heures."))
    if accord_le > le:
        motifs.append(_usage("accord_a_venir", "La date de l’accord n’est pas encore passée."))
    if mineur and not representants:
        motifs.append(REPRESENTANT_ABSENT)
    return Verdict.selon(motifs)


def obstacles(
    *, etat: str, finie: bool, mineur: bool, representants: int, protocole: bool, reparation: bool
) -> Verdict:
    """What opposes the invitation or a reparation on a file as it stands: told before anyone tries."""
    motifs = []
    attendue = etat == EtatMesure.RECUE or (not finie and not reparation)
    if mineur and not representants and attendue:
        motifs.append(REPRESENTANT_ABSENT)
    if not protocole and not finie and not reparation:
        motifs.append(PROTOCOLE_MANQUANT)
    return Verdict.selon(motifs)
