"""The next step of an orientation where its rule refuses it, and setting that reason aside.

Only two rules may be lifted here: the entry of the scheme, before the transmission, and the hours of a day of
its phase. A missing fact, a date or the law is corrected, never lifted.
"""

from dataclasses import dataclass
from uuid import UUID

from maillage.droit.api import Verdict
from maillage.parcours.models import Levee, Orientation, Participation
from maillage.parcours.rules.orientation import juger_heures_du_jour
from maillage.parcours.services.levees import lever
from maillage.parcours.services.orientations import ENTREE_PROPRE, REGLE, juger_l_entree
from maillage.parcours.services.participations import REGLE_PRESENCE
from maillage.parcours.states import EtatOrientation, EtatParticipation
from maillage.situations.api import Ici, Situation, situation_a_modifier, une, visibles
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande


@dataclass(frozen=True, slots=True)
class PasRefuse:
    """What the rule of the next step answers now, liftings not counted, and what a lifting is recorded on."""

    objet: UUID
    regle: str
    verdict: Verdict


def pas_refuse(
    lue: Orientation, derniere: Participation | None, situation: Situation, acteur: Ici
) -> PasRefuse | None:
    """The refusal that stands before the next step; None where nothing of its rule opposes it."""
    if derniere is not None and derniere.etat == EtatParticipation.COMMENCEE:
        verdict = juger_heures_du_jour(limite=derniere.heures_jour_max)
        pas = PasRefuse(derniere.public_id, REGLE_PRESENCE, verdict)
    elif _a_transmettre(lue, derniere) and lue.dispositif_code not in ENTREE_PROPRE:
        pas = PasRefuse(lue.public_id, REGLE, juger_l_entree(lue, situation, acteur, acteur.jour))
    else:
        return None
    return None if pas.verdict.ok else pas


def _a_transmettre(lue: Orientation, derniere: Participation | None) -> bool:
    if lue.etat == EtatOrientation.TRANSMISE:
        return derniere is not None and derniere.etat == EtatParticipation.DECLINEE
    return lue.etat in {EtatOrientation.PROPOSEE, EtatOrientation.ACCEPTEE}


@commande
def ecarter(*, orientation: UUID, code: str, raison: str, precision: str = "") -> Levee:
    """Set aside a reason of the next step. The rule is asked again here: the page only names the reason."""
    situation = une(Orientation, orientation).situation.public_id
    ou = situation_a_modifier(situation)
    lue = une(Orientation, orientation, verrou=True)
    derniere = visibles(Participation).filter(orientation=lue).order_by("-pk").first()
    pas = pas_refuse(lue, derniere, ou.situation, ou.ici)
    if pas is None:
        raise Introuvable(orientation)
    return lever(
        situation=situation,
        objet=pas.objet,
        regle=pas.regle,
        verdict=pas.verdict,
        code=code,
        raison=raison,
        precision=precision,
    )
