"""From a file to validated lines of communes or of priority neighbourhoods. No database here.

Communes: the JSON list published by Etalab, or a CSV with the columns `code`, `nom` and, where known,
`population`, `codes_postaux` (separated by spaces), `siren`. Neighbourhoods: the CSV of the ANCT (`code_qp`,
`lib_qp`, `insee_com`). Comma or semicolon, UTF-8 with or without a byte-order mark.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from maillage.territoires.importation.rapport import FichierIllisible, Refusee
from maillage.territoires.registre import departement_du_code

CODE_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
CODE_QPV = re.compile(r"Q[NP]\d{2}[\dAB]\d{2}[\dA-Z]")
CODE_POSTAL = re.compile(r"\d{5}")
SIREN = re.compile(r"\d{9}")
NOM_MAX = 120

Ligne = TypeVar("Ligne")

_NATURES = {
    "commune-deleguee": "deleguee",
    "commune-associee": "associee",
    "arrondissement-municipal": "arrondissement",
}


@dataclass(frozen=True, slots=True)
class LigneCommune:
    """A present commune. None means that the file says nothing: what is known stays."""

    ligne: int
    code: str
    nom: str
    population: int | None = None
    codes_postaux: tuple[str, ...] | None = None
    siren: str | None = None
    arrondissement: str | None = None
    densite: str | None = None
    ruralite: str | None = None
    centralite: str | None = None

    @property
    def departement(self) -> str:
        return departement_du_code(self.code)


@dataclass(frozen=True, slots=True)
class LigneAncienne:
    """A delegated or associated commune, or a municipal arrondissement, and the commune it leads to."""

    ligne: int
    code: str
    nom: str
    nature: str
    actuelle: str


@dataclass(frozen=True, slots=True)
class LigneQpv:
    """A neighbourhood and one of its communes."""

    ligne: int
    code: str
    nom: str
    commune: str


@dataclass(frozen=True, slots=True)
class Lecture(Generic[Ligne]):
    """What was understood and what was not; `lues` counts both."""

    lignes: tuple[Ligne, ...]
    refusees: tuple[Refusee, ...]

    @property
    def lues(self) -> int:
        return len(self.lignes) + len(self.refusees)


class _Refus(ValueError):
    """A line that cannot be kept, with the reason."""


def lire_communes(chemin: Path) -> Lecture[LigneCommune | LigneAncienne]:
    """Read a file of communes. Raises FichierIllisible."""
    lignes: list[LigneCommune | LigneAncienne] = []
    refusees = []
    vus: set[str] = set()
    for numero, champs in _enregistrements(chemin, {"code", "nom"}):
        try:
            ligne = _ligne_de_commune(numero, champs)
            if isinstance(ligne, LigneCommune):
                _sans_doublon(vus, ligne.code)
            lignes.append(ligne)
        except _Refus as refus:
            refusees.append(Refusee(numero, str(refus)))
    return Lecture(tuple(lignes), tuple(refusees))


def lire_qpv(chemin: Path) -> Lecture[LigneQpv]:
    """Read a file of priority neighbourhoods. Raises FichierIllisible."""
    lignes, refusees = [], []
    vus: set[str] = set()
    for numero, champs in _enregistrements(chemin, {"code_qp", "lib_qp", "insee_com"}):
        try:
            ligne = LigneQpv(
                numero,
                _conforme(_texte(champs, "code_qp").upper(), CODE_QPV, "le code du quartier"),
                _nom(_texte(champs, "lib_qp"), 160),
                _conforme(_texte(champs, "insee_com").upper(), CODE_INSEE, "le code Insee de la commune"),
            )
            _sans_doublon(vus, f"{ligne.code} à {ligne.commune}")
            lignes.append(ligne)
        except _Refus as refus:
            refusees.append(Refusee(numero, str(refus)))
    return Lecture(tuple(lignes), tuple(refusees))


def _ligne_de_commune(numero: int, champs: Mapping[str, Any]) -> LigneCommune | LigneAncienne:
    code = _conforme(_texte(champs, "code").upper(), CODE_INSEE, "le code Insee")
    nom = _nom(_texte(champs, "nom"), NOM_MAX)
    type_ = _texte(champs, "type") or "commune-actuelle"
    if type_ in _NATURES:
        actuelle = _texte(champs, "chefLieu") or _texte(champs, "commune")
        return LigneAncienne(
            numero,
            code,
            nom,
            _NATURES[type_],
            _conforme(actuelle, CODE_INSEE, "le code de la commune de rattachement"),
        )
    if type_ != "commune-actuelle":
        raise _Refus(f"Le type « {type_[:40]} » n'est pas connu.")
    return LigneCommune(
        numero,
        code,
        nom,
        _population(champs.get("population")),
        _codes_postaux(champs),
        _conforme(siren, SIREN, "le Siren") if (siren := _texte(champs, "siren")) else None,
        _texte(champs, "arrondissement") or None,
    )


def _population(valeur: Any) -> int | None:
    texte = "" if valeur is None else re.sub(r"\s", "", str(valeur))
    if not texte:
        return None
    if not texte.isdecimal() or len(texte) > 9:
        raise _Refus(f"La population « {texte[:20]} » n'est pas un nombre entier.")
    return int(texte)


def _codes_postaux(champs: Mapping[str, Any]) -> tuple[str, ...] | None:
    valeur = champs.get("codesPostaux", champs.get("codes_postaux"))
    if valeur is None:
        return None
    codes = valeur if isinstance(valeur, list) else re.split(r"[\s,;/]+", str(valeur).strip())
    return tuple(_conforme(str(code), CODE_POSTAL, "le code postal") for code in codes if code)


def _texte(champs: Mapping[str, Any], nom: str) -> str:
    valeur = champs.get(nom)
    return "" if valeur is None else str(valeur).strip()


def _nom(texte: str, longueur: int) -> str:
    if not texte:
        raise _Refus("Le nom manque.")
    if len(texte) > longueur:
        raise _Refus(f"Le nom dépasse {longueur} caractères.")
    return texte


def _conforme(texte: str, forme: re.Pattern[str], quoi: str) -> str:
    if not texte:
        raise _Refus(f"{quoi.capitalize()} manque.")
    if not forme.fullmatch(texte):
        raise _Refus(f"{quoi.capitalize()} « {texte[:20]} » n'a pas la forme attendue.")
    return texte


def _sans_doublon(vus: set[str], cle: str) -> None:
    if cle in vus:
        raise _Refus(f"{cle} figure déjà plus haut dans le fichier.")
    vus.add(cle)


def _enregistrements(chemin: Path, exigees: set[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Numbered records: lines of a CSV (the header is line 1) or elements of a JSON list (from 1)."""
    texte = _contenu(chemin)
    if texte.lstrip().startswith(("[", "{")):
        yield from _elements(texte, exigees)
    else:
        yield from _lignes_csv(texte, exigees)


