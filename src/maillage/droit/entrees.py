"""Checks the JSON a rule receives: known keys, nothing missing, nothing impossible; all faults told at once.

Each rule declares its fields; this module turns the raw JSON into typed values or into reasons bearing one of
three stable codes: ``entree_inconnue``, ``entree_manquante``, ``entree_invalide``. Each code is given once,
with all the faults it covers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from maillage.droit.dates import DERNIER_JOUR, PREMIER_JOUR
from maillage.droit.obstacles import Obstacle
from maillage.droit.verdict import Force, Motif, Verdict

INCONNUE, MANQUANTE, INVALIDE = "entree_inconnue", "entree_manquante", "entree_invalide"
_ORDRE = (INCONNUE, MANQUANTE, INVALIDE)
_JOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BASE = "Format d’entrée de la commande « maillage verdict »"
_ENTIER_MAXIMUM = 10**9
_FAUTES_DITES = 20
_MONTANT = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,2})?")


class Genre(StrEnum):
    """The kind of value a field holds: what a form needs to draw it."""

    JOUR = "jour"
    BOOLEEN = "booleen"
    ENTIER = "entier"
    MONTANT = "montant"
    TEXTE = "texte"
    CODE = "code"
    CHOIX = "choix"
    OBJET = "objet"
    LISTE = "liste"


def motif_entree(code: str, texte: str) -> Motif:
    """A reason about the form of the input. Nobody can set it aside, hence the strongest force."""
    return Motif(code, texte, _BASE, Force.LOI)


class EntreeRefusee(ValueError):
    """The input cannot be judged; ``motifs`` says everything that is wrong with it."""

    def __init__(self, motifs: Iterable[Motif]) -> None:
        self.motifs = tuple(motifs)
        super().__init__(", ".join(motif.code for motif in self.motifs))

    @classmethod
    def manquante(cls, texte: str) -> EntreeRefusee:
        return cls([motif_entree(MANQUANTE, texte)])

    @classmethod
    def invalide(cls, texte: str) -> EntreeRefusee:
        return cls([motif_entree(INVALIDE, texte)])


@dataclass(frozen=True, slots=True)
class Champ:
    """One key: what is expected, in French, and how to read it; a converter raises ValueError.

    ``nul`` accepts JSON's null. ``champs`` describes a nested object, ``element`` those of a list.
    ``valeurs`` are the words of a choice, ``maximum`` the longest text or the greatest number.
    """

    attendu: str
    genre: Genre
    convertir: Callable[[Any], Any] = lambda brut: brut
    valeurs: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int | None = None
    requis: bool = True
    nul: bool = False
    defaut: Any = None
    champs: Mapping[str, Champ] | None = None
    element: Champ | None = None

    def facultatif(self, defaut: Any = None) -> Champ:
        """The same field, that may be left out."""
        return replace(self, requis=False, defaut=defaut)

    def ou_nul(self) -> Champ:
        """The same field, that may be null."""
        return replace(self, nul=True)


def _lire_jour(brut: Any) -> date:
    if not isinstance(brut, str) or not _JOUR.fullmatch(brut):
        raise ValueError
    jour = date.fromisoformat(brut)
    if not PREMIER_JOUR <= jour <= DERNIER_JOUR:
        raise ValueError
    return jour


def jour() -> Champ:
    """An ISO date between 1900 and 2199."""
    return Champ("une date existante, écrite AAAA-MM-JJ, de 1900 à 2199", Genre.JOUR, _lire_jour)


def _lire_booleen(brut: Any) -> bool:
    if not isinstance(brut, bool):
        raise ValueError
    return brut


def booleen() -> Champ:
    return Champ("true ou false", Genre.BOOLEEN, _lire_booleen)


def entier(minimum: int = 0, maximum: int = _ENTIER_MAXIMUM) -> Champ:
    """A whole number between two bounds, both included; true, 3.0 and "3" are refused."""

    def lire(brut: Any) -> int:
        if isinstance(brut, bool) or not isinstance(brut, int) or not minimum <= brut <= maximum:
            raise ValueError
        return brut

    fin = f"de {minimum} à {maximum}" if maximum < _ENTIER_MAXIMUM else f"d’au moins {minimum}"
    return Champ(f"un nombre entier {fin}", Genre.ENTIER, lire, minimum=minimum, maximum=maximum)


def texte(maximum: int = 200) -> Champ:
    """A short text that is not blank."""

    def lire(brut: Any) -> str:
        if not isinstance(brut, str) or not brut.strip() or len(brut) > maximum:
            raise ValueError
        return brut.strip()

    return Champ(f"un texte non vide de {maximum} caractères au plus", Genre.TEXTE, lire, maximum=maximum)


def motif_de_texte(forme: str, attendu: str) -> Champ:
    """A text of a fixed form, such as an INSEE code."""
    modele = re.compile(forme)

    def lire(brut: Any) -> str:
        if not isinstance(brut, str) or not modele.fullmatch(brut):
            raise ValueError
        return brut

    return Champ(attendu, Genre.CODE, lire)


def code_insee() -> Champ:
    """The INSEE code of a commune, Corsica and overseas included."""
    return motif_de_texte(r"(?:[0-9]{2}|2[AB])[0-9]{3}", "un code INSEE de commune (cinq caractères)")


def choix(valeurs: type[StrEnum]) -> Champ:
    """One of a closed list, read as a member of it."""

    def lire(brut: Any) -> StrEnum:
        if not isinstance(brut, str):
            raise ValueError
        return valeurs(brut)

    mots = tuple(valeur.value for valeur in valeurs)
    return Champ("un mot parmi " + ", ".join(mots), Genre.CHOIX, lire, mots)


def montant() -> Champ:
    """Euros with two decimals at most, as a number or a string."""

    def lire(brut: Any) -> Decimal:
        if isinstance(brut, bool) or not isinstance(brut, int | float | str):
            raise ValueError
        if isinstance(brut, str) and not _MONTANT.fullmatch(brut):
            raise ValueError
        try:
            lu = Decimal(str(brut))
        except InvalidOperation:
            raise ValueError from None
        if not lu.is_finite() or not 0 <= lu <= _ENTIER_MAXIMUM or lu != lu.quantize(Decimal("0.01")):
            raise ValueError
        return lu.quantize(Decimal("0.01"))

    return Champ("un montant en euros, positif, de deux décimales au plus", Genre.MONTANT, lire)


def objet(champs: Mapping[str, Champ]) -> Champ:
    """A nested object with its own keys."""
    return Champ("un objet", Genre.OBJET, champs=champs)


def liste(element: Champ) -> Champ:
    return Champ("une liste", Genre.LISTE, element=element)


class _Lecture:
    """One pass over an input, gathering every fault."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[str]] = {code: [] for code in _ORDRE}

    def fauter(self, code: str, phrase: str) -> None:
        self._phrases[code].append(phrase)

    @property
    def motifs(self) -> tuple[Motif, ...]:
        """One reason a code, unknown keys first, then missing, then impossible."""
        dites = {code: " ".join(_limiter(phrases)) for code, phrases in self._phrases.items() if phrases}
        return tuple(motif_entree(code, phrase) for code, phrase in dites.items())

    def objet(self, champs: Mapping[str, Champ], brut: Mapping[str, Any], chemin: str) -> dict[str, Any]:
        for cle in brut:
            if cle not in champs:
                self.fauter(INCONNUE, f"La clé « {_abreger(chemin + cle)} » n’est pas attendue.")
        lus: dict[str, Any] = {}
        for cle, champ in champs.items():
            ou = chemin + cle
            if cle in brut:
                lus[cle] = self.champ(champ, brut[cle], ou)
            else:
                lus[cle] = champ.defaut
                if champ.requis:
                    self.fauter(MANQUANTE, f"La clé « {ou} » manque : donnez {champ.attendu}.")
        return lus

    def champ(self, champ: Champ, brut: Any, ou: str) -> Any:
        if brut is None and champ.nul:
            return None
        if champ.champs is not None and isinstance(brut, dict):
            return self.objet(champ.champs, brut, ou + ".")
        if champ.element is not None and isinstance(brut, list):
            return [self.champ(champ.element, un, f"{ou}[{rang}]") for rang, un in enumerate(brut)]
        if champ.champs is None and champ.element is None:
            try:
                return champ.convertir(brut)
            except ValueError:
                pass
        self.fauter(INVALIDE, f"« {ou} » doit être {champ.attendu}{' ou null' if champ.nul else ''}.")
        return None


