"""Addictions and disability: never recorded about a person (RGPD, art. 9; CSI, art. L. 132-5)."""

from typing import Final

from maillage.situations.garde.categories import Categorie
from maillage.situations.garde.sante import AGIT

_PRODUIT: Final = (
    r"(?:cannabis|cocaine|coke|heroine|crack|ecstasy|mdma|ketamine|drogues?|stupefiants?|alcool|protoxyde|"
    r"proto|"
    r"tramadol|shit|joints?|petards?|beuh|herbe|weed|resine|speed|lean|codeine|lyrica|ballons|vodka|whisky|"
    r"biere\w*|"
    r"medicaments?|puff|champignons|substances?)"
)

ADDICTION: Final = Categorie(
    code="addiction",
    libelle="relève des consommations ou des addictions, donc de la santé",
    conseil="N’écrivez ni produit ni consommation : « Les matinées sont à reprendre, un appui est proposé. »",
    collectif=True,
    motifs=(
        r"(?:est|etait|arrive\w*|rentre\w*|souvent|revient)(?: \w+){1,2} (?:bourre|defonce|perche|stone|"
        r"raide|ivre)e?s?",
        r"(?:peut|sait|arrive|pourrait)(?: [\w']+){0,3} (?:se |s'en )?passer (?:de |d'|du )?(?:fumer|boire|"
        r"jouer|vodka|alcool|son joint|cannabis|shit|drogue|ecrans?|biere)",
        r"(?:tomb\w+|sombr\w+|plong\w+|touch\w+|replong\w+|bascul\w+)(?: [\w']+){0,2} (?:[dl]')?(?:la |le |"
        r"a |au |dans )*(?:drogue|heroine|alcool|cocaine|crack|boisson|defonce|came|cannabis)",
        r"(?:beuveries?|bitures?|gueule de bois|binge\w*|alcoolemie|prend (?:une|des) cuites?|sous alcool)",
        r"(?:a|avait|avaient|ayant) (?:trop |encore |beaucoup )?bu(?! (?:un|son|du|de l'eau))",
        r"fum(?:e|ait|ent) (?:tous|trop|beaucoup|regulierement|quotidiennement|des le|de plus en plus|"
        r"en cachette)",
        r"(?:positif|positive) (?:au|aux|a la|thc)",
        r"thc",
        r"(?:test|depistage) (?:salivaire|urinaire|positif|de stupefiants)",
        r"(?:etat|crise) de manque",
        r"en manque(?! d[eu'])",
        r"alcool",
        r"dependances?",
        r"(?:une|son|sa|la|bouteille de|verres? de|a la|beaucoup de|trop de) (?:vodka|whisky|ricard|rhum|"
        r"boisson|bouteille)(?! (?:d'eau|de gaz|en))",
        r"addict\w*",
        r"toxico\w*",
        r"alcooli\w+",
        r"poly-?consomm\w+",
        r"alcolo\w*",
        r"(?:poivrot|ivrogne|pochtron|junkie|camee?|toxe?|drogue)s?",
        r"(?:se|s'est|est|sont|etait) droguee?s?",
        r"se droguent?",
        rf"(?:consom\w+|fum\w+|pren\w+|prises?|pris|sniff?\w*|inhal\w+|bu|boi\w+|buv\w+|sous (?:l'emprise|"
        rf"l'effet|emprise)|usage|abus|"
        rf"dependan\w+|absorbe?\w*|ingere?\w*|accro\w*|vapot\w+|"
        rf"tourne)(?: [\w']+){{0,3}} (?:[dl]')?{_PRODUIT}",
        r"(?:cannabis|shit|beuh|cocaine|heroine|ecstasy|mdma|ketamine|protoxyde|methadone|subutex|"
        r"stupefiants)",
        r"(?:joints?|petards?)(?: par jour| du matin| tous les)",
        r"consommat(?:ion|ions|eur|eurs|rice|rices)(?: (?:regulie\w+|quotidienn\w+|excessi\w+|"
        r"problemati\w+|festi\w+|massi\w+|"
        r"importante?s?|occasionnel\w*|jeunes?))",
        r"(?:dealer et|est|jeunes?|gros|grosse|petit) consommat(?:eur|rice)s?",
        r"gross?e?s? fumeu(?:r|rs|se)",
        r"overdos\w+",
        r"sevrage",
        r"(?:traitement de|produit de) substitution",
        r"desintox\w*",
        r"cures? de (?:desint\w+|repos|sevrage)",
        r"(?:part|parti|sort|sorti|revient|revenu|en|entre)e? (?:en |de )?(?:cure|post-?cure)(?! d')",
        r"(?:ivres?|ivresse|saoule?s?|souls?|ebriete|emeche\w*)",
        r"(?:est|etait|arrive|souvent|completement|rentre|encore) (?:bourre|defonce|perche|stone|raide|"
        r"torche)e?s?",
        r"(?:boit|buvait|boivent)(?! (?:un|du|le|son) (?:cafe|the|verre d'eau|jus))",
        r"(?:boire|bu) (?:beaucoup|trop|regulierement|souvent|tous les|chaque)",
        r"sent(?:ait)? (?:fort )?(?:l'alcool|le cannabis|le shit)",
        r"(?:problemes?|soucis|penchant|probleme) (?:\w+ ){0,2}(?:d'|avec l'|pour l'|l')alcool\w*",
        r"l'alcool (?:\w+ ){0,3}(?:probleme|quotidien|matin)",
        r"dependan(?:te?s?|ces?)(?: [\w']+)? (?:a|au|aux|affectives?)",
        r"accros? (?:a|au|aux)",
        r"(?:csapa|caarud|cjc)s?",
        r"consultation jeunes? consommateurs?",
        r"(?:ludopath\w+|jeux? pathologiques?|joueu(?:r|se) (?:compulsi\w+|pathologique))",
        r"(?:jeux|jeu) d'argent",
        r"(?:came|dope|proto|puff)s? (?:au|tous|chaque|le)",
        r"tabagisme",
        r"narcotiques anonymes",
        r"alcooliques anonymes",
    ),
    sauf=(
        r"(?:bouteilles?|canettes?|vente|debits?|arretes?|interdi\w+|licence|consommation|prevention|sans|"
        r"commerces?|degustation)(?: [\w']+){0,5} (?:d'|l'|de l')?alcool",
        r"alcool (?:sur|dans|devant|aux|a des|apres|pres|interdit|a emporter)(?: [\w']+)?",
        r"(?:mur|porte|chaussee|route|trottoir|portail|grille)s?(?: \w+){0,3} defoncee?s?",
        r"(?:bus|tram|train|metro|sac|salle)s?(?: \w+){0,3} bourree?s?",
        r"personnes agees(?: \w+){0,3} dependan\w+|perte d'autonomie et dependances?|aide a la dependance",
        r"en dependances? de",
        rf"(?:le|la|un|l'|du|deux) (?:csapa|caarud|cjc|consultation jeunes consommateurs) (?:du \w+ |"
        rf"local )?{AGIT}",
        r"(?:odeurs?|vente|trafic|vendeurs?) (?:de |d')(?:cannabis|shit|fumee)"
        r"(?! sur (?:lui|elle|ses|sa|son))",
        r"(?:cartouches?|bonbonnes?|bouteilles?|capsules?|ramass\w+|vente|depots?)(?: \w+){0,3} (?:d'|de |"
        r"du )?(?:protoxyde|alcool)",
        r"(?:interdi\w+|arrete|reglement\w*|autorisation)(?: \w+){0,4} consommation(?: \w+){0,2} (?:d'|"
        r"de l')alcool",
        r"petards? (?:sur|dans|lance\w*|devant|tires?|le 14)",
        r"(?:jets?|tirs?) de petards?",
        r"sans alcool",
        r"pris (?:\w+ ){0,2}ballons?",
        r"(?:accro|accroc)branche",
    ),
)

