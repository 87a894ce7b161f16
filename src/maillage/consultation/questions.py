"""The words of the questions: theme, title and fields of each rule, read from the room's data. Pure.

The form is drawn from the declaration of the rule: nothing here says what is asked, only how it is said.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from maillage.consultation.regles import QUESTIONS, regle

_FICHIER: Final = Path(__file__).resolve().parent / "donnees" / "questions.yaml"
_Lecteur: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: Words of the fields common to every rule.
JOUR, NAISSANCE = "le", "personne.naissance"


class QuestionInconnueError(LookupError):
    """No rule has this name."""


@dataclass(frozen=True, slots=True)
class Mots:
    """How one field is said. ``nul`` is the answer that stands for « not yet », ``un`` the name of a line."""

    libelle: str
    aide: str = ""
    unite: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    nul: str = ""
    manque: str = ""
    un: str = ""
    ajouter: str = ""
    lignes: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A rule as a page asks it. ``champs`` by dotted path; ``naissance``: requise, facultative or empty."""

    nom: str
    theme: str
    titre: str
    mots: tuple[str, ...]
    phrase: str
    naissance: str
    sans_oui: bool
    champs: Mapping[str, Mots]

    @property
    def datee(self) -> bool:
        """Whether the day of the act is asked: a rule judged on another of its dates does not."""
        return JOUR in self.champs

    def repond_a(self, recherche: str) -> bool:
        """Whether every word typed begins one of its words, accents and case aside."""
        siens = _mots(" ".join((self.titre, self.phrase, *self.mots)))
        return all(any(mot.startswith(demande) for mot in siens) for demande in _mots(recherche))


@dataclass(frozen=True, slots=True)
class Theme:
    """Questions of one subject, in the order of the data."""

    code: str
    libelle: str
    questions: tuple[Question, ...]


def _mots(texte: str) -> list[str]:
    sans_accent = "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in sans_accent.lower()).split()


@cache
def _lues() -> tuple[Theme, ...]:
    with _FICHIER.open(encoding="utf-8") as flux:
        brut = yaml.load(flux, Loader=_Lecteur)
    questions = [_question(nom, donnees) for nom, donnees in brut["regles"].items()]
    return tuple(
        Theme(theme["code"], theme["libelle"], tuple(q for q in questions if q.theme == theme["code"]))
        for theme in brut["themes"]
    )


def _question(nom: str, brut: Mapping[str, Any]) -> Question:
    champs = {chemin: Mots(**mots) for chemin, mots in brut["champs"].items()}
    naissance = brut.get("naissance", "")
    if naissance:
        aide = "Elle sert à calculer l’âge ; elle n’est pas enregistrée."
        champs[NAISSANCE] = Mots(libelle="Date de naissance", aide=aide)
    if "jour" in brut:
        champs[JOUR] = Mots(libelle=brut["jour"], aide="La règle de ce jour-là s’applique.")
    return Question(
        nom=nom,
        theme=brut["theme"],
        titre=brut["titre"],
        mots=tuple(brut["mots"]),
        phrase=regle(nom).question,
        naissance=naissance,
        sans_oui=brut.get("sans_oui", False),
        champs=MappingProxyType(champs),
    )


def themes(recherche: str = "") -> tuple[Theme, ...]:
    """The questions by theme, those that answer the words searched; a theme without any is left out."""
    gardes = (
        Theme(theme.code, theme.libelle, tuple(q for q in theme.questions if q.repond_a(recherche)))
        for theme in _lues()
    )
    return tuple(theme for theme in gardes if theme.questions)


def question(nom: str) -> Question:
    """The question of a rule. Raises ``QuestionInconnueError``."""
    if nom in QUESTIONS:
        for theme in _lues():
            for une in theme.questions:
                if une.nom == nom:
                    return une
    raise QuestionInconnueError(nom)
