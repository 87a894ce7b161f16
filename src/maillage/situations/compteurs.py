"""What the menu counts beside the files: only what waits for this very person, in one query, capped."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Value

from maillage.situations.models import Designation, Signalement, Situation
from maillage.situations.selectors import PLAFOND, Compte
from maillage.situations.states import A_EXAMINER, EtatSituation
from maillage.socle.contexte import acteur_courant

_A_EXAMINER, _A_REVOIR = "a_examiner", "a_revoir"


@dataclass(frozen=True, slots=True)
class Attendus:
    """Signalements the groupe has not decided on, follow-ups whose review has come."""

    a_examiner: Compte
    a_revoir: Compte


def attendus(*, lus: Mapping[int, date], coordonnes: Collection[int]) -> Attendus:
    """For the coordinator, those of the groupes coordinated; for a référent, their own follow-ups.

    ``lus``: the cercles the actor reads now, each with today's date in its territory; the wall of the
    database says it again.
    """
    if not lus:
        return Attendus(_plafonner(0), _plafonner(0))
    a_examiner = Signalement.objects.filter(
        cercle__in=set(coordonnes) & set(lus), etat__in=[etat.value for etat in A_EXAMINER]
    )
    suivie = Designation.objects.filter(
        situation=OuterRef("pk"),
        cercle=OuterRef("cercle_id"),
        referent=acteur_courant(),
        jusqua__isnull=True,
    )
    a_revoir = Situation.objects.filter(
        Q(cercle__in=coordonnes) | Exists(suivie),
        cercle__in=lus,
        etat=EtatSituation.OUVERTE,
    ).filter(_revue_venue(lus))
    lignes = (
        a_examiner.order_by()
        .values_list(Value(_A_EXAMINER), flat=True)[: PLAFOND + 1]
        .union(a_revoir.order_by().values_list(Value(_A_REVOIR), flat=True)[: PLAFOND + 1], all=True)
    )
    nombres = Counter(lignes)
    return Attendus(_plafonner(nombres[_A_EXAMINER]), _plafonner(nombres[_A_REVOIR]))


def _revue_venue(lus: Mapping[int, date]) -> Q:
    """Reviews whose day has come where the groupe meets: two dates at most at once."""
    venue = Q()
    for jour in set(lus.values()):
        venue |= Q(cercle__in=[cercle for cercle, ici in lus.items() if ici == jour], revue_le__lte=jour)
    return venue


def _plafonner(nombre: int) -> Compte:
    return Compte(min(nombre, PLAFOND), nombre > PLAFOND)
