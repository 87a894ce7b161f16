"""What the DPO counts, from anonymous facts and from the journal's words: never a file, never a name."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Avg, Count, Min, Sum

from maillage.droits.models import Limitation
from maillage.droits.rules.demandes import JUSTICE
from maillage.instances.api import Conseil
from maillage.socle.contexte import en_maintenance
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


@dataclass(frozen=True, slots=True)
class Limites:
    """Files restricted or held back in a council, for one reason: how many, since when."""

    motif: str
    gele: bool
    nombre: int
    depuis: date

    @property
    def effet(self) -> str:
        if not self.gele:
            return "Retenus : ne s’effacent pas"
        return "Limités, et ne s’effacent pas" if self.retient else "Limités"

    @property
    def retient(self) -> bool:
        return self.motif == JUSTICE

    @property
    def pourquoi(self) -> str:
        return liste("motifs_limitation").item(self.motif).libelle


def limites(conseil: Conseil) -> list[Limites]:
    """What is restricted or held back now, for who answers for the register. No file is told."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT motif, gele, nombre, depuis FROM socle.limitations_du_conseil(%s)", [conseil.pk]
        )
        return [Limites(*ligne) for ligne in curseur.fetchall()]


def retenus() -> tuple[int, date | None]:
    """Files held back from the retention run, and since when: for the operator, across every wall."""
    with en_maintenance():
        lignes = Limitation.objects.filter(motif=JUSTICE, levee_le__isnull=True)
        lus = lignes.aggregate(nombre=Count("objet", distinct=True), depuis=Min("le"))
    return lus["nombre"], lus["depuis"]


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
        # A written query gives a document back as its text.
        lus = json.loads(details) if isinstance(details, str) else details
        cles = [cle for valeur in lus.values() if isinstance(valeur, list) for cle in valeur]
        faits.append(Certificat(instant.date(), len(cles), tuple(cles)))
    return faits
