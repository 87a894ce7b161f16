"""Reviews and closing: what the groupe decides of an open situation, and what follows it."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.situations import empechements, identites
from maillage.situations.cercles import decision_de_seance, ici
from maillage.situations.models import Situation
from maillage.situations.rules import conservation
from maillage.situations.rules import suivi as regles
from maillage.situations.selectors import une
from maillage.situations.services.commun import Ouverte, compter, exiger, situation_a_modifier
from maillage.situations.services.referents import finir_designation
from maillage.situations.services.signalements import SANS_DECISION
from maillage.situations.states import EtatSituation
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier


@commande
def decider_de_la_situation(
    *, cercle: int, situation: UUID, decision: str, precision: str, seance: UUID, le: date
) -> None:
    """Apply the collective decision recorded in that séance: continue, prolong, orient, close."""
    ou = situation_a_modifier(situation)
    lue = ou.situation
    verdict = regles.juger_decision(
        etat=lue.etat, decision=decision, precision=precision, revue_le=lue.revue_le, le=le
    )
    exiger(verdict, lue)
    if not decision_de_seance(cercle, seance=seance, objet=situation, decision=decision):
        exiger(Verdict.refus([SANS_DECISION]), lue)
    compter("decision", ou, genre=decision)
    if decision == "orienter":
        _compter_l_orientation(ou, precision)
    if decision == "clore":
        _clore(ou, issue=precision, le=le)
    elif decision == "prolonger":
        _prolonger(ou, le=le)
    journaliser(
        "situation_decidee", objet=lue.public_id, cercle=lue.cercle_id, details={"decision": decision}
    )


def _compter_l_orientation(ou: Ouverte, destination: str) -> None:
    """Only the family of the service is counted, on a thread of its own: it leads to no follow-up."""
    noter(
        "orientation",
        le=ou.ici.jour,
        instance=ou.ici.vu.conseil_pk,
        departement=ou.ici.vu.departement_code,
        volet=ou.ici.volet,
        genre=regles.famille_de_destination(destination),
    )


def _prolonger(ou: Ouverte, *, le: date) -> None:
    lue = ou.situation
    modifier(
        Situation.objects.filter(pk=lue.pk),
        version=lue.version,
        revue_le=conservation.prochaine_revue(le=le, destruction=lue.expire_le),
    )


@commande
def clore(*, situation: UUID, version: int, issue: str, le: date) -> None:
    """Close a follow-up: it becomes a restricted archive, then is erased (CNIL 2014-262, art. 5)."""
    ou = situation_a_modifier(situation)
    lue = ou.situation
    verdict = regles.juger_cloture(
        etat=lue.etat,
        role=ou.ici.membre.role,
        issue=issue,
        le=le,
        ouverte_le=lue.ouverte_le,
        aujourd_hui=ou.ici.jour,
    )
    exiger(verdict, lue)
    _clore(ou, issue=issue, le=le, version=version)


def _clore(ou: Ouverte, *, issue: str, le: date, version: int | None = None) -> None:
    lue = ou.situation
    exiger(empechements.juger(lue), lue)
    finir_designation(ou, motif="cloture", le=le)
    identite = identites.lire(lue.identite_id)
    reference = conservation.naissance_de_reference(
        identite.donnees.naissance, lue.tranche_age, lue.ouverte_le
    )
    echeances = conservation.echeances_situation(volet=lue.volet, le=le, naissance=reference, cloture=le)
    modifier(
        Situation.objects.filter(pk=lue.pk),
        version=lue.version if version is None else version,
        etat=EtatSituation.CLOSE.value,
        close_le=le,
        issue=issue,
        expire_le=echeances.destruction,
    )
    compter(
        "cloture",
        ou,
        genre=lue.genre_suivi,
        issue=issue,
        sexe=identite.donnees.sexe,
        delai_jours=(le - lue.ouverte_le).days,
    )
    journaliser("situation_close", objet=lue.public_id, cercle=lue.cercle_id, details={"issue": issue})


@commande
def ouvrir_archive(*, situation: UUID, motif: str) -> Situation:
    """Read a closed situation once, for a motive that is journalled. Nothing stays open afterwards."""
    lue = une(Situation, situation)
    acteur = ici(lue.cercle_id)
    verdict = regles.juger_consultation_archive(role=acteur.membre.role, motif=motif)
    exiger(verdict, lue, statut=422 if acteur.membre.role == "coordonnateur" else 403)
    journaliser("archive_consultee", objet=lue.public_id, cercle=lue.cercle_id, details={"motif": motif})
    return lue
