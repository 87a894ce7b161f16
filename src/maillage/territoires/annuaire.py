"""The search index of the web: built from the database, kept until the next import.

The database is the reference, for an import may have added what the package does not hold. One index per
process, rebuilt when the last import is not the one it was built from.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from django.db.models import Max

from maillage.territoires import valeurs
from maillage.territoires.models import (
    AncienneCommune,
    Commune,
    Departement,
    Epci,
    Importation,
    Population,
)
from maillage.territoires.recherche import IndexDesCommunes, normaliser


@dataclass(frozen=True, slots=True)
class EpciTrouve:
    """An intercommunalité that answers a search."""

    code: str
    nom: str
    nature: str
    population: int

    @property
    def nature_en_clair(self) -> str:
        return valeurs.NATURES_EPCI[self.nature]


@dataclass(frozen=True, slots=True)
class _Annuaire:
    version: int | None
    communes: IndexDesCommunes
    epci: tuple[tuple[tuple[str, ...], EpciTrouve], ...]


_verrou = Lock()
_courant: _Annuaire | None = None


def rechercher(texte: str, limite: int = 20) -> list[valeurs.Resultat]:
    """Communes as people type them: the closest spelling first, then the most populated."""
    return _annuaire().communes.rechercher(texte, limite)


def rechercher_epci(texte: str, limite: int = 5) -> list[EpciTrouve]:
    """Intercommunalités where each typed word of four letters or more begins one of the words."""
    debuts = [mot for mot in normaliser(texte[:80]).split() if len(mot) >= 4 and not mot.isdecimal()]
    if not debuts:
        return []
    trouves = (
        groupement
        for mots, groupement in _annuaire().epci
        if all(any(mot.startswith(debut) for mot in mots) for debut in debuts)
    )
    return sorted(trouves, key=lambda groupement: (-groupement.population, groupement.nom))[:limite]


def _annuaire() -> _Annuaire:
    global _courant
    version = Importation.objects.aggregate(derniere=Max("id"))["derniere"]
    with _verrou:
        if _courant is None or version is None or _courant.version != version:
            _courant = _Annuaire(version, _communes(), _epci())
        return _courant


def _epci() -> tuple[tuple[tuple[str, ...], EpciTrouve], ...]:
    lignes = Epci.objects.filter(fin=None).values_list("code", "nom", "nature", "population")
    return tuple((tuple(normaliser(champs[1]).split()), EpciTrouve(*champs)) for champs in lignes)


def _communes() -> IndexDesCommunes:
    populations = dict(Population.objects.filter(fin=None).values_list("commune", "habitants"))
    communes = Commune.objects.filter(fin=None).values_list(
        "code", "nom", "departement", "departement__region", "codes_postaux"
    )
    departements = Departement.objects.values_list("code", "nom", "region", "chef_lieu", "zone")
    return IndexDesCommunes(
        (
            valeurs.Commune(
                code, nom, populations.get(code), departement, region, codes_postaux=tuple(postaux)
            )
            for code, nom, departement, region, postaux in communes
        ),
        (
            valeurs.AncienneCommune(code, nom or None, nature, actuelle)
            for code, nom, nature, actuelle in AncienneCommune.objects.values_list(
                "code", "nom", "nature", "commune"
            )
        ),
        (valeurs.Departement(*champs) for champs in departements),
    )
