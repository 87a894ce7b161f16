"""Open a situation: the consequence of a collective decision, never an act of its own."""

from datetime import date
from uuid import UUID

from maillage.droit.api import Force, Motif, Verdict
from maillage.situations import identites
from maillage.situations.cercles import Ici, decision_de_seance
from maillage.situations.models import Numerotation, Signalement, Situation
from maillage.situations.rules import conservation
from maillage.situations.rules.signalement import FICHE_1
from maillage.situations.rules.suivi import genre_de_suivi
from maillage.situations.services.commun import exiger, noter_le_terme
from maillage.situations.states import EtatSignalement, EtatSituation
from maillage.socle.faits import noter
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier

DECISION_COLLECTIVE = Motif(
    "decision_collective_requise",
    "Une situation s’ouvre par une décision du groupe, en séance.",
    FICHE_1,
    Force.LOI,
)
NAISSANCE_REQUISE = Motif(
    "naissance_requise",
    "Indiquez la date de naissance, même estimée : elle fixe la fin de la conservation (25 ans).",
    "CNIL, délibération n° 2014-262, art. 5 (référence)",
    Force.DOCTRINE,
)
DEJA_SUIVIE = Motif(
    "deja_suivie",
    "Une situation est déjà ouverte pour cette personne dans ce groupe.",
    "Règle d’usage : un suivi par personne et par groupe",
    Force.USAGE,
)
AGE_INCERTAIN = "de_18_a_25"


@commande
def ouvrir_situation(*, acteur: Ici, signalement: Signalement, seance: UUID, le: date) -> Situation:
    """Open the follow-up the groupe decided on. ``acteur`` and ``signalement`` are locked by the caller.

    The record of the séance is read again here: no caller can open a file without a decision.
    """
    identite = identites.lire(signalement.identite_id)
    exiger(_juger(acteur, signalement, identite, seance=seance), signalement)
    reference = conservation.naissance_de_reference(identite.donnees.naissance, signalement.tranche_age, le)
    destruction = conservation.echeances_situation(
        volet=acteur.volet, le=le, naissance=reference, cloture=None
    ).destruction
    revue_le = conservation.prochaine_revue(le=le, destruction=destruction)
    ouverte = Situation.objects.create(
        cercle_id=acteur.cercle,
        identite_id=signalement.identite_id,
        signalement=signalement,
        numero=_numero(acteur.cercle, le.year),
        exposition=signalement.exposition,
        volet=acteur.volet,
        genre_suivi=genre_de_suivi(volet=acteur.volet, motif=signalement.motif),
        tranche_age=signalement.tranche_age,
        ouverte_le=le,
        ouverte_en_seance=seance,
        revue_le=revue_le,
        expire_le=destruction,
        fil=signalement.fil,
    )
    modifier(
        Signalement.objects.filter(pk=signalement.pk),
        version=signalement.version,
        etat=EtatSignalement.OUVERT.value,
        decision_le=le,
        suite="retenu",
        expire_le=destruction or revue_le,
    )
    noter(
        "ouverture",
        le=le,
        instance=acteur.vu.conseil_pk,
        departement=acteur.vu.departement_code,
        volet=acteur.volet,
        fil=ouverte.fil,
        genre=ouverte.genre_suivi,
        exposition=ouverte.exposition,
        tranche_age=ouverte.tranche_age,
        sexe=identite.donnees.sexe,
        origine=signalement.origine,
        motif=signalement.motif,
        delai_jours=(le - signalement.recu_le).days,
    )
    noter_le_terme(ouverte, instance=acteur.vu.conseil_pk, departement=acteur.vu.departement_code)
    journaliser("situation_ouverte", objet=ouverte.public_id, cercle=acteur.cercle)
    return ouverte


def _juger(
    acteur: Ici, signalement: Signalement, identite: identites.IdentiteVue, *, seance: UUID
) -> Verdict:
    motifs = []
    objet = signalement.public_id
    if not decision_de_seance(acteur.cercle, seance=seance, objet=objet, decision="retenu"):
        motifs.append(DECISION_COLLECTIVE)
    sans_date = identite.donnees.naissance is None and signalement.tranche_age == AGE_INCERTAIN
    if acteur.volet == "jeune" and sans_date:
        motifs.append(NAISSANCE_REQUISE)
    en_cours = Situation.objects.filter(
        cercle=acteur.cercle, identite=signalement.identite_id, etat=EtatSituation.OUVERTE
    )
    if en_cours.exists():
        motifs.append(DEJA_SUIVIE)
    return Verdict.selon(motifs)


def _numero(cercle: int, annee: int) -> str:
    """« 2026-031 »: the next number of the cercle's year, taken under lock and never given twice."""
    Numerotation.objects.bulk_create([Numerotation(cercle_id=cercle, annee=annee)], ignore_conflicts=True)
    ligne = Numerotation.objects.select_for_update(of=("self",)).get(cercle=cercle, annee=annee)
    modifier(Numerotation.objects.filter(pk=ligne.pk), version=ligne.version, dernier=ligne.dernier + 1)
    return f"{annee}-{ligne.dernier + 1:03d}"
