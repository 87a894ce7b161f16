"""The person's agreement after the transmission: taken back, the body does not begin; given again, it may.

The body reads that it must wait, and since when. Neither the answer nor what was stated reaches it.
"""

from datetime import date
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.parcours.models import Participation
from maillage.parcours.rules import orientation as regles
from maillage.parcours.services.orientations import RESTAURATIVE, dispositif_pour, juger_l_entree
from maillage.parcours.services.participations import (
    Suivie,
    exiger_du_groupe,
    participation_a_modifier,
)
from maillage.situations.api import Ici, Situation, exiger, ici, visibles
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier


@commande
def retirer_l_accord(*, participation: UUID, version: int, le: date) -> None:
    """The person takes back their agreement before the first day: the body is asked not to begin."""
    suivie = _du_groupe(participation)
    lue = suivie.participation
    verdict = regles.juger_retrait(
        etat=lue.etat,
        suspendue=lue.suspendue_le is not None,
        le=le,
        accord_le=lue.orientation.reponse_le or lue.transmise_le,
        aujourd_hui=suivie.jour,
    )
    exiger(verdict, lue)
    _suspendre(lue, version=version, le=le)


@commande
def noter_un_nouvel_accord(*, participation: UUID, version: int, le: date) -> None:
    """The person agrees again: the body may begin, unless the law of the scheme still opposes it."""
    suivie = _du_groupe(participation)
    lue = suivie.participation
    verdict = regles.juger_nouvel_accord(
        etat=lue.etat,
        suspendue_le=lue.suspendue_le,
        le=le,
        aujourd_hui=suivie.jour,
        entree=_ce_que_dit_la_loi(lue, ici(lue.cercle_id)),
    )
    exiger(verdict, lue)
    modifier(Participation.objects.filter(pk=lue.pk), version=version, suspendue_le=None)
    journaliser("accord_rendu", objet=lue.public_id, cercle=lue.cercle_id)


def suspendre_selon_les_enonces(situation: Situation, acteur: Ici) -> None:
    """A consent stated as taken back stops every restorative measure that has not begun (CPP, art. 10-1).

    Called in the command that records the statement. Stated again, it lets nothing begin by itself: the
    référent notes the new agreement, and the law is asked then.
    """
    attendues = (
        visibles(Participation)
        .filter(situation=situation, etat__in=regles.PAS_COMMENCEES, suspendue_le__isnull=True)
        .select_related("orientation")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    for lue in attendues:
        if not _ce_que_dit_la_loi(lue, acteur).ok:
            _suspendre(lue, version=lue.version, le=acteur.jour)


def _suspendre(lue: Participation, *, version: int, le: date) -> None:
    modifier(Participation.objects.filter(pk=lue.pk), version=version, suspendue_le=le)
    journaliser("accord_retire", objet=lue.public_id, cercle=lue.cercle_id)


def _ce_que_dit_la_loi(lue: Participation, acteur: Ici) -> Verdict:
    """What still opposes a restorative measure; the other schemes are judged at their transmission alone."""
    orientation, situation = lue.orientation, lue.situation
    dispositif = dispositif_pour(orientation.dispositif_code, acteur.vu.conseil_pk, lue.public_id)
    if dispositif.regle != RESTAURATIVE:
        return Verdict.accord()
    entree = juger_l_entree(orientation, situation, acteur, acteur.jour)
    manque = [motif for motif in entree.motifs if motif.code == "consentement_manquant"]
    return Verdict.selon(manque)


def _du_groupe(participation: UUID) -> Suivie:
    suivie = participation_a_modifier(participation)
    exiger_du_groupe(suivie)
    return suivie
