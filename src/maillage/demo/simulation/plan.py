"""How much to simulate, and where: real communes, those that must have a council first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.instances.api import Conseil
from maillage.territoires.api import Commune, Faits, codes_avec_qpv, juger, populations


class Echelle(StrEnum):
    DEPARTEMENT = "departement"
    NATIONAL = "national"


#: (situations, councils) of a scale at factor 1.
VOLUMES = {Echelle.DEPARTEMENT: (2_000, 12), Echelle.NATIONAL: (200_000, 1_200)}
#: The département of the smaller scale: that of the demonstration.
DEPARTEMENT = "31"
#: A council has this many followed persons at least.
PLANCHER = 6
FACTEUR_MAXIMUM = 10.0
OBLIGATOIRE = "obligatoire"


class VolumeImpossibleError(ValueError):
    """The volume asked cannot be built; the message says why in a sentence."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """A commune that will have a council, and the number of its situations."""

    code: str
    nom: str
    departement: str
    situations: int


def volumes(echelle: Echelle, facteur: float) -> tuple[int, int]:
    """(situations, councils). Raises ``VolumeImpossibleError`` outside of what can be built."""
    if not 0 < facteur <= FACTEUR_MAXIMUM:
        raise VolumeImpossibleError(f"le facteur est un nombre entre 0 et {FACTEUR_MAXIMUM:g}, 0 exclu.")
    situations, conseils = VOLUMES[echelle]
    voulues = max(1, round(situations * facteur))
    return voulues, max(1, min(round(conseils * facteur), voulues // PLANCHER))


def choisir(echelle: Echelle, facteur: float, le: date) -> list[Lieu]:
    """The communes, the most populated of those the law asks a council of, then the others."""
    situations, conseils = volumes(echelle, facteur)
    communes = Commune.objects.au(le)
    if echelle is Echelle.DEPARTEMENT:
        communes = communes.filter(departement=DEPARTEMENT)
    lignes = communes.values_list("code", "nom", "departement")
    connues = {code: (nom, departement) for code, nom, departement in lignes}
    pris = set(Conseil.objects.filter(dissous_le__isnull=True).values_list("commune_code", flat=True))
    habitants = {code: n for code, n in populations(connues, le).items() if code not in pris}
    prioritaires = codes_avec_qpv(habitants, le)

    def rang(code: str) -> tuple[bool, int, str]:
        conseil, _ = juger(Faits(habitants[code], code in prioritaires), le)
        return conseil.etat != OBLIGATOIRE, -habitants[code], code

    retenus = sorted(habitants, key=rang)[:conseils]
    if len(retenus) < conseils:
        raise VolumeImpossibleError(
            f"{conseils} conseils demandés, {len(retenus)} communes disponibles : baissez le facteur."
        )
    parts = repartir(situations, [habitants[code] ** 0.75 for code in retenus])
    return [Lieu(code, *connues[code], nombre) for code, nombre in zip(retenus, parts, strict=True)]


def repartir(total: int, poids: Sequence[float]) -> list[int]:
    """Whole shares of ``total`` by weight, each at least the floor, whose sum is exactly ``total``."""
    plancher = min(PLANCHER, total // len(poids))
    reste, somme = total - plancher * len(poids), sum(poids)
    brutes = [reste * un / somme for un in poids]
    parts = [int(brute) for brute in brutes]
    restants = sorted(range(len(poids)), key=lambda rang: (parts[rang] - brutes[rang], rang))
    for rang in restants[: reste - sum(parts)]:
        parts[rang] += 1
    return [plancher + part for part in parts]
