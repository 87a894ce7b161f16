"""Build the volume asked, in one transaction and in constant memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from psycopg import sql

from maillage.acteurs.api import Compte
from maillage.demo.simulation.conseil import Batisseur, Conseil
from maillage.demo.simulation.hasard import Hasard
from maillage.demo.simulation.personnes import Annuaire, Poste
from maillage.demo.simulation.plan import Echelle, Lieu, choisir, volumes
from maillage.demo.simulation.seances import Greffe
from maillage.demo.simulation.suivis import Memoire
from maillage.demo.simulation.tables import Chargeur, tables
from maillage.instances.api import Conseil as ConseilEnBase
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.installation import est_demonstration, marquer
from maillage.socle.journal import journaliser
from maillage.socle.temps import maintenant
from maillage.territoires.api import fuseau_de_commune

GRAINE = 31
ANNEES = 4
#: Rows kept in memory before they are written.
LOT = 40_000
NATIONAL = Poste(("Secrétariat national", "Secrétariat national"), (("national", "national", ""),))


class BaseReelleError(RuntimeError):
    """The database holds real data, or may: simulated rows never join them."""

    def __init__(self) -> None:
        super().__init__(
            "cette base n’est pas une démonstration et n’est pas vide : "
            "des données simulées ne s’y mêlent jamais."
        )


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What was built, and how fast. ``secondes``: the whole load."""

    echelle: str
    facteur: float
    graine: int
    conseils: int
    situations: int
    lignes: int
    secondes: float

    @property
    def lignes_par_seconde(self) -> int:
        return round(self.lignes / self.secondes) if self.secondes else 0


def refuser_le_reel() -> None:
    """Raises ``BaseReelleError`` unless the database is empty or a demonstration."""
    if not est_demonstration() and (Compte.objects.exists() or ConseilEnBase.objects.exists()):
        raise BaseReelleError


def simuler(
    echelle: Echelle,
    *,
    facteur: float = 1.0,
    graine: int = GRAINE,
    fin: datetime | None = None,
    avancer: Callable[[int, int], None] = lambda _faits, _total: None,
) -> CompteRendu:
    """Add simulated councils with ``ANNEES`` years of history up to ``fin`` (now), all or nothing.

    Asks for the owner's connection. The database is marked as a demonstration for ever.
    ``avancer(councils written, councils)`` is called as it goes.
    """
    depart = time.monotonic()
    situations, _ = volumes(echelle, facteur)
    with transaction.atomic():
        with en_maintenance():
            refuser_le_reel()
            fin = (fin or maintenant()).replace(microsecond=0)
            lieux = choisir(echelle, facteur, fin.date())
            if not est_demonstration():
                marquer(demo=True, cree_le=fin, graine=graine)
            chargeur = _ecrire(lieux, graine, fin, avancer)
            with contexte(None):
                journaliser("simulation", details={"conseils": len(lieux), "situations": situations})
        # Under the owner again: sequences belong to it.
        chargeur.avancer_les_sequences()
    _mesurer_les_tables()
    secondes = round(time.monotonic() - depart, 3)
    return CompteRendu(echelle.value, facteur, graine, len(lieux), situations, chargeur.ecrites, secondes)


def _ecrire(lieux: list[Lieu], graine: int, fin: datetime, avancer: Callable[[int, int], None]) -> Chargeur:
    debut = fin - timedelta(days=365 * ANNEES)
    chargeur = Chargeur()
    annuaire = Annuaire(chargeur, debut - timedelta(days=14))
    batisseur = Batisseur(chargeur, annuaire, debut, fin)
    annuaire.agent(Hasard(f"{graine}-national-{lieux[0].code}"), NATIONAL, None)
    for rang, lieu in enumerate(lieux, start=1):
        # Its own chance: a commune has the same history whatever the volume around it.
        hasard = Hasard(f"{graine}-{lieu.code}")
        conseil = batisseur.batir(hasard, lieu)
        _raconter(chargeur, annuaire, hasard, conseil, debut.date(), fin)
        if chargeur.en_attente >= LOT or rang == len(lieux):
            chargeur.vider()
            avancer(rang, len(lieux))
    return chargeur


def _raconter(
    chargeur: Chargeur, annuaire: Annuaire, hasard: Hasard, conseil: Conseil, debut: date, fin: datetime
) -> None:
    fuseau = fuseau_de_commune(conseil.lieu.code)
    greffe = Greffe(chargeur, fin)
    greffe.plenieres(hasard, conseil, debut, fuseau)
    for groupe in conseil.groupes:
        seances = greffe.groupe(hasard, conseil, groupe, debut, fuseau)
        aujourd_hui = fin.astimezone(fuseau).date()
        Memoire(chargeur, annuaire, hasard, conseil, groupe, seances, aujourd_hui).ecrire()


def _mesurer_les_tables() -> None:
    """Let the planner know the new volumes at once, as it would after the automatic pass."""
    with connection.cursor() as curseur:
        for table in tables().values():
            curseur.execute(sql.SQL("ANALYZE {}").format(sql.Identifier("public", table.nom)).as_string())
