"""How the wide lexicon of the guard is written, and how it becomes patterns.

The lexicon is data (``situations/donnees/garde/*.txt``), one expression a line, in French with its accents:

``hospitalis:er``  a stem and its inflections (``FLEXIONS``): every form of the verb, every adjective form
``<proche>``       one word of a class (``classes.txt``)
``(a|b)``          one of these; ``(a|b)?`` perhaps
``..``             up to three words, perhaps none
``[sante]``, ``[sante sauf]``  the category of the lines that follow, refused or let through

Between two words, an elided article (« l’ », « qu’ ») and a comma are always allowed. A doubled consonant is
optional, as in the other patterns. Patterns are kept by the first letters of what they may begin with, so
that a sentence meets only the few that can match each of its words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from maillage.situations.garde.lettres import aplatir

FICHIERS: Final = (
    "sante.txt",
    "consommations.txt",
    "vie.txt",
    "justice.txt",
    "convictions.txt",
    "jugement.txt",
)
_DONNEES: Final = Path(__file__).parent.parent / "donnees" / "garde"

#: What may follow a stem. The keys are endings of the dictionary form.
FLEXIONS: Final[Mapping[str, str]] = {
    "er": "(?:e[es]?s?|ent|er|ez|ons|ai[st]?|aient|ant|a|as|er(?:a|as|ai|ais|ait|ont|aient)|iers?|ieres?)",
    "ee": "(?:ee?s?|er)",
    "i": "(?:i[ts]?|ie?s?|ir|issent)",
    "ir": "(?:i[ts]?|ie?s?|issent|issait|issaient|issant|ir|ira|iront|irait)",
    "re": "(?:re?|s|t|tre|d|ds|ent|ait|aient|ant|u|ue|us|ues|ra|ront|rait)",
    "e": "e?s?",
    "s": "s?",
    "x": "(?:x|se|ses)",
    "f": "(?:fs?|ves?)",
    "l": "(?:le?s?|ux)",
    "el": "el(?:le)?s?",
    "al": "a(?:le?s?|ux)",
    "t": "te?s?",
    "r": "(?:rs?|ses?)",
    "ne": "(?:nn?e)?s?",
    "ur": "(?:urs?|uses?)",
    "eur": "(?:eurs?|euses?|rices?)",
    "mmer": "m?m(?:e[es]?s?|ent|er|ait|aient|ant|era)",
    "*": r"\w*",
}
_ENTRE: Final = r"[ ,]+(?:(?:[dlnsmjtc]|qu)')?"
_PAS_PLUS: Final = r"(?:[ ,]+[\w'\-]+){0,3}?" + _ENTRE
_FIN: Final = r"s?(?![a-z0-9œ])"
_DOUBLE: Final = re.compile(r"([b-df-hj-np-tv-z])\1")
_DEBUT_DE_MOT: Final = re.compile(r"(?<![a-z0-9œ])[a-z0-9œ]")
#: Patterns are kept under the first letters of what they may begin with, that many.
_CLE: Final = 2


@dataclass(frozen=True, slots=True)
class _Bout:
    """A piece of pattern, and the first letters of what it may match (empty if it may match nothing)."""

    motif: str
    tetes: frozenset[str]


def _puis(avant: _Bout, apres: _Bout) -> _Bout:
    tetes = {t for t in avant.tetes if len(t) >= _CLE}
    tetes |= {(t + u)[:_CLE] for t in avant.tetes if len(t) < _CLE for u in apres.tetes}
    return _Bout(avant.motif + apres.motif, frozenset(tetes))


def _ou(choix: list[_Bout]) -> _Bout:
    motif = choix[0].motif if len(choix) == 1 else "(?:" + "|".join(c.motif for c in choix) + ")"
    return _Bout(motif, frozenset(t for c in choix for t in c.tetes))


_VIDE: Final = _Bout("", frozenset({""}))
_SEPARE: Final = frozenset({" ", ","})


class _Lecture:
    """Reads one line of the lexicon, from left to right."""

    def __init__(self, ligne: str, classes: Mapping[str, _Bout]) -> None:
        self.ligne, self.ici, self.classes = ligne, 0, classes

    def expression(self) -> _Bout:
        choix = [self._suite()]
        while self._voit("|"):
            self.ici += 1
            choix.append(self._suite())
        return _ou(choix)

    def _voit(self, signe: str) -> bool:
        return self.ligne.startswith(signe, self.ici)

    def _suite(self) -> _Bout:
        bout = _VIDE
        while self.ici < len(self.ligne) and not self._voit("|") and not self._voit(")"):
            bout = _puis(bout, self._un())
        return bout

    def _un(self) -> _Bout:
        if self._voit(" .. "):
            self.ici += 4
            return _Bout(_PAS_PLUS, _SEPARE)
        if self._voit(" ... "):
            self.ici += 5
            return _Bout(_PAS_PLUS.replace("3", "6"), _SEPARE)
        if self._voit(" ?"):
            self.ici += 2
            return _Bout(" ?", frozenset({" ", ""}))
        if self._voit(" "):
            self.ici += 1
            return _Bout(_ENTRE, _SEPARE)
        if self._voit("("):
            self.ici += 1
            bout = self.expression()
            self.ici += 1
            # « (très )? »: the space belongs to what may be absent.
            return self._peut_etre(_Bout(f"(?:{bout.motif})", bout.tetes))
        if self._voit("<"):
            fin = self.ligne.index(">", self.ici)
            bout = self.classes[self.ligne[self.ici + 1 : fin]]
            self.ici = fin + 1
            return self._peut_etre(bout)
        if self._voit("\\"):
            return self._brut()
        return self._mot()

    def _peut_etre(self, bout: _Bout) -> _Bout:
        if not self._voit("?"):
            return bout
        self.ici += 1
        return _Bout(f"(?:{bout.motif})?", bout.tetes | {""})

    def _brut(self) -> _Bout:
        """« \\d+ », « \\w* »: kept as they are; never at the beginning of an expression."""
        lu = re.compile(r"\\[dw][*+]?").match(self.ligne, self.ici)
        if lu is None:
            raise ValueError(self.ligne)
        self.ici = lu.end()
        return _Bout(lu.group(), frozenset(f"{chiffre}" for chiffre in range(10)))

    def _mot(self) -> _Bout:
        lu = _MOT.match(self.ligne, self.ici)
        if lu is None:
            raise ValueError(f"{self.ligne} : {self.ligne[self.ici :]}")
        self.ici = lu.end()
        mot, terminaison = lu.group(1), lu.group(2)
        if terminaison:
            self.ici += self._voit("?")
            return _Bout(_lettres(mot) + FLEXIONS[terminaison], frozenset({mot[:_CLE]}))
        if self._voit("?"):
            self.ici += 1
            return _puis(_Bout(_lettres(mot[:-1]), frozenset({mot[:-1][:_CLE]})), _facultatif(mot[-1]))
        return _Bout(_lettres(mot), frozenset({mot[:_CLE]}))


_MOT: Final = re.compile(r"([a-z0-9œ'\-,/.%:]*?[a-z0-9œ'\-,/.%])(?::(\*|[a-z]+))?(?=[ ()|<>?\\]|$)")


def _facultatif(lettre: str) -> _Bout:
    return _Bout(f"{re.escape(lettre)}?", frozenset({lettre, ""}))


def _lettres(mot: str) -> str:
    motif = "".join(lettre if lettre.isalnum() or lettre in "' " else "\\" + lettre for lettre in mot)
    return _DOUBLE.sub(r"\1\1?", motif).replace("œ", "(?:œ|oe)")


def _lignes(nom: str) -> Iterator[str]:
    for ligne in (_DONNEES / nom).read_text(encoding="utf-8").splitlines():
        if ligne.strip() and not ligne.startswith("#"):
            yield aplatir(ligne.strip())


@cache
def _classes() -> Mapping[str, _Bout]:
    classes: dict[str, _Bout] = {}
    for ligne in _lignes("classes.txt"):
        nom, _, mots = ligne.partition(" = ")
        bout = _Lecture(mots.replace(" | ", "|"), classes).expression()
        classes[nom] = _Bout(f"(?:{bout.motif})", bout.tetes)
    return classes


def _sections() -> Iterator[tuple[str, bool, str]]:
    for fichier in FICHIERS:
        code, sauf = "", False
        for ligne in _lignes(fichier):
            if ligne.startswith("["):
                code, _, reste = ligne.strip("[]").partition(" ")
                sauf = reste == "sauf"
            else:
                yield code, sauf, ligne


@dataclass(frozen=True, slots=True)
class _Lexique:
    """The lines refused, by the first letters of what they match; what lets through, by category."""

    refuses: Mapping[str, tuple[tuple[str, str], ...]]
    permis: Mapping[str, str]


@cache
def _lexique() -> _Lexique:
    refuses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    permis: dict[str, list[str]] = defaultdict(list)
    for code, sauf, ligne in _sections():
        bout = _Lecture(ligne, _classes()).expression()
        if sauf:
            permis[code].append(bout.motif)
        else:
            for tete in bout.tetes:
                refuses[tete].append((code, bout.motif))
    return _Lexique(
        {tete: tuple(lignes) for tete, lignes in refuses.items()},
        {code: r"(?<![a-z0-9œ])(?:" + "|".join(motifs) + ")" for code, motifs in permis.items()},
    )


@cache
def _compiler(motif: str) -> re.Pattern[str]:
    """Compiled when a text first needs it: judging one sentence does not cost the whole lexicon."""
    return re.compile(f"(?:{motif}){_FIN}")


def refuses(plat: str) -> Iterator[tuple[str, int, int]]:
    """Every expression of the wide lexicon found in a text already flattened: its code and where."""
    lignes = _lexique().refuses
    for trouve in _DEBUT_DE_MOT.finditer(plat):
        debut = trouve.start()
        for code, motif in lignes.get(plat[debut : debut + _CLE], ()):
            expression = _compiler(motif).match(plat, debut)
            if expression is not None:
                yield code, debut, expression.end()


def permis(code: str) -> re.Pattern[str] | None:
    """What lets an expression of this category through, when the two overlap."""
    motif = _lexique().permis.get(code)
    return None if motif is None else _compiler(motif)
