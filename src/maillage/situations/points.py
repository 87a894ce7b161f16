"""What this room puts on the agenda of a séance: signalements to examine, situations to review."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from maillage.droit.api import jour_en_lettres
from maillage.instances.points import (
    Decision,
    DecisionPrise,
    PointPropose,
    Presentation,
    SourceDePoints,
    enregistrer,
)
from maillage.situations import identites
from maillage.situations.cercles import ici
from maillage.situations.dossier import destinations
from maillage.situations.models import Signalement, Situation
from maillage.situations.rules import conservation
from maillage.situations.rules.signalement import parentalite_d_abord
from maillage.situations.selectors import a_examiner, a_revoir, archives_de, une, visibles
from maillage.situations.services.cloture import decider_de_la_situation
from maillage.situations.services.signalements import decider_du_signalement, marquer_l_inscription
from maillage.situations.states import A_EXAMINER, LIBELLES, EtatSituation
from maillage.strategie.api import liste

#: A review is proposed to a séance when it falls within this delay after it.
AVANCE = timedelta(days=31)
#: Decision -> the closed list that makes it precise.
PRECISIONS = {"clore": "issues_cloture", "orienter": "destinations_orientation"}


# --- Signalements ----------------------------------------------------------------------------------


def proposer_signalements(cercle: int, le: date) -> Sequence[PointPropose]:
    """Those no groupe has decided on, the nearest to erasure first, whatever the day of the séance."""
    lignes = list(a_examiner(cercle))
    noms = identites.lire_plusieurs(s.identite_id for s in lignes)
    motifs = liste("motifs_signalement")
    return [
        PointPropose(
            objet=s.public_id,
            titre=noms[s.identite_id].nom_complet,
            motif=f"Signalement : {motifs.item(s.motif).libelle.lower()}",
            echeance=s.expire_le,
        )
        for s in lignes
    ]


def presenter_signalements(cercle: int, objets: Sequence[UUID]) -> Mapping[UUID, Presentation]:
    """Only what the actor reads: a hidden or erased one is left out, an archived one shows its number."""
    lignes = list(visibles(Signalement).filter(cercle=cercle, public_id__in=list(objets)))
    archives = archives_de(lignes)
    noms = identites.lire_plusieurs(s.identite_id for s in lignes if s.pk not in archives)
    motifs = liste("motifs_signalement")
    return {
        s.public_id: Presentation(
            titre=f"Situation n° {archives[s.pk].numero}"
            if s.pk in archives
            else noms[s.identite_id].nom_complet,
            sous_titre="Signalement archivé"
            if s.pk in archives
            else f"Signalement : {motifs.item(s.motif).libelle.lower()}",
            url=reverse("situations:signalement", args=[s.public_id]),
            etat=LIBELLES[s.etat],
        )
        for s in lignes
    }


def decisions_du_signalement(cercle: int, objet: UUID) -> Sequence[Decision]:
    """The decisions open on a signalement; before 12, support to the parents is proposed first."""
    lu = une(Signalement, objet)
    if lu.etat not in A_EXAMINER:
        return []
    jour = ici(cercle).jour
    efface_le = conservation.expiration_signalement(recu_le=lu.recu_le, decide_le=jour)
    choix = []
    for item in liste("decisions_signalement", jour):
        if item.code == "ajourne":
            continue  # the séance has its own « reporter », which changes nothing in the file
        effet = item.attributs["efface"]
        choix.append(
            Decision(
                code=item.code,
                libelle=item.libelle,
                consequence=f"{item.aide} Effacé le {jour_en_lettres(efface_le)}." if effet else item.aide,
                echeance=efface_le if effet else None,
            )
        )
    if parentalite_d_abord(lu.tranche_age):
        premier = ("cddf", "droit_commun")
        choix.sort(key=lambda decision: decision.code not in premier)
    return choix


def appliquer_au_signalement(prise: DecisionPrise) -> None:
    decider_du_signalement(
        cercle=prise.cercle,
        signalement=prise.objet,
        decision=prise.decision,
        precision=prise.precision,
        seance=prise.seance,
        le=prise.le,
    )


def signalement_inscrit(cercle: int, objet: UUID) -> None:
    """An agenda has it: the lists say so."""
    marquer_l_inscription(cercle=cercle, signalement=objet, inscrit=True)


def signalement_retire(cercle: int, objet: UUID) -> None:
    """No agenda has it any more."""
    marquer_l_inscription(cercle=cercle, signalement=objet, inscrit=False)


# --- Situations ------------------------------------------------------------------------------------


def proposer_situations(cercle: int, le: date) -> Sequence[PointPropose]:
    """Open situations whose review is due around the séance of that day, or is already late."""
    jour = ici(cercle).jour
    avant = max(le, jour) + AVANCE
    lignes = list(a_revoir(cercle, avant))
    noms = identites.lire_plusieurs(s.identite_id for s in lignes)
    return [
        PointPropose(
            objet=s.public_id,
            titre=noms[s.identite_id].nom_complet,
            motif="Revue en retard" if s.revue_le < jour else "Revue du suivi",
            echeance=s.revue_le,
        )
        for s in lignes
    ]


def presenter_situations(cercle: int, objets: Sequence[UUID]) -> Mapping[UUID, Presentation]:
    """Only what the actor reads. A closed one is shown by its number: its names are archived."""
    lignes = list(visibles(Situation).filter(cercle=cercle, public_id__in=list(objets)))
    noms = identites.lire_plusieurs(s.identite_id for s in lignes if s.etat == EtatSituation.OUVERTE)
    return {
        s.public_id: Presentation(
            titre=noms[s.identite_id].nom_complet if s.identite_id in noms else f"Situation n° {s.numero}",
            sous_titre=f"Situation n° {s.numero}"
            if s.identite_id in noms
            else "Close, nom en archive fermée",
            url=reverse("situations:situation", args=[s.public_id]),
            etat=LIBELLES[s.etat],
        )
        for s in lignes
    }


def decisions_de_la_situation(cercle: int, objet: UUID) -> Sequence[Decision]:
    """The decisions open on a situation, each with what follows and when."""
    lue = une(Situation, objet)
    if lue.etat != EtatSituation.OUVERTE:
        return []
    jour = ici(cercle).jour
    prolongee = conservation.prochaine_revue(le=jour, destruction=lue.expire_le)
    echeances = {"poursuivre": lue.revue_le, "prolonger": prolongee}
    suites = {
        "poursuivre": f"La revue reste fixée au {jour_en_lettres(lue.revue_le)}.",
        "prolonger": f"La prochaine revue est fixée au {jour_en_lettres(prolongee)}.",
        "designer_referent": "La désignation se fait ensuite sur la page de la situation.",
        "changer_referent": "Le relais se date ensuite sur la page de la situation.",
    }
    return [
        Decision(
            code=item.code,
            libelle=item.libelle,
            consequence=suites.get(item.code, item.aide),
            echeance=echeances.get(item.code),
            precisions=liste(PRECISIONS[item.code], jour).choix() if item.code in PRECISIONS else (),
        )
        for item in liste("decisions_situation", jour)
        if not (item.code == "poursuivre" and lue.revue_le < jour)
    ]


def precisions_de_la_situation(cercle: int) -> Mapping[str, Mapping[str, str]]:
    """Where an orientation leads, in words the actor may read."""
    return {"orienter": destinations(ici(cercle))}


def appliquer_a_la_situation(prise: DecisionPrise) -> None:
    decider_de_la_situation(
        cercle=prise.cercle,
        situation=prise.objet,
        decision=prise.decision,
        precision=prise.precision,
        seance=prise.seance,
        le=prise.le,
    )


SIGNALEMENTS = SourceDePoints(
    genre="signalement",
    libelle="Signalements à examiner",
    proposer=proposer_signalements,
    presenter=presenter_signalements,
    decisions=decisions_du_signalement,
    appliquer=appliquer_au_signalement,
    libelles={item.code: item.libelle for item in liste("decisions_signalement")},
    inscrire=signalement_inscrit,
    retirer=signalement_retire,
)
SITUATIONS = SourceDePoints(
    genre="situation",
    libelle="Situations à revoir",
    proposer=proposer_situations,
    presenter=presenter_situations,
    decisions=decisions_de_la_situation,
    appliquer=appliquer_a_la_situation,
    libelles={item.code: item.libelle for item in liste("decisions_situation")},
    precisions=precisions_de_la_situation,
)


def enregistrer_les_sources() -> None:
    """Offer both to the agenda; called once, when the application starts."""
    enregistrer(SIGNALEMENTS)
    enregistrer(SITUATIONS)