def _contenu(chemin: Path) -> str:
    try:
        return chemin.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FichierIllisible("Le fichier n'est pas en UTF-8 : enregistrez-le dans ce codage.") from None
    except OSError as erreur:
        raise FichierIllisible(f"Le fichier ne s'ouvre pas : {erreur.strerror}.") from None


def _elements(texte: str, exigees: set[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        document = json.loads(texte)
    except json.JSONDecodeError as erreur:
        raise FichierIllisible(f"Le JSON est mal formé, ligne {erreur.lineno}.") from None
    if not isinstance(document, list) or not all(isinstance(element, dict) for element in document):
        raise FichierIllisible("Le JSON doit être une liste d'objets.")
    if document and not exigees <= set(document[0]):
        raise FichierIllisible(_colonnes_absentes(exigees - set(document[0])))
    yield from enumerate(document, 1)


def _lignes_csv(texte: str, exigees: set[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    premiere = texte.partition("\n")[0]
    separateur = max(",;\t", key=premiere.count)
    lecteur = csv.DictReader(io.StringIO(texte), delimiter=separateur)
    absentes = exigees - set(lecteur.fieldnames or ())
    if absentes:
        raise FichierIllisible(_colonnes_absentes(absentes))
    try:
        for champs in lecteur:
            yield lecteur.line_num, champs
    except csv.Error:
        raise FichierIllisible(f"Le tableau est mal formé, ligne {lecteur.line_num}.") from None


def _colonnes_absentes(absentes: set[str]) -> str:
    return f"Colonnes attendues et absentes : {', '.join(sorted(absentes))}."