HANDICAP: Final = Categorie(
    code="handicap",
    libelle="relève du handicap, donc de la santé",
    conseil="Dites l’aménagement utile, sans sa cause : « Prévoir un lieu calme et du temps en plus. »",
    collectif=True,
    motifs=(
        r"(?:hpi|haut potentiel(?: intellectuel)?|surdoue\w*|precocite intellectuelle)",
        r"gevasco|pps",
        r"(?:canne blanche|chien guide|appareils? auditi\w+|implant cochleaire|orthese\w*|proth?ese\w*|"
        r"amput\w+|paralysie|paralysee?|moignon)",
        r"(?:milieu protege|entreprise adaptee|foyer de vie|ditep)",
        r"deficits? (?:de l'attention|attention\w+|intellectuel|moteur|cognitif)",
        r"difficultes (?:cognitives|motrices|intellectuelles)",
        r"(?:limites?|niveau|developpement|capacites?) (?:intellectuel\w*|cognitiv\w+)(?: (?:faible|"
        r"limite\w*|bas))?",
        r"handicap\w*",
        r"mdph",
        r"cdaph",
        r"rqth",
        r"(?:l'|touche l'|percoit l')?aah",
        r"aeeh",
        r"(?:la )?pch",
        r"cap emploi pour (?:lui|elle)",
        r"(?:en|un|une|l'|d'un|par une?|son|d'une) (?:ime|impro|itep|esat|ulis|segpa ulis|sessad|aesh|avs|"
        r"dispositif ulis)",
        r"(?:itep|sessad|impro|esat)",
        r"autis\w+",
        r"asperger",
        r"tsa",
        r"tdah?",
        r"hyper-?acti\w+",
        r"trisom\w+",
        r"dys(?:lexi|praxi|calculi|orthographi|phasi|graphi)\w*",
        r"troubles? dys",
        r"(?:enfant|eleve|est|multi-?) ?dys",
        r"deficien(?:t|te|ts|tes|ce|ces)",
        r"retards? (?:menta\w+|intellectuels?|cognitifs?|de developpement|global)",
        r"(?:qi|quotient intellectuel)",
        r"debil(?:e|ite) (?:legere?|moyenne?|profonde?)",
        r"mal-?voyan\w+",
        r"non-?voyan\w+",
        r"mal-?entendan\w+",
        r"(?:aveugles?|sourde?s?|surdite|cecite|sourde?s?-muett?e?s?)",
        r"(?:en|son|un) fauteuil(?: roulant)?",
        r"(?:paraplegi|tetraplegi|hemiplegi)\w+",
        r"infirm(?:e|es|ite|ites)",
        r"invalid(?:e|es|ite|ites)",
        r"(?:pension|taux) d'(?:invalidite|incapacite)",
        r"incapacite de \d+",
        r"handicap(?:e|ee) (?:mental|moteur|physique)\w*",
        r"troubles? (?:de l'apprentissage|des apprentissages|du langage|moteurs?|neuro\w+)",
        r"appareillee?s? (?:auditi\w+|des deux)",
        r"(?:proth\w+ auditi\w+|langue des signes)",
        r"mobilite reduite",
        r"travailleu(?:r|se)s? handicap\w+",
    ),
    sauf=(
        r"circulation paralysee|trafic paralyse",
        r"referente?s? handicap",
        r"missions? handicap",
        r"(?:places?|stationnements?|emplacements?|parking|toilettes?|acces|rampe)(?: de stationnement|"
        r" de parking)?"
        r"(?: reservee?s?)?(?: pour| aux?)?(?: personnes)? (?:handicap\w*|a mobilite reduite|invalides?)",
        r"(?:accessible\w*|accessibilite|accueil\w*|aupres|avec|aider?|accompagn\w+|adapte\w*|"
        r"ouverte?)(?: [\w']+){0,3} personnes? "
        r"(?:handicapees?|en situation de handicap|sourdes|aveugles|a mobilite reduite|en fauteuil)",
        r"accessibles? (?:aux? |en )?fauteuils?(?: roulants?)?",
        r"(?:cours|initiation|atelier|formation)(?: \w+){0,3} langue des signes",
        r"impasse \w+",
    ),
)
