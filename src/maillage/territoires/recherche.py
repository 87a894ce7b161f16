"""Find a commune as people type it.

Accents, case, hyphens and apostrophes do not count; "st" and "ste" are read "saint" and "sainte"; words may
be cut short; a postal code, an INSEE code or a département number may stand alone or beside a name; one or
two typing slips are forgiven where no name answers exactly. No dependency: sorted lists and bisection.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from maillage.territoires.valeurs import AncienneCommune, Commune, Departement, Resultat

_ABREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLES = {"l", "le", "la", "les", "d", "de", "du", "des", "et", "en", "a", "au", "aux", "sur", "sous"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})
_CODE = re.compile(r"\d[\dab]\d{1,3}")
_CODE_DEPARTEMENT = re.compile(r"\d{2,3}|2[ab]")
_LONGUEUR_MAXIMALE = 80
_ASSEZ = 5  # below this many answers, none of them exact, spelling slips are looked for too

EXACT, SANS_ARTICLE, DEBUT, MOTS, LACUNAIRE, FAUTE = range(6)


def normaliser(texte: str) -> str:
    """Lower-case words separated by one space, without accents; "St-Étienne" gives "saint etienne"."""
    sans_accent = unicodedata.normalize("NFD", texte.translate(_LIGATURES)).lower()
    lettres = "".join(lettre for lettre in sans_accent if not unicodedata.combining(lettre))
    mots = re.findall(r"[a-z0-9]+", lettres)
    return " ".join(_ABREVIATIONS.get(mot, mot) for mot in mots)


def _sans_articles(mots: Iterable[str]) -> str:
    return " ".join(mot for mot in mots if mot not in _ARTICLES)


def distance(a: str, b: str, plafond: int) -> int:
    """Edits between two words (insert, delete, replace, swap); more than `plafond` is not refined."""
    avant_avant: list[int] = []
    avant = list(range(len(b) + 1))
    for i, lettre in enumerate(a, 1):
        ligne = [i]
        for j, autre in enumerate(b, 1):
            cout = min(avant[j] + 1, ligne[j - 1] + 1, avant[j - 1] + (lettre != autre))
            if i > 1 and j > 1 and lettre == b[j - 2] and a[i - 2] == autre:
                cout = min(cout, avant_avant[j - 2] + 1)
            ligne.append(cout)
        if min(ligne) > plafond:
            return plafond + 1
        avant_avant, avant = avant, ligne
    return avant[-1]


def _masque(mot: str) -> int:
    masque = 0
    for lettre in mot:
        masque |= 1 << (ord(lettre) & 31)
    return masque


@dataclass(frozen=True, slots=True)
class _Nom:
    """One name leading to a commune: its own or an old one."""

    normal: str
    court: str
    commune: int
    mention: str


@dataclass(frozen=True, slots=True)
class _Demande:
    """What was typed, taken apart."""

    mots: tuple[str, ...]
    codes: tuple[str, ...]
    departements: tuple[str, ...]

    @property
    def normal(self) -> str:
        return " ".join(self.mots)


def _lire(texte: str, departements: frozenset[str]) -> _Demande:
    mots, codes, filtres = [], [], []
    for mot in normaliser(texte[:_LONGUEUR_MAXIMALE]).split():
        if _CODE_DEPARTEMENT.fullmatch(mot) and mot.upper() in departements:
            filtres.append(mot.upper())
        elif _CODE.fullmatch(mot):
            codes.append(mot.upper())
        else:
            mots.append(mot)
    return _Demande(tuple(mots), tuple(codes), tuple(filtres))


class IndexDesCommunes:
    """Built once in a fraction of a second, asked in a few milliseconds."""

    def __init__(
        self,
        communes: Iterable[Commune],
        anciennes: Iterable[AncienneCommune],
        departements: Iterable[Departement],
    ) -> None:
        self._communes = list(communes)
        rangs = {commune.code: rang for rang, commune in enumerate(self._communes)}
        self._rangs = rangs
        self._departements = frozenset(commune.departement for commune in self._communes)
        self._noms_de_departements = {
            _sans_articles(normaliser(departement.nom).split()): departement.code
            for departement in departements
        }
        self._postaux: defaultdict[str, list[int]] = defaultdict(list)
        self._anciens: dict[str, AncienneCommune] = {}
        self._noms = [self._nom(commune.nom, rang) for rang, commune in enumerate(self._communes)]
        for rang, commune in enumerate(self._communes):
            for postal in commune.codes_postaux:
                self._postaux[postal].append(rang)
        for vieille in anciennes:
            if vieille.actuelle in rangs:
                self._anciens.setdefault(vieille.code, vieille)
                if vieille.nom:
                    self._noms.append(self._nom(vieille.nom, rangs[vieille.actuelle], _mention(vieille)))
        self._indexer()

    @staticmethod
    def _nom(nom: str, rang: int, mention: str = "") -> _Nom:
        normal = normaliser(nom)
        return _Nom(normal, _sans_articles(normal.split()) or normal, rang, mention)

    def _indexer(self) -> None:
        vocabulaire: defaultdict[str, list[int]] = defaultdict(list)
        colles: defaultdict[str, list[int]] = defaultdict(list)
        for numero, nom in enumerate(self._noms):
            for mot in set(nom.normal.split()):
                vocabulaire[mot].append(numero)
            colles[nom.normal.replace(" ", "")].append(numero)
        self._mots = sorted(vocabulaire)
        self._par_mot = [vocabulaire[mot] for mot in self._mots]
        self._par_longueur: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, mot in enumerate(self._mots):
            self._par_longueur[len(mot)].append((_masque(mot), place))
        self._colles = sorted(colles)
        self._par_colle = [colles[colle] for colle in self._colles]

    def rechercher(self, texte: str, limite: int = 20) -> list[Resultat]:
        """Results by exactness, then by population; each commune once."""
        demande = _lire(texte, self._departements)
        meilleurs = self._meilleurs(demande)
        for autre in self._autres_lectures(demande) if not meilleurs else ():
            meilleurs = meilleurs or self._meilleurs(autre)
        return sorted(meilleurs, key=_cle)[:limite]

    def _autres_lectures(self, demande: _Demande) -> Iterator[_Demande]:
        """ "saint-denis réunion" ends with a département; in "paris 15" the number belongs to the name."""
        for place in range(1, len(demande.mots)):
            nomme = self._noms_de_departements.get(_sans_articles(demande.mots[place:]))
            if nomme:
                yield _Demande(demande.mots[:place], demande.codes, (nomme,))
        if demande.mots and demande.departements:
            numeros = tuple(numero.lower() for numero in demande.departements)
            yield _Demande(demande.mots + numeros, demande.codes, ())

    def _meilleurs(self, demande: _Demande) -> list[Resultat]:
        """The best reason of each commune that answers."""
        if demande.codes:
            trouves = self._par_codes(demande)
        elif demande.mots:
            trouves = self._par_noms(demande)
        else:
            trouves = self._du_departement(demande)
        meilleurs: dict[str, Resultat] = {}
        for resultat in trouves:
            connu = meilleurs.get(resultat.commune.code)
            if self._retenu(resultat, demande) and (connu is None or _cle(resultat) < _cle(connu)):
                meilleurs[resultat.commune.code] = resultat
        return list(meilleurs.values())

    def _par_codes(self, demande: _Demande) -> Iterator[Resultat]:
        for code in demande.codes:
            for resultat in self._par_code(code):
                if all(
                    any(mot.startswith(debut) for mot in normaliser(resultat.commune.nom).split())
                    for debut in demande.mots
                ):
                    yield resultat

    def _par_code(self, code: str) -> Iterator[Resultat]:
        if code in self._rangs:
            yield Resultat(self._communes[self._rangs[code]], EXACT, f"Code Insee {code}")
        elif code in self._anciens:
            vieille = self._anciens[code]
            mention = _mention(vieille) or f"Code Insee {code}, plus en vigueur"
            yield Resultat(self._communes[self._rangs[vieille.actuelle]], SANS_ARTICLE, mention)
        for postal in (code,) if len(code) == 5 else [p for p in self._postaux if p.startswith(code)]:
            for rang in self._postaux.get(postal, ()):
                yield Resultat(self._communes[rang], EXACT, f"Code postal {postal}")

    def _du_departement(self, demande: _Demande) -> Iterator[Resultat]:
        for commune in self._communes:
            if commune.departement in demande.departements:
                yield Resultat(commune, MOTS)

    def _par_noms(self, demande: _Demande) -> Iterator[Resultat]:
        numeros = self._commencant(demande.mots)
        if not numeros and len(court := _sans_articles(demande.mots).split()) < len(demande.mots):
            numeros = self._commencant(court)
        retenus, exact = 0, False
        for numero in numeros:
            resultat = self._resultat(numero, self._exactitude(self._noms[numero], demande))
            if self._retenu(resultat, demande):
                retenus += 1
                exact = exact or resultat.rang <= SANS_ARTICLE
                yield resultat
        if not exact and retenus < _ASSEZ:
            yield from self._approchants(demande)

    def _approchants(self, demande: _Demande) -> Iterator[Resultat]:
        """Words glued together, then typing slips."""
        for numero in self._coller("".join(demande.mots)):
            yield self._resultat(numero, LACUNAIRE)
        for numero, ecart in self._fautes(demande.mots):
            yield self._resultat(numero, FAUTE + ecart)

    @staticmethod
    def _retenu(resultat: Resultat, demande: _Demande) -> bool:
        return not demande.departements or resultat.commune.departement in demande.departements

    def _resultat(self, numero: int, rang: int) -> Resultat:
        nom = self._noms[numero]
        return Resultat(self._communes[nom.commune], rang, nom.mention)

    @staticmethod
    def _exactitude(nom: _Nom, demande: _Demande) -> int:
        tape = demande.normal
        if nom.normal == tape:
            return EXACT
        if nom.court == _sans_articles(demande.mots):
            return SANS_ARTICLE
        if nom.normal.startswith(tape) or nom.court.startswith(tape):
            return DEBUT
        return MOTS

    def _commencant(self, debuts: Iterable[str]) -> set[int]:
        """Names where each typed word begins one of the words."""
        communs: set[int] | None = None
        for debut in sorted(debuts, key=len, reverse=True):
            numeros: set[int] = set()
            for place in range(bisect_left(self._mots, debut), bisect_left(self._mots, debut + "{")):
                numeros.update(self._par_mot[place])
            communs = numeros if communs is None else communs & numeros
            if not communs:
                return set()
        return communs or set()

    def _coller(self, colle: str) -> Iterator[int]:
        if len(colle) < 4:
            return
        for place in range(bisect_left(self._colles, colle), bisect_left(self._colles, colle + "{")):
            yield from self._par_colle[place]

    def _fautes(self, mots: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Names whose words are one or two slips away from the typed words, with the number of slips."""
        communs: dict[int, int] | None = None
        for mot in mots:
            proches: dict[int, int] = {}
            for place, ecart in self._mots_proches(mot):
                for numero in self._par_mot[place]:
                    proches[numero] = min(ecart, proches.get(numero, ecart))
            if communs is None:
                communs = proches
            else:
                communs = {n: communs[n] + proches[n] for n in communs.keys() & proches.keys()}
        for numero, ecart in (communs or {}).items():
            manque = len(self._noms[numero].court.split()) - len(_sans_articles(mots).split())
            yield numero, 2 * ecart + max(manque, 0)

    def _mots_proches(self, mot: str) -> list[tuple[int, int]]:
        """Words of the register one slip away; two slips are forgiven in a long word nobody is closer to."""
        tolerances = (0,) if len(mot) < 4 else (1,) if len(mot) < 8 else (1, 2)
        for tolere in tolerances:
            proches = list(self._mots_a_distance(mot, tolere))
            if proches:
                return proches
        return []

    def _mots_a_distance(self, mot: str, tolere: int) -> Iterator[tuple[int, int]]:
        masque = _masque(mot)
        for longueur in range(len(mot) - tolere, len(mot) + tolere + 1):
            for autre, place in self._par_longueur.get(longueur, ()):
                if (masque ^ autre).bit_count() > 2 * tolere:
                    continue
                ecart = distance(mot, self._mots[place], tolere)
                if ecart <= tolere:
                    yield place, ecart


def _mention(vieille: AncienneCommune) -> str:
    return f"{vieille.nom}, {vieille.nature_en_clair}" if vieille.nom else ""


def _cle(resultat: Resultat) -> tuple[int, int, str]:
    """Exactness first, a present name before an old one, then the most populated."""
    return (2 * resultat.rang + resultat.ancien, -(resultat.commune.population or 0), resultat.commune.nom)
