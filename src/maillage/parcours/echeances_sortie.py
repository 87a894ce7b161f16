"""What a plan of exit makes due: gaps to mend before they happen, supports to confirm, measures that end.

For the référent of the person, and for the coordinator of the groupe.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from maillage.instances.api import CercleVu, Role
from maillage.parcours.etats_sortie import EtatPlan
from maillage.parcours.models import EtapeDeSortie, PlanDeSortie
from maillage.parcours.selectors.sortie import continuite_de, domaine_cache, lue
from maillage.situations.api import Brute, Designation, EtatSituation, ici_dans, visibles
from maillage.socle.contexte import acteur_courant

#: A roof or a job is not found in a day: the gap is to be mended a month before its first day.
JOURS_POUR_AGIR = 30
LIMITE = 50
#: The code said instead of a domain hidden from the reader.
NEUTRE = "accompagnement"


def echeances(cercles: Mapping[int, CercleVu], jour: date, horizon: date) -> Iterable[Brute]:
    """Everything due up to ``horizon`` on the open plans of the actor. Two queries, whatever their number."""
    plans = list(_plans(cercles, horizon))
    etapes: dict[int, list[EtapeDeSortie]] = {plan.pk: [] for plan in plans}
    for etape in visibles(EtapeDeSortie).filter(plan__in=etapes).order_by("pk"):
        etapes[etape.plan_id].append(etape)
    lecteurs = ici_dans(cercles[plan.cercle_id] for plan in plans)
    for plan in plans:
        acteur = lecteurs[plan.cercle_id]
        siennes = etapes[plan.pk]
        for trou in continuite_de(plan, siennes).trous:
            agir = trou.du - timedelta(days=JOURS_POUR_AGIR)
            if trou.constate or agir > horizon:
                continue
            domaine = NEUTRE if domaine_cache(trou.domaine, acteur) else trou.domaine
            detail = f"{domaine}:{trou.jours or ''}:{trou.du.isoformat()}"
            yield _brute("sans_relais", plan, agir, detail)
        for etape in siennes:
            if etape.prevue_le is not None and lue(etape).a_confirmer(horizon):
                domaine = NEUTRE if domaine_cache(etape.domaine, acteur) else etape.domaine
                yield _brute("relais_a_confirmer", plan, etape.prevue_le, domaine)
        if plan.fin_effective_le is None and plan.fin_prevue_le <= horizon:
            yield _brute("fin_de_mesure", plan, plan.fin_prevue_le)


def _plans(cercles: Mapping[int, CercleVu], horizon: date) -> Iterable[PlanDeSortie]:
    """Open plans of the files the actor follows, or of the groupes the actor coordinates."""
    coordonnes = [cle for cle, vu in cercles.items() if vu.role == Role.COORDONNATEUR]
    suivis = Designation.objects.filter(
        cercle=OuterRef("cercle_id"),
        situation=OuterRef("situation_id"),
        referent=acteur_courant(),
        jusqua__isnull=True,
    )
    return (
        visibles(PlanDeSortie)
        .filter(
            Q(cercle__in=coordonnes) | Exists(suivis),
            etat=EtatPlan.OUVERT,
            situation__etat=EtatSituation.OUVERTE,
        )
        .select_related("situation")
        .order_by("fin_prevue_le", "pk")[:LIMITE]
    )


def _brute(genre: str, plan: PlanDeSortie, le: date, detail: str = "") -> Brute:
    situation = plan.situation
    return Brute(genre, situation.public_id, plan.cercle_id, situation.identite_id, le, detail)
