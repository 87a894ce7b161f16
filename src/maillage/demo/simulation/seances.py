"""The séances of a formation: held every other month, and the next one convened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from maillage.demo.simulation.conseil import Conseil, Groupe
from maillage.demo.simulation.hasard import Hasard
from maillage.demo.simulation.tables import Chargeur
from maillage.instances.modeles_seance import modeles

#: Months between two séances of a groupe, and their hour: the same day in UTC as in every French time zone.
PAS = 2
HEURE = time(13)
CONVOCATION = timedelta(days=8)
DUREE = timedelta(hours=2)
LIEU = "Salle du conseil"
TENUE, VENUE = ("present", "excuse", "absent"), (80, 15, 5)


@dataclass(frozen=True, slots=True)
class Seance:
    """A séance as the follow-ups need it: key, public id, beginning, and whether it was held."""

    cle: int
    public_id: UUID
    commence_le: datetime
    tenue: bool

    @property
    def jour(self) -> date:
        return self.commence_le.date()


def jours(hasard: Hasard, debut: date, fin: date) -> list[date]:
    """A day every other month from ``debut``, and the first one after ``fin``."""
    dans_le_mois = timedelta(days=hasard.entre(2, 24))
    premier = debut.replace(day=1)
    trouves: list[date] = []
    while not trouves or trouves[-1] <= fin:
        jour = premier + dans_le_mois
        if jour > debut:
            trouves.append(jour)
        premier = (premier + timedelta(days=31 * PAS + 1)).replace(day=1)
    return trouves


class Greffe:
    """Writes séances, who came, the subjects without a name, and the fact of each one held."""

    def __init__(self, chargeur: Chargeur, fin: datetime) -> None:
        self.tampons = chargeur.tampons
        self.cle = chargeur.cle
        self.fin = fin

    def groupe(
        self, hasard: Hasard, conseil: Conseil, groupe: Groupe, debut: date, fuseau: ZoneInfo
    ) -> list[Seance]:
        """The séances of a groupe, the last one to come."""
        seances = []
        for numero, jour in enumerate(jours(hasard, debut, self.fin.astimezone(fuseau).date()), start=1):
            instant = datetime.combine(jour, HEURE, tzinfo=fuseau)
            seance = self._seance(
                hasard, conseil, groupe.formation, groupe.coordination.compte, numero, "ordinaire", instant
            )
            convoquee = instant - CONVOCATION
            if convoquee <= self.fin:
                for agent, siege, depuis, jusqua in groupe.mandats:
                    if depuis <= convoquee and (jusqua is None or convoquee < jusqua):
                        self._presence(hasard, seance, siege, agent.compte)
            seances.append(seance)
        return seances

    def plenieres(self, hasard: Hasard, conseil: Conseil, debut: date, fuseau: ZoneInfo) -> None:
        """The yearly plenary (CSI, art. D. 132-9), subjects concluded."""
        par = conseil.groupes[0].coordination.compte
        for numero, annee in enumerate(range(debut.year + 1, self.fin.year + 1), start=1):
            instant = datetime.combine(date(annee, 6, 18), HEURE, tzinfo=fuseau)
            if instant + DUREE <= self.fin:
                seance = self._seance(hasard, conseil, conseil.pleniere, par, numero, "pleniere", instant)
                for siege in conseil.sieges_pleniere:
                    self._presence(hasard, seance, siege, None)

    def _seance(
        self,
        hasard: Hasard,
        conseil: Conseil,
        formation: int,
        par: int,
        numero: int,
        modele: str,
        instant: datetime,
    ) -> Seance:
        seance = Seance(self.cle("instances.Seance"), hasard.uuid(), instant, instant + DUREE <= self.fin)
        convoquee = instant - CONVOCATION
        etat, version = ("convoquee", 2) if convoquee <= self.fin else ("preparee", 1)
        if seance.tenue:
            etat, version = "close", 4
            self.tampons["socle.FaitStatistique"].append(
                (
                    "seance",
                    seance.jour.replace(day=1),
                    conseil.cle,
                    conseil.lieu.departement,
                    "",
                    hasard.uuid(),
                    modele,
                    *("",) * 6,
                    None,
                    1,
                )
            )
        self.tampons["instances.Seance"].append(
            (
                seance.cle,
                seance.public_id,
                formation,
                numero,
                modele,
                instant,
                120,
                LIEU,
                etat,
                None if etat == "preparee" else convoquee,
                instant if seance.tenue else None,
                instant + DUREE if seance.tenue else None,
                par,
                version,
            )
        )
        releve, version_theme = ("Débattu et noté.", 2) if seance.tenue else ("", 1)
        self.tampons["instances.PointTheme"].extend(
            (hasard.uuid(), seance.cle, rang, point.partie, point.titre, releve, version_theme)
            for rang, point in enumerate(modeles()[modele].points, start=1)
        )
        return seance

    def _presence(self, hasard: Hasard, seance: Seance, siege: int, compte: int | None) -> None:
        etat = hasard.choices(TENUE, VENUE)[0] if seance.tenue else "attendu"
        self.tampons["instances.Presence"].append((seance.cle, siege, compte, etat))
