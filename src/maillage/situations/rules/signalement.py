"""Whether a signalement may be made: closed motif and origin, judicial facts by judicial members only."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from maillage.droit.api import Force, Motif, Verdict
from maillage.situations.rules.ages import MOINS_DE_12
from maillage.situations.rules.conservation import hors_age
from maillage.situations.states import TRANSITIONS_SIGNALEMENT, EtatSignalement, possible
from maillage.strategie.api import Item, liste

L132_5: Final = "Code de la sécurité intérieure, art. L. 132-5"
FICHE_1: Final = "Stratégie nationale 2020-2024, fiche 1"
AU_038: Final = "CNIL, délibération n° 2014-262, art. 3 (référence)"

#: Partners by whom the judiciary sits in a groupe.
GENRES_JUDICIAIRES: Final = frozenset({"procureur", "spip", "pjj"})


@dataclass(frozen=True, slots=True)
class Forum:
    """What the rule needs to know of the groupe and of who speaks.

    ``judiciaire_siege``: parquet, SPIP or PJJ holds a seat in force. ``acteur_judiciaire``: the author
    is a member for one of them. ``nominatif`` is false for a closed cercle.
    """

    volet: str
    judiciaire_siege: bool
    acteur_judiciaire: bool
    nominatif: bool = True


@dataclass(frozen=True, slots=True)
class Expose:
    """What is brought: codes of closed lists, dates; never a name."""

    motif: str
    origine: str
    exposition: str
    tranche: str
    naissance: date | None


def _loi(code: str, texte: str, base: str = L132_5) -> Motif:
    return Motif(code, texte, base, Force.LOI)


def juger_signalement(*, forum: Forum, expose: Expose, le: date) -> Verdict:
    """Whether it may be recorded in this groupe; every obstacle is named."""
    return Verdict.selon(
        [*_listes(forum, expose, le), *_judiciaire(forum, expose), *_naissance(forum, expose, le)]
    )


def _listes(forum: Forum, expose: Expose, le: date) -> list[Motif]:
    motifs, origines = liste("motifs_signalement", le), liste("origines_signalement", le)
    fautes = []
    if not forum.nominatif:
        fautes.append(_loi("forum_interdit", "Ce groupe ne reçoit plus d’information nominative."))
    if expose.motif not in motifs:
        fautes.append(
            _loi(
                "motif_inconnu",
                "Choisissez un motif de la liste : elle ne décrit que des situations.",
                FICHE_1,
            )
        )
    elif forum.volet not in motifs.item(expose.motif).attributs["volets"]:
        fautes.append(_loi("motif_hors_volet", "Ce motif n’est pas celui d’un groupe de ce volet.", FICHE_1))
    elif expose.exposition not in _expositions(forum, motifs.item(expose.motif)):
        fautes.append(_loi("exposition_incoherente", "Ce motif ne va pas avec cette exposition.", FICHE_1))
    if expose.origine not in origines:
        fautes.append(
            _loi("origine_inconnue", "Choisissez une origine de la liste, sans commentaire.", AU_038)
        )
    if expose.tranche not in liste("tranches_age"):
        fautes.append(_loi("tranche_inconnue", "Indiquez la tranche d’âge de la personne.", FICHE_1))
    return fautes


def _expositions(forum: Forum, motif: Item) -> tuple[str, ...]:
    """A victim is exposed to nothing: no exposure is ever said on that side."""
    attendues: tuple[str, ...] = motif.attributs["exposition"]
    return ("",) if forum.volet == "victime" or not attendues else attendues


def est_judiciaire(expose: Expose) -> bool:
    """What it says rests on a judicial member's word."""
    return any(
        code in liste(nom) and bool(liste(nom).item(code).attributs.get("judiciaire"))
        for nom, code in (("motifs_signalement", expose.motif), ("origines_signalement", expose.origine))
    )


def _judiciaire(forum: Forum, expose: Expose) -> list[Motif]:
    fautes = []
    if (est_judiciaire(expose) or expose.exposition == "recidive") and not forum.judiciaire_siege:
        fautes.append(
            _loi(
                "judiciaire_sans_siege",
                "Ni le parquet, ni le SPIP, ni la PJJ ne siègent ici : rien de judiciaire ne s’y dit.",
            )
        )
    if est_judiciaire(expose) and not forum.acteur_judiciaire:
        fautes.append(
            _loi(
                "judiciaire_reserve",
                "Seul un membre judiciaire peut énoncer l’existence et la nature d’un suivi.",
                f"{L132_5} ; Code de procédure pénale, art. 11",
            )
        )
    return fautes


def _naissance(forum: Forum, expose: Expose, le: date) -> list[Motif]:
    if expose.naissance is not None and expose.naissance > le:
        return [_loi("naissance_future", "La date de naissance est dans le futur.", "Vérification de saisie")]
    if hors_age(volet=forum.volet, naissance=expose.naissance, le=le):
        return [
            Motif(
                "limite_age",
                "La personne a 25 ans ou plus : ce groupe du volet des jeunes ne peut rien en conserver.",
                "CNIL, délibération n° 2014-262, art. 5 (référence)",
                Force.LOI,
            )
        ]
    return []


def parentalite_d_abord(tranche: str) -> bool:
    """Before 12, support to the parents is proposed first (fiches 1 and 5)."""
    return tranche == MOINS_DE_12


#: Decision of the list -> the state it leads to.
EFFETS: Final = {
    "retenu": EtatSignalement.OUVERT,
    "ajourne": EtatSignalement.INSCRIT,
    "non_retenu": EtatSignalement.NON_RETENU,
    "droit_commun": EtatSignalement.ORIENTE,
    "cddf": EtatSignalement.ORIENTE,
    "autorite": EtatSignalement.ORIENTE,
}


def juger_decision(*, etat: str, decision: str) -> Verdict:
    """Whether this collective decision is open on a signalement in this state."""
    if decision not in EFFETS:
        return Verdict.refus(
            [_loi("decision_inconnue", "Cette décision n’existe pas pour un signalement.", FICHE_1)]
        )
    if not possible(TRANSITIONS_SIGNALEMENT, etat, EFFETS[decision]):
        return Verdict.refus(
            [Motif("deja_decide", "Le groupe a déjà décidé de ce signalement.", FICHE_1, Force.USAGE)]
        )
    return Verdict.accord()


def etat_d_une_remise(decision: str) -> str:
    """What ``suite`` holds once the gate of that decision was used."""
    return f"{decision}_remis"


def juger_remise(*, suite: str, decision: str, role: str) -> Verdict:
    """Whether a member may hand a signalement over where the groupe proposed it. ``suite``: its decision."""
    motifs = []
    if role == "maire":
        texte = "Vous lisez ce signalement ; un professionnel du groupe le remet."
        motifs.append(Motif("lecture_seule", texte, "CSI, art. L. 132-3 et L. 132-5", Force.DOCTRINE))
    if suite == etat_d_une_remise(decision):
        texte = "Ce signalement a déjà été remis : la porte ne sert qu’une fois."
        motifs.append(Motif("deja_remis", texte, FICHE_1, Force.USAGE))
    elif suite != decision:
        texte = "Le groupe n’a pas décidé cette suite pour ce signalement."
        motifs.append(_loi("sans_decision_collective", texte, FICHE_1))
    return Verdict.selon(motifs)
