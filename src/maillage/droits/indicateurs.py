"""What the DPO counts, from anonymous facts and from the journal's words: never a file, never a name."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Avg, Sum

from maillage.instances.api import Conseil
from maillage.socle.models import FaitStatistique
from maillage.strategie.api import liste

#: What the journal's events count as.
GENRES = (
    (
        "Lectures de dossiers",
        ("lecture_situation", "lecture_signalement", "lecture_mesure_sport", "archive_consultee"),
    ),
    ("Listes et recherches", ("lecture_liste", "recherche")),
    ("Refus", ("refus", "introuvable")),
    ("Documents et exports", ("document_compose", "export_droit", "export", "lettre_information")),
    (
        "Habilitations données ou finies",
        ("habilitation_accordee", "habilitation_renouvelee", "habilitation_finie"),
    ),
    ("Effacements certifiés", ("destruction",)),
)


@dataclass(frozen=True, slots=True)
class Demandes:
    """The requests of a year about one right. ``delai``: mean days to answer, None without an answer."""

    droit: str
    recues: int
    accordees: int
    refusees: int
    tardives: int
    delai: int | None


@dataclass(frozen=True, slots=True)
class Certificat:
    """A destruction, as the journal certifies it: when, how many files, their pseudonyms."""

    le: date
    nombre: int
    pseudonymes: tuple[str, ...]


def demandes_de_l_annee(conseil: Conseil, annee: int) -> list[Demandes]:
    """By right, from the facts: they stay when the requests are erased."""
    faits = FaitStatistique.objects.filter(instance=conseil.pk, mois__year=annee)
    rangees = []
    for item in liste("droits_personnes"):
        siens = faits.filter(genre=item.code)
        reponses = siens.filter(evenement="droit_reponse")
        issues = Counter(dict(reponses.values_list("issue").annotate(combien=Sum("nombre"))))
        moyen = reponses.aggregate(moyen=Avg("delai_jours"))["moyen"]
        rangees.append(
            Demandes(
                item.libelle,
                siens.filter(evenement="droit_demande").count(),
                issues["accordee"] + issues["partielle"],
                issues["refusee"],
                siens.filter(evenement="droit_retard").count(),
                round(moyen) if moyen is not None else None,
            )
        )
    return rangees


def activite(conseil: Conseil, annee: int) -> list[tuple[str, int]]:
    """What the journal counted in the council's cercles that year, for who answers for its register."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT evenement, nombre FROM socle.activite_du_conseil(%s, %s, %s)",
            [conseil.pk, datetime(annee, 1, 1, tzinfo=UTC), datetime(annee + 1, 1, 1, tzinfo=UTC)],
        )
        comptes = Counter(dict(curseur.fetchall()))
    return [(libelle, sum(comptes[code] for code in codes)) for libelle, codes in GENRES]


def certificats(conseil: Conseil, annee: int) -> list[Certificat]:
    """The certificates of destruction of that year, the last first."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT le, details FROM socle.destructions_du_conseil(%s, %s, %s)",
            [conseil.pk, datetime(annee, 1, 1, tzinfo=UTC), datetime(annee + 1, 1, 1, tzinfo=UTC)],
        )
        lignes = curseur.fetchall()
    faits = []
    for instant, details in lignes:
        cles = [cle for valeur in details.values() if isinstance(valeur, list) for cle in valeur]
        faits.append(Certificat(instant.date(), len(cles), tuple(cles)))
    return faits
