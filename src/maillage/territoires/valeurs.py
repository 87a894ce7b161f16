"""Frozen values of the reference register. They know neither Django nor the database."""

from __future__ import annotations

from dataclasses import dataclass

NATURES_EPCI = {
    "METRO": "métropole",
    "MET69": "métropole de Lyon, collectivité à statut particulier",
    "CU": "communauté urbaine",
    "CA": "communauté d'agglomération",
    "CC": "communauté de communes",
    "EPT": "établissement public territorial",
}

NATURES_ANCIENNES = {
    "deleguee": "commune déléguée",
    "associee": "commune associée",
    "arrondissement": "arrondissement municipal",
    "ancienne": "ancienne commune",
}


@dataclass(frozen=True, slots=True)
class Commune:
    """A present commune. `population` is the municipal population, None where none is published."""

    code: str
    nom: str
    population: int | None
    departement: str
    region: str
    arrondissement: str | None = None
    siren: str | None = None
    epci: str | None = None
    ept: str | None = None
    codes_postaux: tuple[str, ...] = ()
    densite: str | None = None
    ruralite: str | None = None
    centralite: str | None = None
    qpv: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AncienneCommune:
    """A code or a name no longer in force and the present commune it now belongs to. `nom` may be unknown."""

    code: str
    nom: str | None
    nature: str
    actuelle: str

    @property
    def nature_en_clair(self) -> str:
        return NATURES_ANCIENNES[self.nature]


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunalité (or a territorial body of Greater Paris) and the INSEE codes of its members."""

    code: str
    nom: str
    nature: str
    population: int
    population_totale: int
    membres: tuple[str, ...]

    @property
    def nature_en_clair(self) -> str:
        return NATURES_EPCI[self.nature]


@dataclass(frozen=True, slots=True)
class Departement:
    """A département or an overseas collectivity; `zone` is metro, drom or com."""

    code: str
    nom: str
    region: str
    chef_lieu: str
    zone: str


@dataclass(frozen=True, slots=True)
class Region:
    """A région; an overseas collectivity stands as its own."""

    code: str
    nom: str
    chef_lieu: str
    zone: str


@dataclass(frozen=True, slots=True)
class Qpv:
    """A priority neighbourhood of the 2024 list; it may lie over several communes."""

    code: str
    nom: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resultat:
    """A commune found; `mention` says why when its present name is not what was typed."""

    commune: Commune
    rang: int
    mention: str = ""

    @property
    def exact(self) -> bool:
        """It bears that very name or code, articles apart."""
        return self.rang <= 1

    @property
    def ancien(self) -> bool:
        """It answers by a name it bore before, or that a commune now part of it bore."""
        return bool(self.mention) and not self.mention.startswith("Code")
