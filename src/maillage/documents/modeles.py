"""Templates of documents as versioned data: what each one says, the fields it needs. Pure.

A placeholder that no field declares, a field that nothing shows, a place of addition used twice: refused
when the file is read, so that no one meets a hole on paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from maillage.interface.typographie import euros

TROU: Final = re.compile(r"\{([a-z0-9_]+)\}")
GENRES_DE_BLOC: Final = frozenset(
    {"titre", "paragraphe", "liste", "tableau", "champs", "mention", "visa", "signatures", "ajout"}
)
GENRES_DE_CHAMP: Final = frozenset(
    {"texte", "long", "date", "nombre", "montant", "choix", "liste", "tableau"}
)
#: Who gives a field: the person who fills the form, the file it is about, or the room that composes.
ORIGINES: Final = frozenset({"saisie", "dossier", "salle"})


class ModeleInvalide(ValueError):
    """A template that cannot be composed: a fault of its data, told with its code."""


class ModeleInconnu(LookupError):
    """No template of that code, or none in force on that day."""


@dataclass(frozen=True, slots=True)
class Champ:
    """A field of a template. ``exemple`` serves the preview; ``choix`` maps a code to its words."""

    code: str
    libelle: str
    exemple: Any
    genre: str = "texte"
    origine: str = "saisie"
    obligatoire: bool = True
    aide: str = ""
    choix: Mapping[str, str] | None = None

    def en_clair(self, valeur: Any) -> Any:
        """The value as the document says it: the words of a choice, an amount with its sign."""
        if self.genre == "montant" and valeur:
            return euros(Decimal(valeur))
        return self.choix.get(valeur, valeur) if self.choix and isinstance(valeur, str) else valeur


@dataclass(frozen=True, slots=True)
class BlocDeModele:
    """One block as written in the file: its kind and its content, still with its placeholders."""

    genre: str
    contenu: Any


@dataclass(frozen=True, slots=True)
class Modele:
    """One version of a template. ``ajouts``: code and label of the places a council may add to."""

    code: str
    libelle: str
    version: int
    depuis: date
    titre: str
    base_legale: tuple[str, ...]
    champs: tuple[Champ, ...]
    blocs: tuple[BlocDeModele, ...]
    ajouts: tuple[tuple[str, str], ...]

    def champ(self, code: str) -> Champ:
        return next(champ for champ in self.champs if champ.code == code)

    @property
    def exemples(self) -> dict[str, Any]:
        """Values that show the template without anyone's data."""
        return {champ.code: champ.exemple for champ in self.champs}

    def saisis(self) -> tuple[Champ, ...]:
        """The fields a form asks for."""
        return tuple(champ for champ in self.champs if champ.origine == "saisie")


def trous(contenu: Any) -> Iterator[str]:
    """Every placeholder of a block, at any depth."""
    if isinstance(contenu, str):
        yield from TROU.findall(contenu)
    elif isinstance(contenu, Mapping):
        for valeur in contenu.values():
            yield from trous(valeur)
    elif isinstance(contenu, (list, tuple)):
        for valeur in contenu:
            yield from trous(valeur)


def lire(brut: Mapping[str, Any]) -> tuple[Modele, ...]:
    """The versions of one template from its data. Raises ``ModeleInvalide``."""
    try:
        versions = tuple(_version(brut, version) for version in brut["versions"])
    except KeyError as absente:
        raise ModeleInvalide(f"{brut.get('code', '?')} : il manque {absente}") from absente
    numeros = [version.version for version in versions]
    if numeros != list(range(1, len(versions) + 1)):
        raise ModeleInvalide(f"{brut['code']} : les versions se suivent à partir de 1")
    if [v.depuis for v in versions] != sorted({v.depuis for v in versions}):
        raise ModeleInvalide(f"{brut['code']} : une version commence après la précédente")
    return versions


