"""Bring a signalement to the groupe, and apply what the groupe decides of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict, echeance_mois, entier
from maillage.situations import identites, recits
from maillage.situations.cercles import Ici, decision_de_seance, ici, ici_par_public_id, prochaine_seance
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant
from maillage.situations.models import Identite, Signalement, Situation
from maillage.situations.rules import ages, conservation
from maillage.situations.rules import signalement as regles
from maillage.situations.selectors import une, visibles
from maillage.situations.services.commun import exiger, refuser_le_secret
from maillage.situations.services.ouverture import ouvrir_situation
from maillage.situations.states import TRANSITIONS_SIGNALEMENT, EtatSignalement, possible
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.rules import plafond
from maillage.socle.services import commande, modifier


@commande
def faire_signalement(
    *,
    cercle: UUID,
    personne: DonneesIdentite,
    exposition: str,
    motif: str,
    origine: str,
    texte: str = "",
    tranche: str = "",
    representants: Sequence[DonneesRepresentant] = (),
    rapprocher_de: UUID | None = None,
) -> Signalement:
    """Record what a member brings (fiche 1). It is erased on ``expire_le`` unless the groupe decides.

    ``tranche`` is needed only where the birth date is unknown. ``rapprocher_de`` is the identity of the
    same cercle that the author recognised as the same person: theirs is then not recorded twice.
    """
    acteur = ici_par_public_id(cercle)
    existante = une(Identite, rapprocher_de) if rapprocher_de else None
    connue = identites.lire(existante.pk).donnees if existante is not None else personne
    naissance = connue.naissance or personne.naissance
    if naissance is not None and naissance <= acteur.jour:
        tranche = ages.tranche(naissance, acteur.jour)
    expose = regles.Expose(motif, origine, exposition, tranche, naissance)
    exiger(regles.juger_signalement(forum=acteur.forum, expose=expose, le=acteur.jour), cercle)
    refuser_le_secret(texte, cercle)
    if existante is not None and existante.cercle_id != acteur.cercle:
        exiger(Verdict.refus([AUTRE_CERCLE]), cercle)
    cle = (
        existante.pk
        if existante is not None
        else identites.creer(cercle=acteur.cercle, donnees=personne, representants=representants)
    )
    cree = recits.creer(
        Signalement,
        identite=cle,
        texte=texte,
        cercle_id=acteur.cercle,
        identite_id=cle,
        exposition=exposition,
        motif=motif,
        origine=origine,
        tranche_age=tranche,
        recu_le=acteur.jour,
        auteur_id=acteur.compte,
        expire_le=_expiration(acteur, naissance),
    )
    noter(
        "signalement",
        le=acteur.jour,
        instance=acteur.vu.conseil_pk,
        departement=acteur.vu.departement_code,
        volet=acteur.volet,
        fil=cree.fil,
        exposition=exposition,
        tranche_age=tranche,
        sexe=connue.sexe,
        origine=origine,
        motif=motif,
    )
    journaliser("signalement", objet=cree.public_id, cercle=acteur.cercle, details={"motif": motif})
    return cree


AUTRE_CERCLE = Motif(
    "autre_cercle",
    "Cette personne est connue d’un autre groupe : rien ne relie deux groupes.",
    regles.L132_5,
    Force.LOI,
)


def _expiration(acteur: Ici, naissance: date | None) -> date:
    seance = prochaine_seance(acteur.cercle)
    prevue = conservation.expiration_signalement(
        recu_le=acteur.jour, seance_le=seance.date() if seance is not None else None
    )
    return min([prevue, *_limite(acteur, naissance)])


def _limite(acteur: Ici, naissance: date | None) -> list[date]:
    """The birthday no record of the youth strand outlives, where the birth date is known."""
    if acteur.volet != "jeune" or naissance is None:
        return []
    limite = plafond(le=acteur.jour, naissance=naissance)
    return [limite] if limite is not None else []


@commande
def decider_du_signalement(
    *, cercle: int, signalement: UUID, decision: str, precision: str, seance: UUID, le: date
) -> Situation | None:
    """Apply the collective decision recorded in that séance. Returns the situation when one is opened."""
    acteur = ici(cercle)
    lu = une(Signalement, signalement, verrou=True)
    exiger(regles.juger_decision(etat=lu.etat, decision=decision), lu, statut=409)
    if not decision_de_seance(cercle, seance=seance, objet=signalement, decision=decision):
        exiger(Verdict.refus([SANS_DECISION]), lu)
    noter(
        "decision",
        le=le,
        instance=acteur.vu.conseil_pk,
        departement=acteur.vu.departement_code,
        volet=acteur.volet,
        fil=lu.fil,
        genre=decision,
        exposition=lu.exposition,
        tranche_age=lu.tranche_age,
        origine=lu.origine,
        motif=lu.motif,
        delai_jours=(le - lu.recu_le).days,
    )
    journaliser("signalement_decide", objet=lu.public_id, cercle=cercle, details={"decision": decision})
    if decision == "retenu":
        return ouvrir_situation(acteur=acteur, signalement=lu, seance=seance, le=le)
    _clore_le_signalement(acteur, lu, decision=decision, precision=precision, le=le)
    return None


def _clore_le_signalement(acteur: Ici, lu: Signalement, *, decision: str, precision: str, le: date) -> None:
    etat = regles.EFFETS[decision]
    if decision == "ajourne":
        expire_le = max(lu.expire_le, echeance_mois(le, entier("conservation.signalement_mois", le)))
    else:
        expire_le = conservation.expiration_signalement(recu_le=lu.recu_le, decide_le=le)
    naissance = identites.lire(lu.identite_id).donnees.naissance
    modifier(
        Signalement.objects.filter(pk=lu.pk),
        version=lu.version,
        etat=etat.value,
        decision_le=le,
        suite=precision or decision,
        expire_le=min([expire_le, *_limite(acteur, naissance)]),
    )


@commande
def marquer_l_inscription(*, cercle: int, signalement: UUID, inscrit: bool) -> None:
    """Follow the agendas: "inscrit" while a séance to come has it, "reçu" again when none does.

    A signalement already decided, or erased since, has nothing to follow.
    """
    lu = visibles(Signalement).filter(cercle=cercle, public_id=signalement).select_for_update().first()
    vers = EtatSignalement.INSCRIT if inscrit else EtatSignalement.RECU
    if lu is None or lu.etat == vers or not possible(TRANSITIONS_SIGNALEMENT, lu.etat, vers):
        return
    modifier(Signalement.objects.filter(pk=lu.pk), version=lu.version, etat=vers.value)


SANS_DECISION = Motif(
    "sans_decision_collective",
    "Aucune décision du groupe n’est inscrite pour ce dossier dans cette séance.",
    regles.FICHE_1,
    Force.LOI,
)
