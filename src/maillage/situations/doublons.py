"""Two records that may be of one person: reasons in words, for a human to decide.

No score exists, shown or stored: a pair is « à rapprocher » with its reasons, or it is not. Compared
inside one cercle only, in memory, over what the actor may read (persons are never linked across
cercles). Pure functions, no Django.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Personne:
    """What is compared, and nothing else."""

    nom: str
    prenom: str
    naissance: date | None = None


_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})


def plat(texte: str) -> str:
    """Lower case, without accents, hyphens nor apostrophes: « Le Goff-Étienne » → « legoffetienne »."""
    bas = texte.casefold()
    if bas.isascii() and bas.isalnum():
        return bas
    decompose = unicodedata.normalize("NFD", bas.translate(_LIGATURES))
    return "".join(signe for signe in decompose if signe.isalnum())


# Order matters: digraphs before letters.
_SONS: Final = tuple(
    (re.compile(motif), son)
    for motif, son in (
        (r"ph", "f"),
        (r"eaux|eau|aux|au", "o"),
        (r"ain|ein|in|im|ym|yn", "1"),
        (r"en|an|am|em", "2"),
        (r"ai|ei|ay|ey", "e"),
        (r"qu|ck|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"sch|sh|ch", "c"),
        (r"c(?=[aou1-9lr]|$)", "k"),
        (r"g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"ill|ll", "l"),
        (r"er$", "e"),
        (r"h", ""),
        (r"y", "i"),
        (r"w", "v"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),
        (r"[estxdp]+$", ""),
    )
)


def son(texte: str) -> str:
    """A rough French pronunciation key: « Phillippe » and « Filipe » sound alike."""
    ecrit = plat(texte)
    cle = ecrit
    for motif, remplacement in _SONS:
        cle = motif.sub(remplacement, cle)
    return cle or ecrit


@dataclass(slots=True)
class Ecritures:
    """How names are written and sound, worked out once in one comparison and forgotten with it.

    Never kept by the process: the name of an erased person would outlive them in its memory.
    """

    plats: dict[str, str] = field(default_factory=dict, repr=False)
    sons: dict[str, str] = field(default_factory=dict, repr=False)

    def plat(self, texte: str) -> str:
        connu = self.plats.get(texte)
        if connu is None:
            connu = self.plats[texte] = plat(texte)
        return connu

    def son(self, texte: str) -> str:
        connu = self.sons.get(texte)
        if connu is None:
            connu = self.sons[texte] = son(texte)
        return connu


def a_une_frappe_pres(un: str, autre: str) -> bool:
    """One letter added, missing, changed, or two neighbours swapped."""
    if un == autre:
        return True
    court, long = sorted((un, autre), key=len)
    if len(long) - len(court) > 1:
        return False
    debut = next((rang for rang, (a, b) in enumerate(zip(court, long, strict=False)) if a != b), len(court))
    if len(court) != len(long):
        return court[debut:] == long[debut + 1 :]
    echange = long[debut + 1 : debut + 2] + long[debut : debut + 1]
    return court[debut + 1 :] == long[debut + 1 :] or (
        court[debut : debut + 2] == echange and court[debut + 2 :] == long[debut + 2 :]
    )


def proches(un: str, autre: str, connues: Ecritures | None = None) -> bool:
    """Same sound, or one keystroke apart; short names must be written alike."""
    e = connues or Ecritures()
    a, b = e.plat(un), e.plat(autre)
    if not a or not b:
        return False
    if a == b:
        return True
    if min(len(a), len(b)) < 4:
        return False
    return e.son(un) == e.son(autre) or a_une_frappe_pres(a, b)


def raison_de_date(un: date | None, autre: date | None) -> str | None:
    """Why two birth dates may be one, in words; None when they may not."""
    if un is None or autre is None:
        return None
    if un == autre:
        return "même date de naissance"
    if (un.year, un.month, un.day) == (autre.year, autre.day, autre.month):
        return "jour et mois de naissance inversés"
    if (un.month, un.day) == (autre.month, autre.day) and abs(un.year - autre.year) <= 1:
        return "année de naissance décalée d’un an"
    if a_une_frappe_pres(f"{un:%d%m%Y}", f"{autre:%d%m%Y}"):
        return "date de naissance à un chiffre près"
    return None


def _raison_de_nom(un: Personne, autre: Personne, e: Ecritures) -> str | None:
    if e.plat(un.nom) == e.plat(autre.nom) and e.plat(un.prenom) == e.plat(autre.prenom):
        return "même nom et même prénom"
    if e.plat(un.nom) == e.plat(autre.prenom) and e.plat(un.prenom) == e.plat(autre.nom):
        return "nom et prénom inversés"
    if proches(un.nom, autre.nom, e) and proches(un.prenom, autre.prenom, e):
        return "nom et prénom d’orthographe proche"
    if proches(un.nom, autre.prenom, e) and proches(un.prenom, autre.nom, e):
        return "nom et prénom inversés, d’orthographe proche"
    return None


def raisons(un: Personne, autre: Personne, connues: Ecritures | None = None) -> tuple[str, ...]:
    """The reasons to look at these two together; empty when there are none.

    Names alone are enough only where a birth date is missing: two homonyms born far apart are two
    persons. A same birth date with one name alike (a second family name, a first name in use) counts.
    """
    e = connues or Ecritures()
    nom, jour = _raison_de_nom(un, autre, e), raison_de_date(un.naissance, autre.naissance)
    if nom and (jour or un.naissance is None or autre.naissance is None):
        return (nom, jour) if jour else (nom, "date de naissance inconnue d’un côté")
    if jour == "même date de naissance":
        if proches(un.nom, autre.nom, e):
            return ("nom proche", jour)
        if proches(un.prenom, autre.prenom, e) and _se_contiennent(e.plat(un.nom), e.plat(autre.nom)):
            return ("un nom contient l’autre", jour)
    return ()


def _se_contiennent(un: str, autre: str) -> bool:
    a, b = sorted((un, autre), key=len)
    return len(a) >= 4 and a in b


def a_rapprocher(
    cherchee: Personne, connues: Iterable[tuple[T, Personne]]
) -> list[tuple[T, tuple[str, ...]]]:
    """Those of ``connues`` that may be the same person, in their own order, each with its reasons."""
    e = Ecritures()
    trouvees = ((cle, raisons(cherchee, personne, e)) for cle, personne in connues)
    return [(cle, pourquoi) for cle, pourquoi in trouvees if pourquoi]


def correspond(demande: str, personne: Personne, connues: Ecritures | None = None) -> bool:
    """Whether every word typed is a beginning of, or sounds like, a word of the person's names."""
    e = connues or Ecritures()
    mots_connus = [mot for mot in re.split(r"[\s\-’']+", f"{personne.nom} {personne.prenom}") if mot]
    entiers = [e.plat(personne.nom), e.plat(personne.prenom), *(e.plat(mot) for mot in mots_connus)]
    mots = [mot for mot in re.split(r"[\s\-’']+", demande) if e.plat(mot)]
    return bool(mots) and all(
        any(entier.startswith(e.plat(mot)) for entier in entiers)
        or any(proches(mot, connu, e) for connu in mots_connus)
        for mot in mots
    )
