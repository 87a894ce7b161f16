"""The dashboard without names: each council the actor sees, in a few protected figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from maillage.instances.api import chiffres_de_conseils
from maillage.pilotage.calcul import publications_de
from maillage.pilotage.selectors import conseils_lisibles, departements_lisibles
from maillage.socle.diffusion import Cellule

#: A page holds that many councils; a national reader goes through départements.
PLAFOND = 60


@dataclass(frozen=True, slots=True)
class LigneDeBord:
    """A council in one line."""

    public_id: UUID
    nom: str
    genre: str
    suivies: Cellule
    ouvertes: Cellule
    en_cours: Cellule
    signalements: Cellule
    seances: int
    pleniere: date | None


@dataclass(frozen=True, slots=True)
class TableauDeBord:
    """``plafonne``: there are more councils than lines."""

    lignes: tuple[LigneDeBord, ...]
    plafonne: bool
    departements: tuple[tuple[str, str], ...]


def tableau(annee: int) -> TableauDeBord:
    """Figures of the year under way, in a number of queries that does not grow with the councils."""
    conseils = list(conseils_lisibles()[: PLAFOND + 1])
    plafonne, conseils = len(conseils) > PLAFOND, conseils[:PLAFOND]
    cles = [conseil.pk for conseil in conseils]
    publiees = publications_de(cles, annee)
    debut, fin = (datetime(an, 1, 1, tzinfo=UTC) for an in (annee, annee + 1))
    activite = chiffres_de_conseils(cles, debut=debut, fin=fin)
    lignes = tuple(
        LigneDeBord(
            public_id=conseil.public_id,
            nom=conseil.nom,
            genre=conseil.get_genre_display(),
            suivies=publiees[conseil.pk][annee].cellule("suivies.total"),
            ouvertes=publiees[conseil.pk][annee].cellule("ouvertures.total"),
            en_cours=publiees[conseil.pk][annee].cellule("en_cours.total"),
            signalements=publiees[conseil.pk][annee].cellule("signalements.total"),
            seances=sum(activite[conseil.pk].seances.values()),
            pleniere=max(activite[conseil.pk].plenieres, default=None),
        )
        for conseil in conseils
    )
    return TableauDeBord(lignes, plafonne, departements_lisibles())
