"""Health: never recorded about a person (RGPD, art. 9; CSI, art. L. 132-5)."""

from typing import Final

from maillage.situations.garde.categories import Categorie

#: A service named as an actor of the partnership, not as the place where somebody is followed.
AGIT: Final = (
    r"(?:presente\w*|anime\w*|tien\w+|interv\w+|participe\w*|siege\w*|ouvr\w+|invite\w*|est (?:membre|"
    r"partenaire|invite)|"
    r"rejoint|organise\w*|forme\w*|co-?anime\w*|expose\w*|s'installe)"
)

SANTE: Final = Categorie(
    code="sante",
    libelle="relève de la santé",
    conseil="Dites ce qui est à faire, sans cause médicale : "
    "« Un hébergement relais est à trouver avant le 4 décembre. »",
    collectif=True,
    motifs=(
        r"(?:ses|des|prend\w*|oublie\w*|avale\w*|sous) (?:\w+ )?(?:cachets?|comprimes?|gelules?|gouttes|"
        r"pilules?)",
        r"(?:sous )?(?:calmants?|tranquillisants?|cortisone|antibiotiques?|morphine|insuline|hormones)",
        r"(?:au|du|en) (?:centre hospitalier|chu|chs|chr)(?: \w+)?",
        r"attend(?:ait)? (?:un (?:bebe|enfant|heureux evenement)|son (?:premier|deuxieme|troisieme) enfant|"
        r"des jumeaux)",
        r"(?:migrain\w+|maux de (?:tete|ventre)|mal de dos|douleurs?|fievre|infections?|contagieu\w+|"
        r"eczema|psoriasis|endometriose|thyroide|hernie|scoliose)",
        r"(?:arthrose|rhumatism\w+|ulcere|pneumonie|bronchite|covid|meningite|hemophil\w+|anemi\w+|"
        r"paludisme|vertiges?|evanoui\w*|convulsi\w+|begai\w+|begue)",
        r"dort (?:mal|tres mal|peu|plus la nuit|pas la nuit)",
        r"(?:mange|s'alimente|dort|sort|parle|se lave) plus (?:rien|du tout|depuis)",
        r"(?:refuse de|arrete de) (?:manger|s'alimenter)",
        r"(?:perdu|perd|pris|prend) (?:\w+ )?(?:du poids|\d+ kilos|beaucoup de poids)",
        r"(?:amaigri|maigri|vomi|gross?i)\w*",
        r"(?:moral (?:au plus bas|tres bas|bas|a zero|en berne|dans les chaussettes)|au bout du rouleau|"
        r"mal dans sa peau|mal de vivre)",
        r"(?:veut|voulait|envie|parle|menace) (?:de )?(?:mourir|se tuer|en finir|sauter|se pendre|"
        r"disparaitre|se faire du mal)",
        r"(?:s'est pendue?|se pendre|defenestr\w+|se jeter (?:sous|du|dans|par)|en finir avec la vie|"
        r"plus envie de vivre)",
        r"(?:orthophon\w+|ergotherap\w+|psychomotric\w+|neurolog\w+|cardiolog\w+|dermatolog\w+|gyneco\w*|"
        r"oncolog\w+|sages?-femmes?|addictologue|sophrolog\w+|hypnose)",
        r"(?:se|fait|faire|etre|refuse d'etre|bien|mal) soign(?:e|er|ee)s?",
        r"soigne(?:e|r)? (?:pour|a l'|en|par)",
        r"(?:convalescen\w+|rechut\w+|remission|vaccin\w+|contamin\w+|porteu(?:r|se) (?:du|d'un))",
        r"(?:en|un) arret(?: de travail)? (?:depuis|longue|pour|prolonge|suite|long|de plusieurs)",
        r"(?:bilan (?:sanguin|neurologique|sante)|prise de sang|scanner|irm|radiographie)",
        r"etat (?:general|depressi\w+|anxieux|psy\w+|vegetatif|critique|de choc|second|nerveux|mental)",
        r"(?:curatelle|tutelle|sauvegarde de justice|majeure? protegee?)",
        r"(?:consult\w+|rendez-vous|suivie?) (?:\w+ )?(?:chez |avec |par |au )?(?:un |une |le |la |son |"
        r"sa )?(?:specialiste|therapeute|medecin|generaliste|service de pediatrie|pediatre)",
        r"(?:problemes?|malformation|souffle) (?:au c(?:oe|œ)ur|cardiaqu\w+|de peau|de dos|de thyroide|"
        r"respiratoires?|d'estomac|aux reins)",
        r"(?:fatigue|epuisement|fragilite|detresse) (?:chronique|nerveu\w+|psy\w+|mentale|morale)",
        r"(?:nevroses?|mythomani\w+|cleptoman\w+|kleptoman\w+|mutique|mutisme|prostree?|catatoni\w+)",
        r"h?ospitali[sz]\w+",
        r"hospi en \w+",
        r"(?:sejour|sort\w*|sortie|admis\w*|transporte\w*|emmene\w*|passe|retour\w*|suivie?|entree?|"
        r"internee?|conduite?)"
        r"(?: \w+){0,2} (?:de |a )?l'hopital",
        r"hopital (?:de jour|psy\w*)",
        r"(?:aux|passage aux) urgences",
        r"en (?:clinique|reanimation|hp|service psy\w*|soins intensifs)",
        r"interne(?:e|ment)s? (?:en psy\w*|d'office|sous contrainte)",
        r"depressi(?:f|fs|ve|ves|on|ons)",
        r"anti-?depress\w+",
        r"anxiolyti\w+",
        r"somniferes?",
        r"neurolepti\w+",
        r"benzodiazepin\w+",
        r"(?:xanax|valium|prozac|lithium|risperdal|seresta|lexomil|ritaline|concerta)",
        r"deprim(?:e|ee|es|ees|er|ait)",
        r"suicid\w+",
        r"(?:une|des|fait une|apres sa) ts",
        r"tentatives? d'autolyse",
        r"(?:mettre|mis) fin a (?:ses|leurs) jours",
        r"(?:idees?|pensees?) (?:noires?|morbides?)",
        r"scarifi\w+",
        r"auto-?mutil\w+",
        r"(?:s'ouvr\w+|s'est ouvert|se coupe) les (?:veines|bras)",
        r"psys?(?! ?-? ?en\b)",
        r"(?:pedo-?|neuro-?)?psychiatr\w+",
        r"psychi(?:que|ques|quement)",
        r"psycholog\w+",
        r"psychoti\w+",
        r"psychoses?",
        r"psychothera\w+",
        r"psychosomati\w+",
        r"schizo\w*",
        r"parano(?:s|ia|iaques?)?",
        r"bipolair\w+",
        r"borderline",
        r"(?:delire|delirant)\w*",
        r"hallucin\w+",
        r"entend(?:ait|re)? des voix",
        r"medicament\w*",
        r"medicament\w+",
        r"sous traitement",
        r"(?:son|un|leur|du|le|sans|sous) traitement (?:medical|medicamenteux|psy\w*|lourd|hormonal|contre|"
        r"au long cours)",
        r"traitements? (?:medica\w+|psy\w*|lourds?|hormona\w+|neurolepti\w+)",
        r"(?:prend\w*|arrete\w*|pris|suit|refuse\w*|oublie\w*|a) (?:plus |pas |bien |mal )?(?:de |son |"
        r"leur )traitement",
        r"cm(?:p|pp)s?",
        r"cattp",
        r"maison des adolescents",
        r"(?:obligation|injonction) (?:de soins?|therapeutique)",
        r"(?:parcours|suivi|protocole|arret|demarche) de soins?",
        r"(?:refuse\w*|besoin de|recoit des|accepte les|en) soins(?! (?:infirmiers|esthetiques|"
        r"a la personne|palliatifs))",
        r"enceintes?",
        r"grossesses?",
        r"accouch\w+",
        r"fausse[- ]couche",
        r"avort\w+",
        r"ivg",
        r"(?:contraception|contracepti(?:f|ve)s?|pilule)",
        r"(?:sterilite|menopaus\w+)",
        r"maladies?",
        r"malades?",
        r"maladi(?:f|ve)s?",
        r"vih",
        r"sida",
        r"sero-?positi\w+",
        r"hepatites?",
        r"tubercul\w+",
        r"(?:mst|ist)",
        r"diabet\w+",
        r"insuline",
        r"epilep\w+",
        r"asthm\w+",
        r"allergi\w+",
        r"cancer\w*",
        r"(?:tumeurs?|leucemie\w*|lymphomes?|chimio\w*|radiotherapie|dialys\w+|greffe[es]?|"
        r"sclerose en plaques)",
        r"(?:avc|infarctus|arret cardiaque|insuffisance \w+|probleme cardiaque|cardiaques?|drepanocyt\w+|"
        r"mucoviscid\w+)",
        r"anorexi\w+",
        r"boulimi\w+",
        r"obes(?:e|es|ite)",
        r"(?:hyper|a)tension",
        r"pathologi\w+",
        r"symptomes?",
        r"(?:sante|etat|maladie|sante est) menta\w+",
        r"menta(?:l|le|ux|lement) (?:fragile|instable|degrade\w*)",
        r"etat de sante",
        r"sante (?:fragile|preoccupante|degradee|precaire)",
        r"(?:problemes?|soucis|ennuis|raisons?|fragilites?|difficultes?|motif|"
        r"question) (?:graves? )?(?:de sante|medica\w+|psy\w*|psychologiques?)",
        r"(?:suivi|dossier|rapport|bilan|avis|secret|antecedents?|probleme|"
        r"certificat d'inaptitude) (?:medic\w+|psy\w*)",
        r"troubles? (?:psy\w+|menta\w+|anxieu\w+|du comportement|du spectre|alimentaires?|de (?:l'humeur|"
        r"l'attachement|"
        r"la personnalite|l'attention|la conduite|sante)|du sommeil|cognitif\w*|obsession\w+|bipol\w+|"
        r"de stress)",
        r"tocs",
        r"diagnosti(?:c|que|quee|ques|quees|cs)(?: (?:medic\w+|psy\w*|de (?!prevent|secur|terr|territ|"
        r"local|situation)\w+|pose\w*|d'un\w*))",
        r"crises? (?:d'angoisse|de nerfs|de panique|de tetanie|convulsives?|cardiaques?|d'epilepsie|"
        r"de demence)",
        r"angoiss(?:e|es|ee|ees|ante)",
        r"anxie\w+",
        r"phobi(?:e|es|que|ques)",
        r"insomni\w+",
        r"stress post[- ]?traumatique",
        r"traumati(?:sm\w+|se\w*|que|ques)",
        r"trauma",
        r"burn[- ]?out",
        r"mal-?etre",
        r"(?:fragile|instable|atteinte?|suivie?) psychologiquement",
        r"(?:detresse|souffrance|fragilite|pression) (?:psy\w+|morale)",
        r"(?:deuil pathologique|decompens\w+|bouffee delirante)",
        r"operee? (?:du|de la|de l'|des|en|d'|d'une?)",
        r"(?:chirurg\w+|intervention chirurgicale)",
        r"blessee?s? (?:a la|au|aux|grave\w*|legere\w*)",
        r"(?:jambe|bras|cheville|poignet|cote|nez|main|doigt)s? casse\w*",
        r"(?:fractures?|entorses?|bequilles|platree?|commotion)",
        r"(?:fait un|fait des|eu un) malaises?",
        r"(?:reforme\w*|inapte|inaptitude|dispense\w*)(?: (?:pour|a|au|du|de))? (?:raisons? |sport |"
        r"travail )?(?:medica\w+|de sante|mentale)",
        r"(?:arret|conge)s? (?:de )?maladie",
        r"(?:voit|vu par|consulte|selon|d'apres) (?:son |le |un |une |la )?(?:medecin|docteur|generaliste|"
        r"neurologue|gynecologue)",
        r"medecin traitant",
        r"cmu-?c? pour",
        r"therap(?:ie|ies|eute|eutes|eutique|eutiques)",
        r"(?:ald|affection de longue duree)",
        r"chimiotherapie",
        r"(?:demence|dementi?elle|alzheimer|parkinson)",
        r"(?:gale|teigne|poux)",
        r"(?:enures\w+|encopres\w+)",
        r"(?:problemes?|difficultes?) (?:d'audition|de vue|psychomot\w+)",
    ),
    sauf=(
        r"(?:stage|service civique|emploi|travaill\w+|embauch\w+|postes?|formation|recrute\w*|devenir|"
        r"metier|etudes|concours|ecole|apprentissage|secretariat|visite|"
        r"job)(?: [\w',\-]+){0,6} (?:l'hopital|centre hospitalier|clinique|chu|orthophon\w+|ergotherap\w+|"
        r"psychomotric\w+|sage-femme|medecin|pediatre|psycholog\w+|psychiatr\w+|soins \w+|kine\w*|"
        r"hospitali\w+)",
        r"tutelle (?:de la|du|administrative|departementale|ministerielle)",
        r"(?:l'autorite|ministere|autorite) de tutelle",
        r"gross?iste",
        r"porteu(?:r|se) du projet",
        r"(?:assurance|caisse primaire d'assurance|caisse d'assurance)[- ]maladie",
        r"maison de sante",
        r"centre de sante",
        r"l'enceinte",
        r"enceintes? (?:scolaires?|sportives?|du|de l'|de la|acoustiques?)",
        r"fractures? (?:numeriques?|sociales?|territoriales?)",
        r"psychologues? (?:scolaires?|du service|du travail|de l'education nationale|du centre|municipa\w+)"
        rf"(?: \w+){{0,3}} {AGIT}",
        r"psychologues? de l'education nationale",
        r"(?:licence|master|etudes?|fac|cours|faculte) (?:de |en )?psycholog\w+",
        rf"(?:le|la|un|l'|du) (?:cmpp?|maison des adolescents|cattp|psychologue) {AGIT}",
        r"diagnosti(?:c|cs|que) (?:locale?|territorial|partage|de securite|social du territoire|technique|"
        r"energetique)\w*",
        r"(?:bus|tram|jardin|plantes?|arbres?) malades?",
        r"formation (?:\w+ ){0,3}(?:therap\w+|psych\w+)",
        r"hospitaliere?s? (?:de|du)",
        r"(?:agent|agente|service|centre|fonction publique|milieu|secteur) hospitali\w+",
        r"urgences sociales",
    ),
)
