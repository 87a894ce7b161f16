"""Euros paid and hours worked: sums that may be shown without giving back one person's.

A count above the threshold says nothing of anyone; a sum may. It is shown when more persons than the
threshold carry it, and rounded down, so that two readings of a year do not tell what one payment was. A sum
of councils is shown only if what its readers cannot already subtract is also carried by more persons.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from maillage.pilotage.bilan import Chiffre
from maillage.socle.diffusion import Cellule, Mention
from maillage.socle.models import FaitStatistique


@dataclass(frozen=True, slots=True)
class Somme:
    """What is added up, in its smallest unit, and how many persons carry it."""

    valeur: int = 0
    personnes: int = 0


@dataclass(frozen=True, slots=True)
class Mesure:
    """A sum of the report. ``diviseur``: from the facts to the unit shown; ``pas``: the rounding."""

    code: str
    evenement: str
    libelle: str
    unite: str
    diviseur: int
    pas: int
    definition: str


ARRONDI: Final = "Somme arrondie en dessous ; montrée si assez de personnes la portent."
MESURES: Final = (
    Mesure(
        "transactions_euros",
        "transaction_euros",
        "Réparations versées à la commune",
        "euros",
        100,
        100,
        f"Versements notés dans l’année pour des transactions homologuées. {ARRONDI}",
    ),
    Mesure(
        "transactions_heures",
        "transaction_heures",
        "Travail non rémunéré accompli",
        "heures",
        1,
        10,
        f"Heures notées dans l’année pour des transactions homologuées. {ARRONDI}",
    ),
    Mesure(
        "sport_heures",
        "sport_heures",
        "Heures de réparation dans le sport",
        "heures",
        1,
        10,
        f"Heures faites dans un équipement, notées à la fin de la réparation. {ARRONDI}",
    ),
)


@dataclass(frozen=True, slots=True)
class Noeud:
    """A report: its sum, and the reports below that its readers may hold too."""

    somme: Somme
    enfants: Sequence[Noeud] = ()


def montree(noeud: Noeud, seuil: int) -> bool:
    """Whether the sum may be shown: carried by enough persons, itself and what subtraction would leave."""
    if noeud.somme.personnes == 0:
        return True
    reste = sum(cachees(enfant, seuil) for enfant in noeud.enfants)
    return noeud.somme.personnes > seuil and (reste == 0 or reste > seuil)


def cachees(noeud: Noeud, seuil: int) -> int:
    """Persons whose sum no report shows, at this level nor below."""
    if montree(noeud, seuil):
        return 0
    if not noeud.enfants:
        return noeud.somme.personnes
    return sum(cachees(enfant, seuil) for enfant in noeud.enfants)


def cellule(noeud: Noeud, mesure: Mesure, seuil: int) -> Cellule:
    """The sum as the report shows it, rounded down to the step."""
    if not montree(noeud, seuil):
        return Cellule(None, Mention.SECRET)
    return Cellule(noeud.somme.valeur // mesure.diviseur // mesure.pas * mesure.pas)


def _ajouter(enfants: Sequence[Noeud]) -> Noeud:
    return Noeud(
        Somme(
            sum(enfant.somme.valeur for enfant in enfants),
            sum(enfant.somme.personnes for enfant in enfants),
        ),
        enfants,
    )


def arbre(par_conseil: Mapping[int, Somme], ranges: Mapping[str, Collection[int]]) -> Noeud:
    """The report above these councils. ``ranges``: councils by département; a single council is its own."""
    branches = [
        [Noeud(par_conseil.get(conseil, Somme())) for conseil in sorted(conseils)]
        for _, conseils in sorted(ranges.items())
    ]
    dessus = [feuilles[0] if len(feuilles) == 1 else _ajouter(feuilles) for feuilles in branches]
    return dessus[0] if len(dessus) == 1 else _ajouter(dessus)


def lire(conseils: Collection[int], annees: Collection[int]) -> dict[tuple[str, int], dict[int, Somme]]:
    """Sums by event and year, by council. What was taken back adds up to nothing and carries nobody."""
    lignes = (
        FaitStatistique.objects.filter(
            instance__in=conseils, evenement__in=[mesure.evenement for mesure in MESURES]
        )
        .annotate(an=ExtractYear("mois"))
        .filter(an__in=annees)
        .values("evenement", "an", "instance", "fil")
        .annotate(n=Sum("nombre"))
        .exclude(n=0)
        .order_by()
    )
    lues: dict[tuple[str, int], dict[int, Somme]] = {}
    for ligne in lignes:
        sommes = lues.setdefault((ligne["evenement"], ligne["an"]), {})
        avant = sommes.get(ligne["instance"], Somme())
        sommes[ligne["instance"]] = Somme(avant.valeur + ligne["n"], avant.personnes + 1)
    return lues


def chiffres(
    ranges: Mapping[str, Collection[int]], annee: int, seuils: tuple[int, int]
) -> tuple[Chiffre, ...]:
    """The sums of a report for the year and the one before; one that never counted anything is left out."""
    conseils = [conseil for groupe in ranges.values() for conseil in groupe]
    if not conseils:
        return ()
    lues = lire(conseils, (annee - 1, annee))
    faits = []
    for mesure in MESURES:
        ans = [lues.get((mesure.evenement, an), {}) for an in (annee - 1, annee)]
        if any(ans):
            avant, an = (
                cellule(arbre(sommes, ranges), mesure, seuil)
                for sommes, seuil in zip(ans, seuils, strict=True)
            )
            faits.append(Chiffre(mesure.code, mesure.libelle, an, avant, mesure.definition, mesure.unite))
    return tuple(faits)
