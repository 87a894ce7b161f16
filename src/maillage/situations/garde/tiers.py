"""Names of other people, coordinates, numbers that identify: what is found by its form rather than its words.

Seekers read the text as it was written (capitals matter), and give spans.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from maillage.situations.garde.categories import Categorie
from maillage.situations.garde.lettres import aplatir

Etendue = tuple[int, int]

NOM_DE_TIERS: Final = Categorie(
    code="nom_de_tiers",
    libelle="nomme une autre personne",
    conseil="Ne nommez personne d’autre : « un camarade », « un voisin », « le responsable légal ».",
)
COORDONNEES: Final = Categorie(
    code="coordonnees",
    libelle="contient des coordonnées ou une date de naissance",
    conseil="Ces renseignements ont leur propre champ, dans l’identité.",
)
IDENTIFIANT: Final = Categorie(
    code="identifiant",
    libelle="contient un numéro qui identifie une personne ou son véhicule",
    conseil="Aucun numéro ici : ni sécurité sociale, ni allocataire, ni plaque, ni compte. Retirez-le.",
)

_DONNEES: Final = Path(__file__).parent.parent / "donnees"


def _lignes(nom: str) -> Iterator[str]:
    for ligne in (_DONNEES / nom).read_text(encoding="utf-8").splitlines():
        if ligne and not ligne.startswith("#"):
            yield ligne


def _mots(nom: str) -> frozenset[str]:
    return frozenset(mot for ligne in _lignes(nom) for mot in ligne.split())


#: First names frequent in France, in plain letters: enough to notice a third person in a short text.
PRENOMS: Final = _mots("prenoms.txt")
#: Those that are also ordinary words or places: a capital inside the sentence is needed, and a person before.
PRENOMS_AMBIGUS: Final = _mots("prenoms_ambigus.txt")
#: People whose name is that of streets, schools and squares: « à Jean Moulin » is a school.
PERSONNAGES: Final = frozenset(tuple(ligne.split()) for ligne in _lignes("personnages.txt"))

_MAJUSCULE: Final = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ]"
_LETTRE: Final = r"[A-Za-zÀ-ÖØ-öø-ÿœŒ]"
_MOT_PROPRE: Final = _MAJUSCULE + r"[A-Za-zÀ-ÖØ-öø-ÿœ’'\-]+"
_CIVILITE: Final = re.compile(
    rf"\b(?:(?:M\.|MM\.)(?: et (?:Mme|Mlle)\.?)?|(?:[Mm](?:r|rs|me|mes|lle)|MME|MR|[Mm]onsieur|[Mm]adame|"
    rf"[Mm]ademoiselle|"
    rf"[Dd]octeur|Dr|[Mm]a[iî]tre|Me|[Ll]e nomm[ée]|[Ll]a nomm[ée]e|[Ss]ieur)\.?)\s+(?:et\s+(?:Mme|madame|"
    rf"Madame)\.?\s+)?({_MOT_PROPRE})"
)
_CIVILITE_SANS_MAJUSCULE: Final = re.compile(
    r"\b(?:mme|mlle|mr|monsieur|madame)\.? (?!l[ea]s? |l'|du |de |des |et |qui |a |est |en |au |doit |"
    r"sera |dit |pour |ou |s'|"
    r"n'|ne |se |sur |avec |dans |vient |veut |n |maire|tout|non |par |peut |demande|souhaite|accepte|"
    r"refuse|travaille|cherche|va |vit )[a-z]{3,}"
)
_APRES_UN_LIEN: Final = re.compile(
    r"\b(?i:fr[eè]re|s(?:œ|oe)ur|p[eè]re|m[eè]re|cousine?|ami|amie|amis|copains?|copines?|camarades?|oncle|"
    r"tante|compagne|voisine?|"
    r"compagnon|conjointe?|pr[ée]nomm[ée]e?|nomm[ée]e?|d[ée]nomm[ée]e?|surnomm[ée]e?|appel[ée]e?|dite?|"
    r"alias|famille|fils|fille|"
    r"jeune|petit|petite|gamine?|gosse|m[ôo]me|ado|minot|fratrie|fr[eè]res|s(?:œ|oe)urs|cousins|chez|enfants?|consorts|clan|gars|"
    r"les)\s+"
    rf"(?:de |d['’])?({_MOT_PROPRE})"
)
_LIENS_LARGES: Final = re.compile(
    r"\b(?:famille|chez|les|jeune|petit|petite|fils|fille|clan|ami|"
    r"amie|amis|voisine?|enfants?)\s",
    re.IGNORECASE,
)
#: After a wide link, a capital may begin an institution: these words are never surnames here.
_INSTITUTIONS: Final = _mots("institutions.txt")
_NOM_EN_CAPITALES: Final = re.compile(
    rf"(?<![\w-])({_MAJUSCULE}[a-zà-ÿœ\-]+)\s+([A-ZÉÈÀÇ\-]{{2,}})(?![\w-])|"
    rf"(?<![\w-])([A-ZÉÈÀÇ\-]{{3,}})\s+({_MAJUSCULE}[a-zà-ÿœ\-]+)(?![\w-])"
)
_INITIALE: Final = re.compile(
    rf"(?<![\w.])({_MAJUSCULE}[a-zà-ÿœ\-]{{2,}})\s+[A-Z]\.|"
    rf"(?<![\w.])[A-Z]\.\s?({_MAJUSCULE}[a-zà-ÿœ\-]{{2,}})"
)
_PROPRE: Final = re.compile(rf"(?<![\w’'\-])(?:[dlDLnNsS][’'])?({_LETTRE}+(?:-{_LETTRE}+)*)")

_LIEU: Final = re.compile(
    r"(?:coll[èe]ges?|lyc[ée]es?|[ée]coles?|rues?|places?|avenue|all[ée]es?|square|gymnase|stade|"
    r"r[ée]sidence|saint|sainte|cit[ée]|quartier|st|ste|"
    r"esp(?:ace)?|centre|parc|boulevard|bd|impasse|maternelle|[ée]l[ée]mentaire|primaire|groupe scolaire|"
    r"m[ée]diath[èe]que|biblioth[èe]que|mjc|maison|"
    r"salle|foyer|h[ôo]pital|clinique|piscine|complexe|association|fondation|fonds|tour|b[âa]timent|b[âa]t|"
    r"immeuble|barre|cours|quai|pont|chemin|"
    r"route|arr[êe]t|station|m[ée]tro|tram|bus|ligne|ville|commune|villa|th[ée][âa]tre|cin[ée]ma|caserne|"
    r"square|jardin|terrain|dojo|"
    r"auditorium|cr[èe]che|mairie|annexe|pharmacie|garage|boulangerie|entreprise|soci[ée]t[ée]|bar|caf[ée]|"
    r"restaurant|magasin|supermarch[ée]|"
    r"club|amicale|institut|universit[ée]|fac|campus|village|ehpad|mas|sessad|centre social|plateforme|"
    r"[ée]picerie|march[ée]|supérette|"
    r"fête|f[êe]te de la|montagne|rond-point|esplanade|promenade|port|plage|lac|stage chez|marque|prix|"
    r"dispositif|programme|loi|plan|op[ée]ration|"
    r"charte|livret|rallye|tournoi|coupe|trophée|challenge|notre-dame|pavillon|hall|zac|zone|"
    r"copropri[ée]t[ée]|internat|cfa|ufa|erea|segpa)"
    r"s?(?:[\s\-]+(?:de |du |des |d['’]|la |le |l['’])*|['’])(?:[\wà-ÿ’'\-]+\s+){0,2}$",
    re.IGNORECASE,
)


def _lieu_avant(texte: str, position: int) -> bool:
    """« collège Louise-Michel », « rue Paul Bert »: a place is not a person."""
    avant = texte[max(0, position - 60) : position]
    if re.search(r"\b(?:avec|chez|contre|vu|vue|selon|par)\s+$", avant, re.IGNORECASE):
        return False
    return _LIEU.search(avant) is not None


def _est_prenom(mot: str) -> bool:
    plat = aplatir(mot)
    if plat in PRENOMS:
        return True
    parties = plat.split("-")
    return len(parties) > 1 and all(partie in PRENOMS for partie in parties)


def _personnage(texte: str, debut: int, fin: int) -> bool:
    """The name that begins or ends here is one given to streets and schools."""
    suite = re.match(rf"[\s\-]+({_LETTRE}+(?:-{_LETTRE}+)*)", texte[fin:])
    avant = re.search(rf"({_LETTRE}+)[\s\-]+$", texte[:debut])
    mot = aplatir(texte[debut:fin])
    return bool(
        (suite and (mot, aplatir(suite.group(1))) in PERSONNAGES)
        or (avant and (aplatir(avant.group(1)), mot) in PERSONNAGES)
        or tuple(mot.split("-", 1)) in PERSONNAGES
    )


def _innocent(texte: str, debut: int, fin: int) -> bool:
    return _lieu_avant(texte, debut) or _personnage(texte, debut, fin)


def noms_de_tiers(texte: str) -> Iterator[Etendue]:
    """Spans that name somebody: a title and a name, a kinship and a name, a known first name."""
    for trouve in _CIVILITE.finditer(texte):
        if not _lieu_avant(texte, trouve.start()) and not _fonction(trouve.group(1)):
            yield trouve.span()
    plat = aplatir(texte)
    for trouve in _CIVILITE_SANS_MAJUSCULE.finditer(plat):
        if not _fonction(trouve.group().split()[-1]):
            yield trouve.span()
    for trouve in _APRES_UN_LIEN.finditer(texte):
        if not _apres_lien_innocent(texte, trouve):
            yield trouve.span(1)
    yield from _noms_entiers(texte)
    yield from _frequentations(texte)
    yield from _prenoms(texte)


_FREQUENTE: Final = re.compile(
    r"\b(?i:(?:tra[iî]n\w+|vue?s?|sort\w*|squatt\w*|fr[ée]quent\w+|bagarr\w+|conflit|battue?|rixe|"
    r"disput\w+|embrouill\w+|"
    r"h[ée]berg\w+|log\w+|vit|dort|habite|fourr[ée]e?|menac\w+|frapp\w+|entra[iî]n\w+|bande)"
    r"(?: \w+){0,2}? (?:avec|chez|par|contre|entre|de)(?: les)?|(?:chez|avec|contre) les)\s+"
    rf"({_MOT_PROPRE})"
)


def _frequentations(texte: str) -> Iterator[Etendue]:
    """« traîne avec Souhaïb », « chez les Benali »: any capital that is not a place nor an institution."""
    if texte.isupper():
        return
    for trouve in _FREQUENTE.finditer(texte):
        mot, lien = aplatir(trouve.group(1)), trouve.group()
        if trouve.group(1).isupper() or mot in _INSTITUTIONS or mot.split("-")[0] in ("saint", "sainte"):
            continue
        if lien.split()[-2].lower() == "de" and not _est_prenom(mot):
            continue
        if not _innocent(texte, *trouve.span(1)):
            yield trouve.span(1)


def _noms_entiers(texte: str) -> Iterator[Etendue]:
    """« BENALI Karim », « Dylan P. », « T. Morel »."""
    for trouve in _NOM_EN_CAPITALES.finditer(texte):
        prenom, nom = (1, 2) if trouve.group(1) else (4, 3)
        connu = _est_prenom(trouve.group(prenom)) and trouve.group(nom) not in _SIGLES
        if connu and not _innocent(texte, *trouve.span(prenom)):
            yield trouve.span()
    for trouve in _INITIALE.finditer(texte):
        connu = trouve.group(1) is None or _est_prenom(trouve.group(1))
        if connu and not _innocent(texte, *trouve.span()):
            yield trouve.span()


_FONCTIONS: Final = frozenset(
    re.findall(
        r"\w+",
        "maire adjoint adjointe procureur procureure prefet prefete principal principale proviseur "
        "proviseure president presidente directeur directrice le la les et loyer proprete tout monde",
    )
)
_SIGLES: Final = frozenset(
    re.findall(
        r"\w+",
        "MJC CLSPD CISPD CDDF PJJ SPIP UEHC CAF CCAS EPIDE SMV SMA TIG TAPAJ PMSMP CFA BTS CAP DASEN IEN CPE "
        "RER TER SNCF HLM QPV APS ALSH BAFA ASL MLDS GPDS ISCG CIDFF UAPED EPCI SEGPA FLE AFPA FSL PACEA",
    )
)


def _fonction(mot: str) -> bool:
    return aplatir(mot) in _FONCTIONS


def _apres_lien_innocent(texte: str, trouve: re.Match[str]) -> bool:
    """« chez Emmaüs », « les Restos », « jeune Majeur »: not a surname; a place neither."""
    mot = aplatir(trouve.group(1))
    if _innocent(texte, *trouve.span(1)):
        return True
    if _LIENS_LARGES.match(trouve.group()):
        if trouve.group(1).isupper() or mot in _INSTITUTIONS or mot.split("-")[0] in ("saint", "sainte"):
            return True
        lien = trouve.group().split()[0].lower()
        # « les » and « chez » need a known first name, or a text whose other words are not capitals.
        relie = " de " in trouve.group() or lien in ("les", "chez", "ami", "amie", "amis")
        return relie and not _est_prenom(trouve.group(1))
    return trouve.group(1).isupper() and texte.isupper() and not _est_prenom(trouve.group(1))


_PERSONNE_AVANT: Final = re.compile(
    r"\b(?:avec|chez|et|contre|vu|selon|(?:copain|copine|amie?|fr[eè]re|s(?:œ|oe)ur|m[eè]re|p[eè]re|"
    r"parents) de|appel[ée]e?|nomm[ée]e?|copain|copine|ami|amie|fr[eè]re|s(?:œ|oe)ur|cousine?|petite?|"
    r"jeune)\s+$",
    re.IGNORECASE,
)

_AGIT_ENSUITE: Final = re.compile(
    r"(?:,? (?:et|avec) [A-Z][a-zà-ÿ]+)?,? (?:a|ont|était|étaient|s[’']est|va|vient|fait|traîne|dit|habite|"
    r"l[’'](?:a|héberge)|"
    r"lui|nous|refuse|demande|veut|pousse|frappe|entraîne)\s"
)


def _prenoms(texte: str) -> Iterator[Etendue]:
    """Known first names, whatever their case; the ambiguous ones only where a person stands."""
    crie = texte.isupper()
    for trouve in _PROPRE.finditer(texte):
        mot = trouve.group(1)
        if not _est_prenom(mot):
            continue
        debut, fin = trouve.span(1)
        if aplatir(mot) in PRENOMS_AMBIGUS:
            humain = _PERSONNE_AVANT.search(texte[:debut]) or _AGIT_ENSUITE.match(texte, fin)
            if crie or not (mot[0].isupper() and humain):
                continue
        if not _innocent(texte, debut, fin):
            yield debut, fin


_RUE: Final = (
    r"(?:rue|avenue|av\.?|boulevard|bd|all[ée]es?|place|impasse|chemin|route|cours|quai|square|"
    r"r[ée]sidence|passage|sente|faubourg|esplanade|villa)"
)
_COORDONNEES: Final = re.compile(
    r"(?<![\d-])(?:\+33\s?(?:\(0\)\s?)?|0033\s?|0)[ .\-]?[1-9](?:[ .\-/]?\d{2}){4}(?!\d)"
    r"|[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}"
    r"|\bn[ée]e?\s+le\s+(?:\d|1er)"
    r"|\bn[ée]e?\s+(?:en\s+\w+\s+|en\s+)?(?:19|20)\d\d\b"
    r"|\b(?:date de naissance|ddn|naissance)\s*:?\s*(?:le\s+)?\d"
    rf"|\b(?:habit\w+|domicili\w+|demeur\w+|log\w+|r[ée]sid\w+|vit|"
    rf"adresse(?! (?:de l(?:a permanence|a mairie|a salle|['’]accueil|['’]association)|"
    rf"du (?:service|si[èe]ge|local)))|h[ée]berg\w+|"
    rf"chez \w+)\b[^.;]{{0,25}}?\b\d{{1,4}}\s?(?:bis|ter|[a-d])?\s?,?\s?{_RUE}\b"
    rf"|\b\d{{1,4}}\s?(?:bis|ter)?\s?,?\s?{_RUE}\b[^.;]{{2,40}}?(?:\bappartement|\bappt?\b|\b[ée]tage|"
    rf"\bporte\s+\w{{1,4}}\b|\b\d{{5}}\b)"
    r"|(?<!\w)@[\w.]{3,}"
    r"|\b(?:son|sa|leur|mon)\s+(?:compte\s+|pseudo\s+)?(?:sur\s+)?(?:insta(?:gram)?|snap(?:chat)?|"
    r"tik\s?tok|facebook|discord|whatsapp|telegram|twitter|messenger|pseudo|adresse m[ae]il|mail|num[ée]ro|"
    r"tel|t[ée]l[ée]phone|portable)\s*(?:est|:|c['’]est|=)\s*[\w@+]"
    r"|\b(?:insta(?:gram)?|snap(?:chat)?|tik\s?tok|discord|telegram|pseudo)\s*:?\s*@?[\w.]*[_\d][\w.]*"
    r"|\b(?:digicode|code (?:d['’]entr[ée]e|porte|interphone|immeuble))\s*:?\s*\w*\d\w*",
    re.IGNORECASE,
)


def coordonnees(texte: str) -> Iterator[Etendue]:
    """Telephone, address of a home or of a mailbox, account of a network, date of birth."""
    for trouve in _COORDONNEES.finditer(texte):
        yield trouve.span()


_IDENTIFIANT: Final = re.compile(
    r"(?<!\d)[12][ .]?\d\d[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d\d|"
    r"2[ABab])[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d\d)?(?!\d)"
    r"|\b(?:num[ée]ro|n°|no)?\s?(?:de )?s[ée]cu(?:rit[ée] sociale)?\s*:?\s*\d[\d ]{6,}"
    r"|(?<![A-Za-z0-9])[A-HJ-NP-TV-Za-hj-np-tv-z]{2}[ \-]\d{3}[ "
    r"\-][A-HJ-NP-TV-Za-hj-np-tv-z]{2}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])[A-HJ-NP-TV-Z]{2}\d{3}[A-HJ-NP-TV-Z]{2}(?![A-Za-z0-9])"
    r"|\b(?:plaques?|immatricul\w*|scooter|moto|voiture|v[ée]hicule|quad|clio|golf|twingo)(?:\s+(?:est|:|"
    r"le|sous le|num[ée]ro|n°)){0,2}\s+\d{1,4}[ \-]?[A-Z]{2,3}[ \-]?\d{2,3}\b"
    r"|\b[A-Z]{2}\d\d(?: ?[\dA-Z]{4}){3,}(?: ?[\dA-Z]{1,4})?\b"
    r"|(?<!\d)\d{4}[ \-]\d{4}[ \-]\d{4}[ \-]\d{4}(?!\d)"
    r"|\b(?:allocataire|ine|nir|passeport|agdref|[ée]tranger|carte d['’]identit[ée]|cni|[ée]crou|"
    r"permis de conduire|permis|titre de s[ée]jour|identifiant(?: national| france travail|"
    r" p[ôo]le emploi)?|france travail|num[ée]ro fiscal|imei|siv|caf|iban|rib)"
    r"(?:\s+(?:caf|num[ée]ro|n°|no|de|est|:|msa)){0,3}\s*:?\s*(?=[A-Z]{0,3}\d)[\dA-Z](?:[\dA-Z ]{4,})\w",
    re.IGNORECASE,
)


def identifiants(texte: str) -> Iterator[Etendue]:
    """Social security, family allowance, plate, bank account, card, passport, school number."""
    for trouve in _IDENTIFIANT.finditer(texte):
        yield trouve.span()


CHERCHEURS: Final[tuple[tuple[str, Callable[[str], Iterator[Etendue]]], ...]] = (
    (NOM_DE_TIERS.code, noms_de_tiers),
    (COORDONNEES.code, coordonnees),
    (IDENTIFIANT.code, identifiants),
)