def _version(brut: Mapping[str, Any], version: Mapping[str, Any]) -> Modele:
    code = brut["code"]
    champs = tuple(_champ(code, nom, valeurs) for nom, valeurs in version["champs"].items())
    blocs = tuple(_bloc(code, bloc) for bloc in version["blocs"])
    modele = Modele(
        code=code,
        libelle=brut["libelle"],
        version=version["version"],
        depuis=version["depuis"],
        titre=version["titre"],
        base_legale=tuple(version["base_legale"]),
        champs=champs,
        blocs=blocs,
        ajouts=tuple(
            (bloc.contenu["code"], bloc.contenu["libelle"]) for bloc in blocs if bloc.genre == "ajout"
        ),
    )
    _verifier(modele)
    return modele


def _champ(modele: str, code: str, valeurs: Mapping[str, Any]) -> Champ:
    champ = Champ(code=code, **valeurs)
    if champ.genre not in GENRES_DE_CHAMP or champ.origine not in ORIGINES:
        raise ModeleInvalide(f"{modele}.{code} : genre ou origine inconnus")
    if (champ.genre == "choix") != bool(champ.choix):
        raise ModeleInvalide(f"{modele}.{code} : un choix a ses réponses, et lui seul")
    return champ


def _bloc(modele: str, bloc: Mapping[str, Any]) -> BlocDeModele:
    ((genre, contenu),) = bloc.items()
    if genre not in GENRES_DE_BLOC:
        raise ModeleInvalide(f"{modele} : bloc inconnu, {genre}")
    return BlocDeModele(genre, contenu)


def _utilises(modele: Modele) -> set[str]:
    utilises = set(trous(modele.titre)) | set(trous(modele.base_legale))
    for bloc in modele.blocs:
        if bloc.genre == "champs":
            utilises |= set(bloc.contenu["codes"])
        elif bloc.genre in {"liste", "visa", "tableau"} and "champ" in bloc.contenu:
            utilises.add(bloc.contenu["champ"])
        utilises |= set(trous(bloc.contenu))
    return utilises


def _verifier(modele: Modele) -> None:
    declares = {champ.code for champ in modele.champs}
    utilises = _utilises(modele)
    if inconnus := utilises - declares:
        raise ModeleInvalide(f"{modele.code} : champs non déclarés, {', '.join(sorted(inconnus))}")
    if oublies := declares - utilises:
        raise ModeleInvalide(f"{modele.code} : champs que rien ne montre, {', '.join(sorted(oublies))}")
    places = [code for code, _ in modele.ajouts]
    if len(places) != len(set(places)):
        raise ModeleInvalide(f"{modele.code} : un même ajout à deux endroits")


@cache
def catalogue() -> Mapping[str, tuple[Modele, ...]]:
    """Every template with its versions, by code."""
    dossier = files("maillage.documents").joinpath("donnees/modeles")
    lus = (
        lire(yaml.safe_load(fichier.read_text("utf-8")))
        for fichier in sorted(dossier.iterdir(), key=lambda f: f.name)
        if fichier.name.endswith(".yaml")
    )
    return {versions[0].code: versions for versions in lus}


def modele(code: str, le: date | None = None, *, version: int | None = None) -> Modele:
    """The template in force on ``le``, or that very version: a signed paper keeps its own."""
    versions = catalogue().get(code, ())
    if version is not None:
        retenues = [m for m in versions if m.version == version]
    else:
        retenues = [m for m in versions if le is None or m.depuis <= le]
    if not retenues:
        raise ModeleInconnu(code)
    return retenues[-1]


def modeles(le: date) -> tuple[Modele, ...]:
    """The template of each code in force on that day, by label."""
    en_vigueur = (
        max((m for m in versions if m.depuis <= le), key=lambda m: m.version, default=None)
        for versions in catalogue().values()
    )
    return tuple(sorted((m for m in en_vigueur if m is not None), key=lambda m: m.libelle))
