"""What the guard looks for: patterns over lower-case text without accents, own compilation.

``motifs`` are fragments of regular expressions that must stand as whole words; ``sauf`` are longer
expressions in which they are harmless.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Categorie:
    code: str
    libelle: str
    conseil: str
    motifs: tuple[str, ...] = ()
    sauf: tuple[str, ...] = ()


_PROCHES: Final = (
    r"(?:parents?|pere|mere|famille|freres?|soeurs?|beau-?pere|belle-?mere|grands?-parents?|fratrie|"
    r"compagnon|conjoint)"
)
_MALHEURS: Final = (
    r"(?:violen\w+|frapp\w+|batt\w+|alcool\w*|prison|detenue?s?|incarcer\w+|divorc\w+|separe\w*|"
    r"separation|decede\w*|"
    r"mort\w*|deuil|abandon\w*|abus\w*|maltrait\w+|endett\w+|dettes?|chomage|rsa|depass\w+|defaillan\w+|absente?s?|"
    r"conflit\w*|drogu\w+|malade|carenc\w+|expuls\w+)"
)

CATEGORIES: Final = (
    Categorie(
        code="sante",
        libelle="relève de la santé",
        conseil="Dites ce qui est à faire, sans cause médicale : "
        "« Un hébergement relais est à trouver avant le 4 décembre. »",
        motifs=(
            r"hospitalis\w+",
            r"depressi(?:f|fs|ve|ves|on|ons)",
            r"deprimee?s?",
            r"suicid\w+",
            r"scarifi\w+",
            r"automutil\w+",
            r"addict\w+",
            r"toxicoman\w+",
            r"alcooli\w+",
            r"(?:consomm\w+|fum\w+|prend\w*|sous l'emprise|dependan\w+)(?: \w+){0,3} "
            r"(?:cannabis|cocaine|heroine|crack|ecstasy|"
            r"drogues?|stupefiants?|alcool|protoxyde|tramadol|shit|joints?)",
            r"overdose\w*",
            r"psychiatr\w+",
            r"psycholog\w+",
            r"psychoti\w+",
            r"psychothera\w+",
            r"schizophren\w+",
            r"bipolaires?",
            r"autis\w+",
            r"tdah",
            r"hyperacti\w+",
            r"handicap\w*",
            r"mdph",
            r"deficien\w+",
            r"medicament\w*",
            r"sous traitement",
            r"traitement (?:medical|medicamenteux|psy\w*|lourd)",
            r"ritaline",
            r"cmpp?",
            r"csapa",
            r"caarud",
            r"cjc",
            r"itep",
            r"ime",
            r"enceinte",
            r"grossesse",
            r"avort\w+",
            r"ivg",
            r"maladies?",
            r"malades?",
            r"vih",
            r"sida",
            r"diabet\w+",
            r"epilep\w+",
            r"anorexi\w+",
            r"boulimi\w+",
            r"pathologi\w+",
            r"sante mentale",
            r"troubles? (?:psy\w+|menta\w+|anxieux|du comportement|du spectre|alimentaires?|de l'humeur)",
            r"diagnosti\w+ (?:medical|psy\w*)",
            r"crises? d'angoisse",
            r"anxie\w+",
            r"traumatis\w+",
            r"cure de",
            r"desintoxication",
        ),
        sauf=(r"maison de sante", r"centre de sante", r"trou en ceinte"),
    ),
    Categorie(
        code="histoire_familiale",
        libelle="relève de l’histoire familiale, qui est secrète",
        conseil="Nommez seulement qui est à joindre : « La mère est à rencontrer avant la séance. »",
        motifs=(
            rf"{_PROCHES}(?: [\w']+){{0,4}} {_MALHEURS}",
            rf"{_MALHEURS}(?: [\w']+){{0,3}} (?:son|sa|ses|le|la|les|du|des) {_PROCHES}",
            r"violences? (?:intra-?familiales?|familiales?|conjugales?)",
            r"inceste\w*",
            r"maltrait\w+",
            r"places? (?:en (?:foyer|famille d'accueil|pouponniere)|a l'ase|a l'aide sociale)",
            r"placee? (?:en (?:foyer|famille d'accueil|pouponniere)|a l'ase|a l'aide sociale)",
            r"ancien placement",
            r"enfance difficile",
            r"famille monoparentale",
            r"secret de famille",
            r"adoptee?s?",
            r"garde alternee",
            r"decheance de l'autorite",
            r"abuse[es]? sexuell\w+",
            r"viole[es]?",
            r"viols?",
        ),
        sauf=(
            r"mesures? adoptee?s?",
            r"decisions? adoptee?s?",
            r"parents? absents? (?:a la|au|lors|du) \w+",
        ),
    ),
    Categorie(
        code="travail_social",
        libelle="rapporte le contenu d’un entretien ou d’un accompagnement",
        conseil="Dites qu’un suivi existe et ce qu’il faut décider, jamais ce qui a été confié.",
        motifs=(
            r"(?:a|m'a|nous a|ont|avait) (?:confie|raconte|revele|avoue|reconnu)\w*",
            r"(?:lors|au cours|pendant) (?:de )?(?:l'|d'un |son |des )entretiens?",
            r"en entretien",
            r"s'est confie\w*",
            r"rapport (?:educatif|social)",
            r"note (?:sociale|educative)",
            r"information preoccupante",
            r"compte rendu d'entretien",
        ),
    ),
    Categorie(
        code="procedure_judiciaire",
        libelle="relève du détail d’une procédure judiciaire",
        conseil="Un membre judiciaire peut dire qu’un suivi existe et sa nature. "
        "Rien d’une enquête ne s’écrit ici.",
        motifs=(
            r"gardes? a vue",
            r"gav",
            r"mise?s? en examen",
            r"mise?s? en cause",
            r"perquisition\w*",
            r"audition\w*",
            r"proces-verb\w+",
            r"pv n",
            r"enquetes?",
            r"instruction (?:judiciaire|en cours|penale)",
            r"information judiciaire",
            r"juges? d'instruction",
            r"plaintes?",
            r"casiers?(?: judiciaires?)?",
            r"condamn\w+",
            r"mandats? de depot",
            r"detention provisoire",
            r"incarcer\w+",
            r"emprisonn\w+",
            r"ecoutes? telephoniques?",
            r"interpell\w+",
            r"controle judiciaire",
            r"sursis",
            r"bracelet electronique",
            r"taj",
            r"fiches? s",
            r"comparution\w*",
            r"composition penale",
            r"crpc",
            r"antecedents?",
            r"jugee? (?:le|en|pour|par)",
            r"tribunal pour enfants",
            r"ordonnance de",
            r"victime presumee",
            r"suspecte?s?",
            r"soupconne\w*",
        ),
        sauf=(
            r"enquetes? (?:de satisfaction|public\w*|sociolog\w*|de voisinage aupres des habitants)",
            r"casiers? (?:de (?:vestiaire|consigne)|du (?:college|lycee|gymnase|vestiaire))",
        ),
    ),
    Categorie(
        code="origine_religion",
        libelle="touche à l’origine, à la religion, aux opinions ou à la vie privée",
        conseil="Décrivez les faits et le lieu : aucune de ces informations n’aide à décider d’une action.",
        motifs=(
            r"d'origine \w+",
            r"originaires? d\w*",
            r"immigr\w+",
            r"sans[- ]papiers?",
            r"clandestin\w*",
            r"demandeu\w+ d'asile",
            r"nationalites?",
            r"titre de sejour",
            r"maghreb\w+",
            r"arabes?",
            r"algerien\w*",
            r"marocain\w*",
            r"tunisien\w*",
            r"africain\w*",
            r"malien\w*",
            r"senegalais\w*",
            r"comorien\w*",
            r"turcs?",
            r"turque?s?",
            r"tchetchene?s?",
            r"albanais\w*",
            r"roumain\w*",
            r"bulgares?",
            r"asiatiques?",
            r"roms?",
            r"gitans?",
            r"gitane?s?",
            r"manouches?",
            r"tsiganes?",
            r"gens du voyage",
            r"de couleur",
            r"peau (?:noire|blanche|mate)",
            r"musulman\w*",
            r"islam\w*",
            r"juifs?",
            r"juives?",
            r"catholiqu\w*",
            r"chretien\w*",
            r"evangeliqu\w*",
            r"religi\w+",
            r"ramadan",
            r"mosquees?",
            r"synagogues?",
            r"voilees?",
            r"radicalis\w+",
            r"halal",
            r"convertie?s?",
            r"homosexue\w*",
            r"gays?",
            r"lesbienn?e?s?",
            r"bisexue\w*",
            r"transgenres?",
            r"orientation sexuelle",
            r"extreme[- ](?:droite|gauche)",
            r"syndicalistes?",
        ),
        sauf=(
            r"(?:etablissement|college|lycee|ecole|commune|ville|quartier|departement|structure|service) "
            r"d'origine \w+",
        ),
    ),
    Categorie(
        code="injure",
        libelle="qualifie une personne au lieu de décrire une situation",
        conseil="Décrivez ce qui s’est passé, où et quand : « Trois attroupements hall B en octobre. »",
        motifs=(
            r"voyous?",
            r"racailles?",
            r"caids?",
            r"delinquante?s?",
            r"multi-?recidivistes?",
            r"recidivistes?",
            r"cassos",
            r"cas so[cs]\w*",
            r"debiles?",
            r"idiote?s?",
            r"imbeciles?",
            r"cretin\w*",
            r"connards?",
            r"connasses?",
            r"batards?",
            r"fainean\w+",
            r"feignan\w+",
            r"paresseu\w+",
            r"menteu\w+",
            r"manipula(?:teurs?|trices?)",
            r"perver\w+",
            r"dangereu(?:x|se|ses)",
            r"bonn?e? a rien",
            r"irrecuperable\w*",
            r"mauvaise (?:mere|famille|frequentation|graine)",
            r"parents? demissionnaires?",
            r"famille (?:defaillante|a problemes|connue)",
            r"violente?s? et",
            r"sournois\w*",
            r"agressi(?:f|fs|ve|ves)",
            r"paumee?s?",
            r"nuisibles?",
            r"parasites?",
            r"salopes?",
            r"putes?",
            r"pd",
        ),
        sauf=(
            r"chiens? dangereux",
            r"objets? dangereux",
            r"lieux? dangereux",
            r"carrefours? dangereux",
            r"produits? dangereux",
            r"(?:conduite|traversee|jeux?) dangereu(?:x|se)",
        ),
    ),
    Categorie(
        code="nom_de_tiers",
        libelle="nomme une autre personne",
        conseil="Ne nommez personne d’autre : « un camarade », « un voisin », « le responsable légal ».",
    ),
    Categorie(
        code="coordonnees",
        libelle="contient des coordonnées ou une date de naissance",
        conseil="Ces renseignements ont leur propre champ, dans l’identité.",
    ),
)


def _lire_prenoms() -> frozenset[str]:
    lignes = (Path(__file__).parent / "donnees" / "prenoms.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(mot for ligne in lignes if not ligne.startswith("#") for mot in ligne.split())


#: First names frequent in France, in plain letters: enough to notice a third person in a short text.
PRENOMS: Final = _lire_prenoms()
