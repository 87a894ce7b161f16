"""The guard of free text: what may never be recorded, found in French, with what to write instead.

What is secret (individual or family history, content of social or judicial work, health) is never
shared in a groupe (CSI, art. L. 132-5; Code pénal, art. 226-13), and no text may describe a person's
origin, religion, opinions or private life (RGPD, art. 9). The guard reads words, not intentions: it
quotes what it found so that the author can rephrase. Pure, no Django, no network.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from maillage.situations.garde_lexique import CATEGORIES, PRENOMS, Categorie


@dataclass(frozen=True, slots=True)
class Signal:
    """One finding: a stable code, the words found, the advice, and where (positions in the text)."""

    code: str
    extrait: str
    conseil: str
    debut: int
    fin: int


_ACCENTS: Final = str.maketrans(
    "àâäáãçéèêëíîïìñóôöòõúùûüýÿÀÂÄÁÇÉÈÊËÍÎÏÌÑÓÔÖÒÚÙÛÜÝ’‘ʼ\u00a0\u202f",
    "aaaaaceeeeiiiinooooouuuuyyaaaaceeeeiiiinoooouuuuy'''  ",
)


def aplatir(texte: str) -> str:
    """Lower case without accents, of the same length: positions found are positions in the text."""
    return texte.translate(_ACCENTS).lower()


def _motif(categorie: Categorie) -> re.Pattern[str]:
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(categorie.motifs) + r")(?![a-z0-9])")


_MOTIFS: Final = tuple((categorie, _motif(categorie)) for categorie in CATEGORIES if categorie.motifs)
_PERMIS: Final = {
    categorie.code: re.compile("|".join(categorie.sauf)) for categorie in CATEGORIES if categorie.sauf
}
_CONSEILS: Final = {categorie.code: categorie.conseil for categorie in CATEGORIES}

_MAJUSCULE = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ]"
_MOT_PROPRE = _MAJUSCULE + r"[A-Za-zàâäçéèêëîïôöùûüÿœ’'\-]+"
_CIVILITE: Final = re.compile(
    rf"\b(?:M\.|Mr\.?|MM\.|Mme\.?|Mmes|Mlle\.?|Monsieur|Madame|Mademoiselle|Docteur|Dr\.?|Ma[iî]tre)\s+({_MOT_PROPRE})"
)
_APRES_UN_LIEN: Final = re.compile(
    r"\b(?:fr[eè]re|s(?:œ|oe)ur|p[eè]re|m[eè]re|cousine?|amie?|copains?|copines?|camarades?|oncle|tante|compagne|"
    rf"compagnon|pr[ée]nomm[ée]e?|nomm[ée]e?|d[ée]nomm[ée]e?|surnomm[ée]e?|appel[ée]e?)\s+({_MOT_PROPRE})"
)
_NOM_EN_CAPITALES: Final = re.compile(
    rf"\b({_MAJUSCULE}[a-zàâäçéèêëîïôöùûüÿœ\-]+\s+[A-ZÉÈÀÇ\-]{{3,}}|[A-ZÉÈÀÇ\-]{{3,}}\s+{_MAJUSCULE}[a-zàâäçéèêëîïôöùûüÿœ\-]+)\b"
)
_PROPRE: Final = re.compile(rf"\b{_MOT_PROPRE}")
_SIGLES: Final = frozenset(
    re.findall(
        r"\w+",
        "MJC CLSPD CISPD CDDF PJJ SPIP UEHC CAF CCAS EPIDE SMV SMA TIG TAPAJ PMSMP CFA BTS CAP DASEN IEN CPE "
        "RER TER SNCF HLM QPV APS ALSH BAFA ASL MLDS GPDS ISCG CIDFF UAPED EPCI ULIS SEGPA",
    )
)
_COORDONNEES: Final = re.compile(
    r"(?<!\d)(?:\+33|0)[ .\-]?[1-9](?:[ .\-]?\d{2}){4}(?!\d)|[\w.+\-]+@[\w\-]+\.[a-z]{2,}|\bn[ée]e? le \d"
)


def _noms_de_tiers(texte: str) -> Iterator[tuple[int, int]]:
    """Spans that name somebody: a title and a name, a kinship and a name, a known first name."""
    for trouve in _CIVILITE.finditer(texte):
        yield trouve.span()
    for trouve in _APRES_UN_LIEN.finditer(texte):
        yield trouve.span(1)
    for trouve in _NOM_EN_CAPITALES.finditer(texte):
        if not any(mot in _SIGLES for mot in trouve.group().split()):
            yield trouve.span()
    for trouve in _PROPRE.finditer(texte):
        if aplatir(trouve.group()) in PRENOMS and not _lieu_avant(texte, trouve.start()):
            yield trouve.span()


_LIEU: Final = re.compile(
    r"(?:coll[èe]ge|lyc[ée]e|[ée]cole|rue|place|avenue|all[ée]e|square|gymnase|stade|r[ée]sidence|saint|sainte|cit[ée]|quartier|"
    r"esp(?:ace)?|centre|parc|boulevard|impasse)[\s\-]+(?:[\wà-ÿ’'\-]+\s+){0,1}$",
    re.IGNORECASE,
)


def _lieu_avant(texte: str, position: int) -> bool:
    """« collège Louise-Michel », « rue Paul Bert »: a place is not a person."""
    return _LIEU.search(texte[:position]) is not None


def _coordonnees(texte: str) -> Iterator[tuple[int, int]]:
    for trouve in _COORDONNEES.finditer(texte.lower()):
        yield trouve.span()


_CHERCHEURS: Final[tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...]] = (
    ("nom_de_tiers", _noms_de_tiers),
    ("coordonnees", _coordonnees),
)


def _par_lexique(texte: str) -> Iterator[tuple[str, int, int]]:
    plat = aplatir(texte)
    for categorie, motif in _MOTIFS:
        permis = _PERMIS.get(categorie.code)
        intervalles = [p.span() for p in permis.finditer(plat)] if permis else []
        for trouve in motif.finditer(plat):
            debut, fin = trouve.span()
            if not any(a <= debut and fin <= b for a, b in intervalles):
                yield categorie.code, debut, fin


def examiner(texte: str) -> list[Signal]:
    """Everything that may not be recorded in ``texte``, in the order of the text; empty when it may."""
    trouves = list(_par_lexique(texte))
    trouves += [(code, *intervalle) for code, chercher in _CHERCHEURS for intervalle in chercher(texte)]
    signaux: list[Signal] = []
    for code, debut, fin in sorted(trouves, key=lambda t: (t[1], -t[2])):
        if signaux and debut < signaux[-1].fin:
            continue
        signaux.append(Signal(code, texte[debut:fin], _CONSEILS[code], debut, fin))
    return signaux


def libelle(code: str) -> str:
    """What a finding touches, for the sentence shown: « relève de la santé »."""
    return next(categorie.libelle for categorie in CATEGORIES if categorie.code == code)
