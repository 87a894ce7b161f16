"""Templates of séances, read once from the package's data."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True)
class PointDeModele:
    partie: str
    titre: str


@dataclass(frozen=True)
class ModeleDeSeance:
    """``formations``: the genres of formation that may use it."""

    code: str
    libelle: str
    aide: str
    formations: tuple[str, ...]
    points: tuple[PointDeModele, ...]


@cache
def modeles() -> dict[str, ModeleDeSeance]:
    """Every template by its code, in the order of the file."""
    texte = files("maillage.instances").joinpath("donnees/seances.yaml").read_text(encoding="utf-8")
    return {
        brut["code"]: ModeleDeSeance(
            code=brut["code"],
            libelle=brut["libelle"],
            aide=brut["aide"],
            formations=tuple(brut["formations"]),
            points=tuple(PointDeModele(**point) for point in brut["points"]),
        )
        for brut in yaml.load(texte, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    }


def modeles_pour(genre: str) -> list[ModeleDeSeance]:
    """The templates a formation of that genre may use."""
    return [modele for modele in modeles().values() if genre in modele.formations]