def _limiter(phrases: list[str]) -> list[str]:
    if len(phrases) <= _FAUTES_DITES:
        return phrases
    return [*phrases[:_FAUTES_DITES], f"Et {len(phrases) - _FAUTES_DITES} autres fautes de même nature."]


def _abreger(texte_: str) -> str:
    return texte_ if len(texte_) <= 60 else texte_[:59] + "…"


def valider(champs: Mapping[str, Champ], brut: object) -> dict[str, Any]:
    """The typed values, or EntreeRefusee with every fault: unknown keys, then missing, then impossible."""
    if not isinstance(brut, dict):
        raise EntreeRefusee.invalide("Un cas est un objet JSON : des clés et leurs valeurs entre accolades.")
    lecture = _Lecture()
    lus = lecture.objet(champs, brut, "")
    if lecture.motifs:
        raise EntreeRefusee(lecture.motifs)
    return lus


@dataclass(frozen=True, slots=True)
class RegleDeclaree:
    """A rule as the command line calls it: its keys, and the function that judges typed values.

    ``oui`` and ``non`` are its answers in words; ``question`` and ``obstacles`` say, for the documentation,
    what it judges and why it may refuse. ``age_requis``: the birth date is asked for with the other keys.
    ``juger`` may raise EntreeRefusee.
    """

    champs: Mapping[str, Champ]
    juger: Callable[[Mapping[str, Any]], Verdict]
    oui: str = "Accordé"
    non: str = "Refusé"
    question: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    age_requis: bool = False

    def tous_les_champs(self, aujourdhui: date) -> dict[str, Champ]:
        """Its keys, those common to every rule first."""
        communs = {"le": jour().facultatif(aujourdhui), "personne": _personne(self.age_requis)}
        return {**communs, **self.champs}

    def repondre(self, brut: object, aujourdhui: date) -> Verdict:
        """Judge one raw case; a faulty input is a refusal like another."""
        try:
            entree = valider(self.tous_les_champs(aujourdhui), brut)
            _verifier_naissance(entree)
            return self.juger(entree)
        except EntreeRefusee as refus:
            return Verdict.refus(refus.motifs)


