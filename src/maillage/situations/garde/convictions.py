"""Opinions, intimate life, radicalisation: never noted about a person (RGPD, art. 9; CNIL, AU-038)."""

from typing import Final

from maillage.situations.garde.categories import Categorie
from maillage.situations.garde.identite import FAITS

OPINIONS: Final = Categorie(
    code="opinions",
    libelle="touche aux opinions politiques ou syndicales",
    conseil=FAITS,
    collectif=True,
    motifs=(
        r"(?:est|sont|tres|famille|pere|mere|plutot|ouvertement) (?:raciste|antisemite|xenophobe|homophobe|"
        r"sexiste|misogyne|feministe|ecolo|ecologiste|socialiste|gaulliste|de droite|de gauche|"
        r"conservateur|conservatrice|revolutionnaire|pacifiste)s?",
        r"manifest(?:e|ent|er|ait|ations?) (?:contre|pour)(?: [\w']+){0,4} (?:reforme|gouvernement|loi|"
        r"retraites|guerre|palestine|israel|police|president|macron|passe)",
        r"(?:manifestations?|reunions?|meetings?|tracts?|affiches?|blogs?|groupes?|"
        r"cercles?) (?:politiques?|syndica\w+|d'extreme \w+|identitaires?|anarchistes?)",
        r"(?:dans|au|a un|d'un|son) syndicat(?! (?:de copropri|mixte|intercommunal|d'initiative|"
        r"des transports|des eaux))",
        r"pro-?(?:palestinien\w*|russe\w*|israelien\w*|poutine|trump|armes|vie)",
        r"(?:anticapitalis\w+|antispecis\w+|revolutionnaires?|gaucho|gauchistes?)",
        r"(?:candidate?|colistier|colistiere|elue?|adherente?|encartee?|"
        r"tete de liste) (?:\w+ )?(?:aux (?:municipales|elections|legislatives)|socialiste|communiste|"
        r"ecologiste|d'opposition|rn|lfi|ps|d'un parti|de droite|de gauche|sur une liste)",
        r"(?:porte|arbore|badge|drapeau)(?: \w+){0,3} (?:croix gammee|faucille|swastika)|saluts? nazis?",
        r"extreme[- ](?:droite|gauche)",
        r"ultra[- ]?(?:droite|gauche|nationaliste\w*)",
        r"(?:vote|votait|votent|electeu\w+|elu)s? (?:\w+ )?(?:a gauche|a droite|rn|fn|lfi|ps|ump|lr|macron|"
        r"melenchon|le pen|zemmour|"
        r"pour (?:le |la |les )?(?:rassemblement|rn|fn|front|france insoumise|lfi|gauche|droite|ecolog\w+|"
        r"communist\w+|socialist\w+|extreme\w*|macron|melenchon|le pen))",
        r"(?:de|a) gauche radicale",
        r"(?:gauchiste|droitard|facho|fasciste|neo-?nazi|nazi|skinhead|royaliste|anarchiste|anarcho\w*|"
        r"communiste|trotskiste|marxiste|nationaliste|identitaire|"
        r"souverainiste|monarchiste|suprematiste|macroniste|lepeniste|insoumise?|zadiste|antifa|"
        r"antifasciste|altermondialiste|survivaliste|complotiste|conspirationniste|"
        r"masculiniste|independantiste|autonomiste|wokiste)s?",
        r"complotisme|anarchisme|fascisme",
        r"black[- ]?blocs?",
        r"(?:rassemblement national|front national|la france insoumise|france insoumise|"
        r"parti (?:socialiste|communiste|de gauche|politique|ouvrier)|reconquete)",
        r"(?:manif\w*|participe\w*|mouvement|milieu|proche|chez|parmi|ancien|"
        r"rond-point)(?: [\w']+){0,3} (?:des |aux )?gilets? jaunes?",
        r"(?:est|sont) (?:un |une |des )?gilets? jaunes?",
        r"milita(?:nt|nte|nts|ntes|it|ntisme)",
        r"milite(?:nt)?",
        r"(?:adheren|encart|sympathisan)\w+ (?:de|du|a|au|aux|d'un|pour|chez) (?:un |la |l'|le )?(?:parti|"
        r"cgt|fo|cfdt|syndicat|mouvement|sud|france|rassemblement|union|extreme|jeunesses|rn|lfi|ps|"
        r"groupuscule)\w*",
        r"sympathisante?s?",
        r"(?:opinions?|idees?|convictions?|engagements?|idees|discours|propos|discussions?|activites?|"
        r"orientation|positions?) politi(?:que|ques|sees?)",
        r"(?:tres|fortement|trop) politisee?s?",
        r"syndicalist\w*",
        r"syndiquee?s?",
        r"(?:a la|deleguee?|chez|la|militante?|carte) (?:cgt|cfdt|cftc|unsa|fsu|cnt|solidaires|fo|sud)",
        r"(?:deleguee?|representante?|activite|carte|engagement) syndica\w+ (?:a|au|dans|chez|de)",
        r"anti-?(?:flics?|police|republicain\w*|vax\w*|systeme|semite?s?|semit\w+|francais|etat)",
        r"(?:croit|adhere|crois) (?:aux|a des) (?:theories|theses) (?:du complot|complotist\w+)",
        r"theories? du complot",
        r"franc[- ]macon\w*",
    ),
    sauf=(
        r"rassemblement national (?:des|de la|du|de l')",
        r"(?:port|porter|distribution|porte|prevoir|avec|equipe\w*)(?: \w+){0,2} (?:de |des |un |"
        r"du )?gilets? jaunes?",
        r"reconquete (?:du|des|de|republicaine)",
        r"politisee? pour",
        r"l'insoumise",
    ),
)

