"""The guard of free text: what may never be recorded, found in French, with what to write instead.

What is secret (individual or family history, content of social or judicial work, health) is never
shared in a groupe (CSI, art. L. 132-5; Code pénal, art. 226-13), and no text may describe a person's
origin, religion, opinions or private life (RGPD, art. 9). The guard reads words, not intentions: it
quotes what it found so that the author can rephrase. Pure, no Django, no network.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from maillage.situations.garde.categories import Categorie
from maillage.situations.garde.consommations import ADDICTION, HANDICAP
from maillage.situations.garde.convictions import OPINIONS, RADICALISATION, VIE_SEXUELLE
from maillage.situations.garde.ecriture import permis, refuses
from maillage.situations.garde.identite import ORIGINE, RELIGION
from maillage.situations.garde.jugement import JUGEMENT, PREDICTION
from maillage.situations.garde.justice import PROCEDURE
from maillage.situations.garde.lettres import aplatir
from maillage.situations.garde.sante import SANTE
from maillage.situations.garde.tiers import CHERCHEURS, COORDONNEES, IDENTIFIANT, NOM_DE_TIERS
from maillage.situations.garde.vie import HISTOIRE_FAMILIALE, TRAVAIL_SOCIAL

__all__ = ["CATEGORIES", "Signal", "aplatir", "examiner", "libelle"]

CATEGORIES: Final = (
    SANTE,
    ADDICTION,
    HANDICAP,
    HISTOIRE_FAMILIALE,
    TRAVAIL_SOCIAL,
    PROCEDURE,
    RADICALISATION,
    ORIGINE,
    RELIGION,
    OPINIONS,
    VIE_SEXUELLE,
    PREDICTION,
    JUGEMENT,
    NOM_DE_TIERS,
    COORDONNEES,
    IDENTIFIANT,
)


@dataclass(frozen=True, slots=True)
class Signal:
    """One finding: a stable code, the words found, the advice, and where (positions in the text)."""

    code: str
    extrait: str
    conseil: str
    debut: int
    fin: int


_DOUBLE: Final = re.compile(r"(?<!\\)([b-df-hj-np-tv-z])\1(?!\?)")


def _motif(categorie: Categorie) -> re.Pattern[str]:
    """Whole words only; a doubled consonant is optional, as people type."""
    motifs = (_DOUBLE.sub(r"\1\1?", motif) for motif in categorie.motifs)
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(motifs) + r")(?![a-z0-9])")


_MOTIFS: Final = tuple((categorie, _motif(categorie)) for categorie in CATEGORIES if categorie.motifs)
_PERMIS: Final = {
    categorie.code: re.compile(r"(?<![a-z0-9])(?:" + "|".join(categorie.sauf) + r")(?![a-z0-9])")
    for categorie in CATEGORIES
    if categorie.sauf
}
_PAR_CODE: Final = {categorie.code: categorie for categorie in CATEGORIES}
_RANG: Final = {categorie.code: rang for rang, categorie in enumerate(CATEGORIES)}

#: The title of an action, then only the small words that link it to its subject: nobody is spoken of.
_ACTION: Final = re.compile(
    r"(?<![a-z0-9])(?:prevention|sensibilisations?|campagnes?|forums?|journees?|semaines?|mois|"
    r"conferences?|expositions?|expo|ateliers?|actions?|formations?|"
    r"formes?|interventions?|animations?|seances?|reunions?|debats?|cine-debats?|theatre-forum|stands?|"
    r"colloques?|modules?|lutte|plans?|guides?|plaquettes?|"
    r"affiches?|permanences?|programmes?|commissions?|rencontres?|visites?|ligne d'ecoute|numero vert|"
    r"concours|film|spectacle|theatre|piece|association|"
    r"observatoire|charte|dispositif national|stage d'observation|echanges?|information|informer|parler|"
    r"debattre|cafe-debat|table ronde|soiree|temps d'information|"
    r"groupe de travail|strategie|sensibiliser|prevenir|former)"
    r"(?:[\s:,]+|[ld]'|(?:de|des|du|la|le|les|un|une|sur|contre|au|aux|a|et|en|pour|face|autour|dans|"
    r"ouverte?|publi\w+|nationa\w+|municipa\w+|"
    r"locale?|loca\w+|departementa\w+|collecti\w+|scolaire\w*|theme|themes|sujet|question|questions|"
    r"dangers?|risques?|effets|conduites|usages?|consommations?|faits?|"
    r"violences?|discriminations?|faites?|femmes|filles|garcons|agents?|jeunes?|parents?|eleves?|"
    r"professionnels|tous|toutes|habitants|commercants|"
    r"animateurs|educateurs|prevention|sensibilisation|lutte|information|formation|lies?|liees?|"
    r"informations?|accueil|vente|malades|phenomenes?|comportements?|pratiques|"
    r"mineurs|quartier|ville|college|lycee|classes?|semaine|journee|mondiale|internationale|debat|don|vie|"
    r"affective|reconnaitre|reperer|reperage|accompagner|comprendre|"
    r"avec|l|d|qu'est-ce que))*$"
)


#: What announces a public subject, even far from it: « l'association intervient en classe sur l'alcool ».
_SUJET_PUBLIC: Final = re.compile(
    r"(?<![a-z0-9])(?:ateliers?|formations?|campagnes?|conferences?|expositions?|debats?|cine-debats?|forums?|"
    r"(?:journee|semaine) (?:nationale |mondiale |internationale )?(?:de|du|des|d'|sur|contre|pour)|"
    r"sensibilis\w+|prevention|interventions?|interv(?:ient|iennent|iendra)|colloques?|stands?|"
    r"conventions?|permanences?|budgets?|subventions?|plaquettes?|affich\w+|depliants?|guides?|observatoires?|"
    r"groupe de travail|reunions? (?:publi\w+|d'information)|referente? (?!educ|de parcours|ase)|lutte|"
    r"strategies?|protocoles?|theatre|film|modules?|webinaires?|chartes?|comites?|partenariats?|marche|collecte|concours|"
    r"information|etudes?|statistiques?|arretes?|actions?|animations?|commune|ville|service communal|"
    r"municipal\w*)"
    r"(?![a-z0-9])"
)
#: Somebody is spoken of, or something happened to somebody: the public subject covers nothing any more.
_QUELQU_UN: Final = re.compile(
    r"(?<![a-z0-9])(?:il|elle|ils|elles|lui|son|sa|ses|car|parce|jeune|mere|pere|fils|fille|frere|soeur|maman|papa|"
    r"mari|conjoint|voisine?|eleve|gamine?|ado|dame|monsieur|madame|garcon|individu|famille|parents|m'|suivie?|"
    r"manqu\w+|absente?|refus\w+|rate\w*|depuis|suite|apres|ete|etait|sort\w*|interromp\w+|arret(?:e|ee|er)|"
    r"perdu\w*|quitt\w+|abandonn\w+|exclu\w*|est|sont|ont|souffr\w+|consomm\w+|inscrite?|vit|habite)(?![a-z0-9])"
    r"|[,.;!?]"
)


#: An action that somebody missed or left is no title: what follows says why.
_MANQUE: Final = re.compile(
    r"(?<![a-z0-9])(?:absente?|manqu(?:e|ee|ent|ait)|rate|ratee?|refuse|quitte|abandonne|interromp\w+)(?![a-z0-9])"
)


def _d_une_action(plat: str, debut: int) -> bool:
    """The words found belong to the title or to the subject of something public, which speaks of nobody."""
    if _MANQUE.search(plat, 0, debut) is not None:
        return False
    if _ACTION.search(plat[max(0, debut - 110) : debut]) is not None:
        return True
    sujet = _SUJET_PUBLIC.search(plat, 0, debut)
    return sujet is not None and _QUELQU_UN.search(plat, sujet.start(), debut) is None


def _laisse_passer(code: str, plat: str) -> list[tuple[int, int]]:
    motifs = (_PERMIS.get(code), permis(code))
    return [p.span() for motif in motifs if motif is not None for p in motif.finditer(plat)]


def _par_lexique(texte: str) -> Iterator[tuple[str, int, int]]:
    plat = aplatir(texte)
    trouves = [(c.code, *t.span()) for c, motif in _MOTIFS for t in motif.finditer(plat)]
    trouves += refuses(plat)
    intervalles = {code: _laisse_passer(code, plat) for code in {t[0] for t in trouves}}
    for code, debut, fin in trouves:
        if any(a < fin and debut < b for a, b in intervalles[code]):
            continue
        if _PAR_CODE[code].collectif and _d_une_action(plat, debut):
            continue
        yield code, debut, fin


def examiner(texte: str) -> list[Signal]:
    """Everything that may not be recorded in ``texte``, in the order of the text; empty when it may."""
    trouves = list(_par_lexique(texte))
    trouves += [(code, *etendue) for code, chercher in CHERCHEURS for etendue in chercher(texte)]
    signaux: list[Signal] = []
    # Where two findings begin together, the graver category speaks: they are listed in that order.
    for code, debut, fin in sorted(trouves, key=lambda t: (t[1], _RANG[t[0]], -t[2])):
        if signaux and debut < signaux[-1].fin:
            continue
        signaux.append(Signal(code, texte[debut:fin], _PAR_CODE[code].conseil, debut, fin))
    return signaux


def libelle(code: str) -> str:
    """What a finding touches, for the sentence shown: « relève de la santé »."""
    return _PAR_CODE[code].libelle