def _personne(requise: bool) -> Champ:
    """Accepted by every rule, required by those that need an age; null is none (see `naissance`)."""
    ne_le = jour().ou_nul()
    personne = objet({"naissance": ne_le if requise else ne_le.facultatif()}).ou_nul()
    return replace(personne, attendu="la personne et sa « naissance »", requis=requise)


def naissance_connue(entree: Mapping[str, Any]) -> date | None:
    """The birth date of the case, None where it gives none."""
    personne: Mapping[str, date | None] = entree["personne"] or {}
    return personne.get("naissance")


def _verifier_naissance(entree: Mapping[str, Any]) -> None:
    ne_le = naissance_connue(entree)
    if ne_le is not None and ne_le > entree["le"]:
        raise EntreeRefusee.invalide("« personne.naissance » est postérieure à « le ».")


def naissance(entree: Mapping[str, Any]) -> date:
    """The birth date a rule needs; `entree_manquante` without it."""
    ne_le = naissance_connue(entree)
    if ne_le is None:
        raise EntreeRefusee.manquante("La clé « personne.naissance » manque : cette règle dépend de l’âge.")
    return ne_le


def suivre_naissance(entree: Mapping[str, Any], *cles: str) -> None:
    """Refuse a day of the case that comes before the birth, where the birth is known."""
    ne_le = naissance_connue(entree)
    for cle in cles:
        if ne_le is not None and entree[cle] < ne_le:
            raise EntreeRefusee.invalide(f"« {cle} » précède « personne.naissance ».")


def ordonner(entree: Mapping[str, Any], avant: str, apres: str) -> None:
    """Refuse two days of the case that are the wrong way round."""
    if entree[apres] < entree[avant]:
        raise EntreeRefusee.invalide(f"« {apres} » précède « {avant} ».")
