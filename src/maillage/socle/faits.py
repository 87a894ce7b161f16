"""Anonymous facts: what yearly figures are made of, written with the event they count.

They outlive the rows that named someone, so a past year never changes (CSI, art. L. 132-5: figures
are given to those who may not read any file). ``fil`` is random and known only to the living file:
once that file is erased nothing leads back to a person.
"""

import uuid
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db.models import Max, Sum

from maillage.socle.models import FaitStatistique

EVENEMENTS = frozenset(
    {
        "signalement",
        "decision",
        "ouverture",
        "cloture",
        "terme",
        "orientation",
        "seance",
        "contact",
        "designation",
        "bilan",
        "lettre",
        "proposition",
        "participation",
        "fin_participation",
        "refus_accueil",
        "besoin_sans_reponse",
        "plan_de_sortie",
        "convention_signee",
        "convention_amendee",
        "convention_resiliee",
        "rappel",
        "rappel_position",
        "rappel_suite",
        "avis_demande",
        "avis_recu",
        "sport",
        "sport_decision",
        "sport_reparation",
        "sport_heures",
        "famille_saisie",
        "famille_entendue",
        "famille_suite",
        "famille_departement",
        "famille_close",
        "droit_demande",
        "droit_reponse",
        "droit_retard",
        "droit_limitation",
        "droit_levee",
        "transaction",
        "transaction_issue",
        "transaction_proposee",
        "transaction_euros",
        "transaction_heures",
    }
)


class EvenementInconnuError(LookupError):
    """Only declared events are counted: a new one needs its definition in the reports."""


class Colonnes(TypedDict, total=False):
    """The coarse columns a fact may carry: codes of closed lists, days, a count."""

    genre: str
    exposition: str
    tranche_age: str
    sexe: str
    qpv: str
    origine: str
    motif: str
    issue: str
    delai_jours: int | None
    nombre: int


def noter(
    evenement: str,
    *,
    le: date | datetime,
    instance: int,
    departement: str,
    volet: str = "",
    fil: uuid.UUID | None = None,
    **colonnes: Unpack[Colonnes],
) -> None:
    """Count an event in its month. ``instance`` is the council's id; the day itself is not kept."""
    if evenement not in EVENEMENTS:
        raise EvenementInconnuError(evenement)
    jour = le.date() if isinstance(le, datetime) else le
    FaitStatistique.objects.create(
        evenement=evenement,
        mois=jour.replace(day=1),
        instance=instance,
        departement=departement,
        volet=volet,
        fil=fil or uuid.uuid4(),
        **colonnes,
    )


#: What makes two facts the same for every reader of figures: all but which row it is, and how many.
_IDENTIQUES = tuple(
    champ.name for champ in FaitStatistique._meta.concrete_fields if champ.name not in {"id", "nombre"}
)


def compenser(
    evenement: str, *, fil: uuid.UUID, le: date, aujourd_hui: date, genre: str, delai_jours: int
) -> bool:
    """Take back the fact counted on ``le`` for an entry its author withdraws: facts are only ever added.

    The opposite fact stands in the same month, so that both add up to nothing. A year that is over keeps
    its figures: nothing is written then, and the answer is False. So it is when no such fact still counts.
    """
    if le.year != aujourd_hui.year:
        return False
    groupes = (
        FaitStatistique.objects.filter(
            evenement=evenement, fil=fil, mois=le.replace(day=1), genre=genre, delai_jours=delai_jours
        )
        .values(*_IDENTIQUES)
        .annotate(reste=Sum("nombre"), dernier=Max("pk"))
        .filter(reste__gt=0)
        .order_by("-dernier")
    )
    groupe = groupes.first()
    if groupe is None:
        return False
    FaitStatistique.objects.create(nombre=-1, **{colonne: groupe[colonne] for colonne in _IDENTIQUES})
    return True


def reprendre(*, fil: uuid.UUID, instance: int, aujourd_hui: date) -> int:
    """Take back everything a file has counted this year, when another file takes its place. How many facts.

    The opposite of each stands in its own month. Years that are over keep their figures: a report once
    closed never changes.
    """
    groupes = (
        FaitStatistique.objects.filter(
            instance=instance,
            mois__gte=date(aujourd_hui.year, 1, 1),
            mois__lt=date(aujourd_hui.year + 1, 1, 1),
        )
        .filter(fil=fil)
        .values(*_IDENTIQUES)
        .annotate(reste=Sum("nombre"))
        .exclude(reste=0)
        .order_by("mois", "evenement", "issue")
    )
    lus = list(groupes)
    FaitStatistique.objects.bulk_create(
        FaitStatistique(nombre=-groupe["reste"], **{colonne: groupe[colonne] for colonne in _IDENTIQUES})
        for groupe in lus
    )
    return len(lus)