VIE_SEXUELLE: Final = Categorie(
    code="vie_sexuelle",
    libelle="touche à la vie intime ou sexuelle",
    conseil=FAITS,
    collectif=True,
    motifs=(
        r"(?:eu|entretien\w*|multipli\w+|enchain\w+|plusieurs|cherche) (?:des |une |plusieurs |"
        r"les )?(?:relations?|aventures?|liaisons?|rapports|conquetes|copains|"
        r"copines) (?:avec (?:plusieurs|un|une|des|son|sa) (?:garcons?|filles?|hommes?|femmes?|majeure?s?|"
        r"adultes?|partenaires?|prof\w*)|sexu\w+|intim\w+|tarif\w+|amoureu\w+|d'un soir)",
        r"multipli\w+ les (?:relations|aventures|conquetes|partenaires|liaisons)",
        r"liaisons? (?:avec|cachee|secrete|adultere)",
        r"(?:photos?|videos?|images?|selfies?) (?:d'elle |de lui )?(?:nue?s?|a caractere|osees?|coquin\w+|"
        r"hot|intimes?|compromettantes?)",
        r"(?:aime|prefere|attire\w* par|sort avec|couche avec) (?:les |des |un |une |plein de )(?:garcons?|"
        r"filles?|hommes?|femmes?|meme sexe)",
        r"coming[- ]out|travesti\w*|strip-?tease\w*|call-?girls?|michto\w*|libido|impuissan\w+|depucel\w+|"
        r"perdu sa virginite|preservatifs? (?:dans|retrouv)",
        r"(?:fait|faisait|fera|faire) des passes",
        r"(?:se fait|fait) payer (?:pour (?:coucher|des)|en nature|par des hommes)",
        r"(?:change|changer|changement) de sexe|ne fille|nee garcon|deadname|prenom (?:d'usage|"
        r"choisi) (?:depuis|masculin|feminin)",
        r"homosexu\w*",
        r"(?:homo|pede|pd|tapette|tantouze|goudou|gouine|travelo)s?",
        r"gays?",
        r"lesbi(?:enne|ennes|anisme)",
        r"(?:bi|pan|a)sexue\w*",
        r"(?:est|serait|se dit) (?:bi|pan|trans|queer|non-binaire)",
        r"trans(?:genres?|sexue\w*|identite)",
        r"(?:une?|jeune|fille|garcon|personne|eleve) trans",
        r"(?:transition|identite|dysphorie|changement|changer) de (?:genre|sexe)",
        r"non[- ]binaires?",
        r"lgbt\w*",
        r"orientation sexuelle",
        r"sexu(?:el|elle|els|elles|ellement|alite|alites)",
        r"(?:couche|couchait|couchent|coucher) avec",
        r"(?:relations?|rapports?|photos?|videos?|vie) (?:intimes?|denudee?s?|consenties?|non consenties?)",
        r"(?:nudes|revenge porn|sextape|porno\w*|pornograph\w+)",
        r"prostitu\w+",
        r"(?:tapine|tapin|trottoir la nuit|proxenet\w+|souteneur|lover ?boy|michet\w*|escorts?|"
        r"escort-?(?:girls?|boys?)|onlyfans|camgirl|sugar ?dadd\w+)",
        r"(?:vend|vendre|monnaye|loue) (?:son|leur|ses) (?:corps|charmes)",
        r"(?:amants?|maitresses? (?!d)\w*|aventures? (?:sans lendemain|amoureuses)|conquetes|"
        r"multiples partenaires|partenaires (?:multiples|sexuels))",
        r"(?:infidel\w+|adulter\w+|volage\w*|libertin\w*|echangis\w+)",
        r"(?:vierge|virginite|plus vierge|deflor\w+)(?: (?:avant|jusqu))?",
        r"(?:nymphoman\w+|obsede\w* sexuel\w*|exhib\w+|masturb\w+|fellation)",
        r"(?:sort|sortait|flirte|en couple) avec (?:un|une|des) (?:homme|femme|garcon|fille|majeure?|"
        r"adulte|prof\w*)s?",
        r"vie (?:sentimentale|amoureuse|sexuelle|intime|privee)",
    ),
    sauf=(
        r"(?:aime|prefere) les (?:garcons|filles) de (?:sa|son) (?:equipe|classe)",
        r"education(?: [\w']+){0,5} sexu\w+",
        r"(?:casier|voie|page|b3|terre|huile|bulletin|formulaire) vierge",
        r"respect de (?:la|sa) vie privee",
        r"vie privee (?:numerique|en ligne)",
        r"exhib\w+ de",
        r"(?:plusieurs|deux|belles) passes",
    ),
)

