"""What waits for the référent in the paths: an answer to ask, a reception to recall, an end to decide on."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from maillage.droit.api import entier
from maillage.instances.api import CercleVu
from maillage.parcours.models import Orientation, Participation
from maillage.parcours.rules.orientation import rappel_le
from maillage.parcours.states import FINIES, EtatOrientation, EtatParticipation
from maillage.situations.api import Brute, EtatSituation, visibles
from maillage.socle.contexte import acteur_courant

LIMITE = 50
#: A proposal without an answer is asked again after this delay.
JOURS_POUR_REPONDRE = 14


def echeances(cercles: Mapping[int, CercleVu], jour: date, horizon: date) -> Iterable[Brute]:
    """Only the files the actor follows as référent; the dates decide the order, nothing else."""
    miens = {
        "cercle__in": list(cercles),
        "situation__etat": EtatSituation.OUVERTE,
        "situation__designations__referent": acteur_courant(),
        "situation__designations__jusqua__isnull": True,
    }
    attendues = visibles(Orientation).filter(etat=EtatOrientation.PROPOSEE, **miens)
    for orientation in attendues.select_related("situation").order_by("proposee_le", "pk")[:LIMITE]:
        du = orientation.proposee_le + timedelta(days=JOURS_POUR_REPONDRE)
        if du <= horizon:
            yield _brute("reponse", orientation, du)
    rappel = timedelta(days=entier("parcours.rappel_jours", jour))
    transmises = visibles(Participation).filter(
        etat=EtatParticipation.TRANSMISE, accuse_avant__lte=horizon + rappel, **miens
    )
    for lue in transmises.select_related("situation", "orientation").order_by("accuse_avant", "pk")[:LIMITE]:
        retard = lue.accuse_avant < jour
        du = lue.accuse_avant if retard else rappel_le(lue.accuse_avant)
        yield _brute("accuse", lue.orientation, du, "retard" if retard else lue.accuse_avant.isoformat())
    finies = (
        visibles(Participation)
        .filter(etat__in=FINIES, orientation__etat=EtatOrientation.TRANSMISE, **miens)
        .select_related("situation", "orientation")
        .order_by("finie_le", "pk")[:LIMITE]
    )
    for lue in finies:
        yield _brute("suite", lue.orientation, lue.finie_le or jour)
    delai = timedelta(days=entier("parcours.bilan_mesure_jours", jour))
    mesures = visibles(Participation).filter(
        etat=EtatParticipation.COMMENCEE,
        heures_prevues__isnull=False,
        reunion_le__isnull=True,
        fin_prevue__lte=horizon + delai,
        **miens,
    )
    for lue in mesures.select_related("situation", "orientation").order_by("fin_prevue", "pk")[:LIMITE]:
        yield _brute("fin_mesure", lue.orientation, (lue.fin_prevue or jour) - delai)


def _brute(genre: str, lue: Orientation, le: date, detail: str = "") -> Brute:
    return Brute(f"parcours_{genre}", lue.public_id, lue.cercle_id, lue.situation.identite_id, le, detail)
