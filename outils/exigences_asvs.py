"""The mapping of OWASP ASVS 5.0.0, level 2: each requirement, and where the product meets it.

The data are in ``outils/asvs/``, one file a chapter, in our own words. The standard is the work of the OWASP
Foundation, under CC BY-SA 4.0: its numbers and levels are cited, its text is not copied.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import verifications
import yaml

RACINE = Path(__file__).resolve().parent.parent
DONNEES = RACINE / "outils" / "asvs"

ETATS = {
    "tenu": "tenu",
    "en_partie": "en partie",
    "exploitant": "à l’exploitant",
    "sans_objet": "sans objet",
    "a_faire": "à faire",
}
#: What says that a requirement is met must be found; the others must say why.
PROUVES = frozenset({"tenu", "en_partie"})
ENTETES = ("Exigence", "Niveau", "Ce qui est demandé", "État", "Où", "Précision")


@dataclass(frozen=True, slots=True)
class Exigence:
    """One requirement: its number in the standard, our words for it, and the places that meet it."""

    numero: str
    niveau: int
    resume: str
    etat: str
    ou: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chapitre:
    """A chapter of the standard."""

    code: str
    titre: str
    exigences: tuple[Exigence, ...]


def chapitres() -> list[Chapitre]:
    """Every chapter, in order."""
    return [_lire(fichier) for fichier in sorted(DONNEES.glob("*.yaml"))]


def _lire(fichier: Path) -> Chapitre:
    lu: dict[str, Any] = yaml.safe_load(fichier.read_text(encoding="utf-8"))
    lignes = tuple(Exigence(**{**ligne, "ou": tuple(ligne.get("ou", ()))}) for ligne in lu["exigences"])
    return Chapitre(lu["chapitre"], lu["titre"], lignes)


def faute_de_lieu(lieu: str, reglages: Callable[[str], bool]) -> str:
    """Empty when the place exists; else what is missing, in a sentence.

    A place is a path, ``path::name`` of something defined there, ``page#anchor`` or ``reglage:NAME``.
    """
    genre, _, nom = lieu.partition(":")
    if genre == "reglage":
        return "" if reglages(nom) else f"le réglage {nom} n’existe pas"
    chemin, _, nom = lieu.partition("::")
    chemin, _, ancre = chemin.partition("#")
    fichier = RACINE / chemin
    if not fichier.exists():
        return f"{chemin} n’existe pas"
    if nom and nom not in _noms(fichier):
        return f"{chemin} ne définit pas {nom}"
    titres = (ligne.lstrip("# ") for ligne in _lignes(fichier) if ligne.startswith("#")) if ancre else ()
    if ancre and ancre not in map(verifications.ancre, titres):
        return f"{chemin} n’a pas de partie « {ancre} »"
    return ""


def _lignes(fichier: Path) -> list[str]:
    return fichier.read_text(encoding="utf-8").splitlines()


@cache
def _noms(fichier: Path) -> frozenset[str]:
    """The functions, classes and constants a module defines."""
    noms: set[str] = set()
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.FunctionDef | ast.ClassDef):
            noms.add(noeud.name)
        elif isinstance(noeud, ast.Assign):
            noms |= {cible.id for cible in noeud.targets if isinstance(cible, ast.Name)}
        elif isinstance(noeud, ast.AnnAssign) and isinstance(noeud.target, ast.Name):
            noms.add(noeud.target.id)
    return frozenset(noms)


INTRODUCTION = (
    "Ce que demande l’ASVS 5.0.0 (*Application Security Verification Standard*), niveaux 1 et 2, et où "
    "Maillage y répond. S’y ajoutent, du niveau 3 : la part de 16.3.2 sur les lectures sensibles, la "
    "confirmation des actes sensibles (7.5.3), la destruction à terme (14.2.7), les métadonnées des fichiers "
    "(14.2.8), et trois exigences voisines (1.2.10, 3.4.8, 5.2.6).",
    "L’ASVS est publié par la fondation OWASP sous licence CC BY-SA 4.0 ; les numéros et les niveaux "
    "viennent de sa version 5.0.0, les mots sont les nôtres. Un essai vérifie qu’aucun numéro ne manque et "
    "que chaque lieu nommé existe. Cette page n’est pas un audit : elle dit où regarder.",
    "**Tenu** : fait, et montré par le lieu nommé. **En partie** : le manque est dit. **À l’exploitant** : "
    "tient à l’installation. **Sans objet** : la raison est dite. **À faire** : ne l’est pas.",
)


def blocs(tableau: Callable[[Iterable[str], Iterable[Iterable[object]]], str]) -> Iterator[str]:
    """The page: how it is read, how much is met, then a table a chapter."""
    tous = chapitres()
    yield from INTRODUCTION
    yield "## Où nous en sommes"
    comptes = [Counter(e.etat for e in chapitre.exigences) for chapitre in tous]
    rangs = [
        (f"{chapitre.code} {chapitre.titre}", *(compte[etat] or "" for etat in ETATS))
        for chapitre, compte in zip(tous, comptes, strict=True)
    ]
    total = ("**Ensemble**", *(sum(compte[etat] for compte in comptes) for etat in ETATS))
    yield tableau(("Chapitre", *ETATS.values()), [*rangs, total])
    for chapitre in tous:
        yield f"## {chapitre.code} {chapitre.titre}"
        yield tableau(ENTETES, map(_rang, chapitre.exigences))


def _rang(exigence: Exigence) -> tuple[object, ...]:
    lieux = ", ".join(map(_lien, exigence.ou))
    return (
        exigence.numero,
        exigence.niveau,
        exigence.resume,
        ETATS[exigence.etat],
        lieux or "—",
        exigence.note or "—",
    )


def _lien(lieu: str) -> str:
    genre, _, reste = lieu.partition(":")
    if genre == "reglage":
        return f"réglage `{reste}`"
    chemin, _, nom = lieu.partition("::")
    page, _, ancre = chemin.partition("#")
    vers = page.removeprefix("docs/") if page.startswith("docs/") else f"../{page}"
    court = nom or page.removeprefix("src/maillage/")
    return f"[{court}]({vers}{'#' + ancre if ancre else ''})" if not nom else f"[`{court}`]({vers})"