RADICALISATION: Final = Categorie(
    code="radicalisation",
    libelle="touche à la radicalisation, qui ne se traite pas ici",
    conseil="Transmettez à l’autorité compétente, et n’enregistrez que la date : "
    "« Transmission faite le 4 mars. »",
    collectif=True,
    motifs=(
        r"(?:charia|mecreants?|kouffars?|califat|guerre sainte|martyrs?|decapit\w+|propagande|anachids?|"
        r"hijra|takfir\w*|loup solitaire)",
        r"(?:rejet|rejette|hait|haine|rupture avec) (?:de |avec )?(?:la (?:france|republique)|"
        r"les valeurs (?:de la republique|republicaines)|l'occident)",
        r"refus de (?:la mixite|la laicite)|refuse la mixite",
        r"signale\w* (?:au numero vert|a la cellule de suivi|au renseignement)|"
        r"renseignements? territoria\w+|dgsi|rt31",
        r"radicalis\w+",
        r"radical(?:e|es|aux)? (?:islam\w*|violent\w*)",
        r"(?:discours|propos|idees|pensee|pratique|islam|engagement|vision) (?:tres |assez )?(?:radica(?:l|"
        r"le|ux|les)|extremist\w*|integrist\w*|fondamentalist\w*|salafist\w*|rigorist\w*|haineux)",
        r"integris\w+",
        r"fondamentalis\w+",
        r"extremis(?:me|te|tes)",
        r"islamis(?:te|tes|me)",
        r"salaf\w+",
        r"djihad\w*|jihad\w*",
        r"daech|daesh|al-?qaida|etat islamique",
        r"terroris\w+",
        r"apologie",
        r"attentats?",
        r"fich(?:e|ee|es|ees) s",
        r"fsprt",
        r"(?:depart|partir|parti|partie|retour|revenir|voulait aller)(?: \w+){0,2} (?:en|de|"
        r"pour la) (?:syrie|irak|zone de guerre)",
        r"repli (?:communautaire|identitaire)",
        r"endoctrin\w+",
        r"(?:cellule|groupe) (?:prefectorale?|d'evaluation departementale?) (?:de|pour)",
        r"(?:cpraf|ged|cnapr)",
        r"separatis\w+",
        r"frer(?:e|es|isme) musulman\w*",
        r"embrigad\w+",
        r"rigoris\w+",
    ),
    sauf=(
        r"vigipirate",
        r"in extremis",
        r"(?:victimes?|commemoration|hommage|memoire)(?: \w+){0,4} (?:attentats?|terrorisme)",
        r"(?:plan|exercice|consignes?)(?: [\w']+){0,3} attentats?",
    ),
)
