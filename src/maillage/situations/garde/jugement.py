"""Judgments on a person and predictions about them: no text, no score (RGPD, art. 5 and 22)."""

from typing import Final

from maillage.situations.garde.categories import Categorie

_EST: Final = (
    r"(?:est|etait|sont|tres|trop|vraiment|assez|plutot|si|completement|totalement|devient|"
    r"devenu|devenue|reste|toujours|souvent|parfois|aussi|un peu|tellement|et|c'est|semble|parait|jeune|"
    r"garcon|fille|eleve|mere|pere|ado|individu)"
)

JUGEMENT: Final = Categorie(
    code="jugement",
    libelle="juge une personne au lieu de décrire une situation",
    conseil="Décrivez ce qui s’est passé, où et quand : « Trois attroupements hall B en octobre. »",
    collectif=True,
    motifs=(
        r"pauvres? (?:type|gars|mec|fille|con|conne|garcon|mere|idiot|gamin)s?",
        r"(?:a la masse|a cote de la plaque|a l'ouest|a moitie fou|pas toute? seule? dans sa tete|"
        r"case en moins|un peu limite|limite intellectuellement)",
        r"(?:sont )?tous (?:les memes|pareils|comme ca|des (?:voleurs|menteurs|cas|fous))(?: dans)?",
        r"(?:pete\w*|pete) (?:les|un) (?:plombs|cable)",
        r"mal (?:eduque|intentionne|degrossi|dresse|embouche|fichu)\w*",
        r"(?:pourrie?s?[- ]gatee?s?|enfants? rois?|enfant gatee?|gatee? pourrie?)",
        r"(?:ne )?(?:veut|fait|comprend|fiche|fout|respecte|vaut) (?:vraiment |jamais |"
        r"absolument )?rien(?: (?:faire|a rien|de bon|comprendre|du tout))?(?= ?(?:[.,;!]|$|de|du|ni|a|"
        r"faire|comprendre))",
        r"raconte (?:n'importe quoi|des salades|des mensonges|des histoires|sa vie)",
        r"(?:ment|mentait|mentent) (?:tout|comme|sans|souvent|a|constamment|toujours|sur|aux|effrontement|"
        r"beaucoup)\w*",
        r"mensonges?|malhonnetes?|escrocs?|filous?|arnaqueu\w+|profite(?:nt)? (?:du systeme|des aides|"
        r"de la situation|de tout)",
        r"(?:se fout|se fiche|se moque) (?:de|du) (?:tout|monde|nous|la gueule|moi)",
        r"(?:esprit|cerveau|tete) (?:tordue?|lente?|limitee?|malade|vide|derangee?|creuse)",
        r"(?:est|completement|totalement|vraiment|un peu) (?:derangee?|detraquee?|tordue?|desaxee?|felee?|"
        r"givree?|zinzin|fada|allumee?|atteinte?)(?! (?:par|d))",
        r"(?:il|elle|famille|mere|pere|jeune|gamin) (?:pue|sent mauvais|est (?:moche|laide?|grosse?|"
        r"degoutant\w*|crasseu\w+|repugnant\w*|sale))",
        r"(?:est|tres|garcon|fille|mere|gamin|vraiment|voisin|famille) (?:penible|chiante?|relou|lourde?|"
        r"envahissant\w*|collante?|mou|molle|amorphe|apathique|larve|bizarre|etrange|tyrannique|"
        r"possessi(?:f|ve)|etouffante|castratrice|demissionnaire|depassee?)s?",
        r"chiante?s?|casse-(?:pieds|couilles)|pleurnich\w+|geignard\w*|quemandeu\w+",
        r"(?:se victimise|se pose en victime|joue (?:les victimes|la victime|la comedie)|fait son cinema|"
        r"fait semblant|simulat(?:eur|rice)|comedien\w* ne)",
        r"(?:un|une|vrai|vraie|quelle|quel) (?:rate|loque|epave|legume|zero|minus|larve|minable|cauchemar|"
        r"plaie|fleau|poison|peste|catastrophe ambulante|terreur|furie|sorciere|mouton noir|brebis galeuse|"
        r"pomme pourrie)(?! (?:de|du) (?:jardin|voiture))",
        r"poids mort|incasables?|irrattrapables?|cas desespere|sans espoir|foutue?s? pour|"
        r"peine perdue avec",
        r"(?:sale|mauvais|fichu) caractere|caractere (?:difficile|de cochon|impossible|explosif|de chien)",
        r"(?:attitude|comportement|personnalite|mentalite) (?:deviante?|perverse?|malsaine?|odieu\w+|"
        r"asocial\w*|agressi\w+|dangereu\w+|violente?|anormal\w*|bizarre|tordue?|detestable|trouble|"
        r"inquietante?|de (?:voyou|caid|racaille|petit))",
        r"(?:frequentations?|relations|amis|copains) (?:douteu\w+|louches?|peu recommandables|nefastes)",
        r"influencables?|manipulables?|naifs?|naives?|credules?",
        r"(?:sait|savent|capable) (?:pas|plus) (?:d'|de )?(?:eduquer|elever|tenir|s'occuper de|"
        r"gerer) (?:ses|son|sa|leur|leurs|un) (?:enfants?|fils|fille|gamins?)",
        r"(?:aucune|sans|plus d') ?autorite (?:sur|parentale reelle)",
        r"(?:n'a|ont|a) (?:jamais |plus )?(?:aucune|pas d'|plus d') ?autorite",
        r"(?:vrais? |des |une bande de |comme des |bande de )sauvages?",
        r"cancres?|loubards?|lascars?|zyvas?|keke|mafias?|gangs?|pouilleu\w+|ploucs?|beaufs?|gueux|bouseux|"
        r"crasseu\w+|degoutant\w*|repugnant\w*|immonde\w*|ordure humaine",
        r"(?:fout|seme|met|cherche) (?:toujours |encore )?(?:la merde|le bordel|la zizanie|la pagaille|"
        r"les embrouilles)",
        r"(?:ne )?(?:cherche|pense) (?:qu'a|que) (?:a )?(?:nuire|profiter|mentir|embeter|lui|elle|"
        r"l'argent)",
        r"voyou(?:s|te|tes|cratie)?",
        r"racailles?|cailleras?|kaira",
        r"caids?",
        r"delinquant(?:e|s|es)?",
        r"(?:multi-?)?recidivist\w+",
        r"multi-?recidiv\w+",
        r"kassos|cassos|casos",
        r"cas (?:so[cs]\w*|desesperes?|lourds?|irrecuperables?|perdus?)",
        r"debiles?|idiot(?:e|s|es)?|imbeciles?|cretin(?:e|s|es)?|abruti(?:e|s|es)?|stupides?|mongol\w*|"
        r"gogols?|attardee?s?|tarees?|cinglee?s?|timbree?s?|ahuri\w*|neuneu",
        rf"{_EST} (?:con|conne|cons|connes|bete|betes|folle|fou|fous|lourde?|limitee?s?|bornee?s?|sotte?s?|"
        rf"nunuche|simplet\w*|dingue)(?! (?:de|du|des))",
        r"connards?|connasses?|batards?|salopes?|salauds?|salopards?|encul\w+|putes?|putains?|petasses?|"
        r"pouffiass\w+|pouffes?|garces?|fumiers?|enfoires?|"
        r"trainees?|merdeu(?:x|se|ses)|emmerdeu\w+|petite? merde|chieu(?:r|se)|branleu\w+|glandeu\w+|"
        r"bouffons?|blaireaux?|crevards?",
        r"faineant\w*|feignant\w*|feignasses?|paresseu\w+|flemmard\w*|cossards?|tire-au-flanc|oisi(?:f|fs|"
        r"ve|ves)|branle rien|poil dans la main",
        r"menteu(?:r|rs|se|ses)|mytho(?:s|mane|manes)?|affabulat\w+|baratineu\w+|hypocrites?|fourbes?|"
        r"tricheu\w+|faux-jeton|faux[- ]culs?",
        r"manipula(?:teurs?|trices?)",
        r"(?:est|tres|garcon|fille|mere|pere) (?:manipulant\w*|calculat\w+|intriga\w+)",
        r"perver(?:s|se|ses|site|sion)",
        r"viceu(?:x|se)|vicieu(?:x|se|ses)",
        r"dangereu(?:x|se|ses)",
        r"dangerosite",
        rf"{_EST} (?:violente?s?|brutale?s?|mechante?s?|nuisibles?|cruel(?:le|s|les)?|sadiques?|nocives?|"
        rf"nocif|malsaine?s?|sale|sales|crade\w*|vulgaires?|nulle?s?(?! part)|mauvaise?s?(?! (?:en|notes|"
        rf"eleve|posture|passe))|faibles? d'esprit|toxiques?|immonde|pourrie?s?|vile?|lache|"
        rf"perdue?s? d'avance)",
        r"(?:il|elle|jeune|garcon) (?:violente?|mechante?|nulle?)",
        r"(?:pere|mere|parents?|famille|copain|relation|ami) toxiques?",
        r"bonn?e?s? a rien",
        r"irrecuperable\w*|irresponsables?|incapables?|incompetent(?:e|s|es)?|indign(?:e|es)|inutiles?(?= |"
        r"$|\.)(?: a la societe)|ingerables?|intenables?|insupportables?|invivables?|incontrolables?|"
        r"inadapt(?:e|ee)s? a la societe|asocia(?:l|le|ux|les)|antisocia(?:l|le|ux|les)",
        r"mauvais(?:e|es)? (?:mere|pere|parents?|famille|frequentations?|graine|influence|fond|esprit|"
        r"genre|sujet|gars|fille|volonte|foi)",
        r"parents? (?:demissionnaires?|laxistes?|depasses)",
        r"laxistes?|je-m'en-foutis\w+",
        r"(?:famille|fratrie|mere|clan|tribu) (?:defaillante|a problemes|connue|de fous|de dingues|"
        r"defavorable|nefaste|infernale|pathogene|deviante|marginale|inadaptee)",
        r"famille (?:bien )?connue (?:defavorablement|de tous|et)",
        r"violente?s? et",
        r"sournois\w*",
        r"agressi(?:f|fs|ve|ves|vite)",
        r"paumee?s?",
        r"nuisibles?",
        r"(?:un|vrai|vrais|une|des|veritables?|les|ces) parasites?",
        r"caracteri(?:el|elle|els|elles)",
        r"insolent\w*|impertinent\w*|arrogant\w*|hautain\w*|effronte\w*|impudent\w*|grossi(?:er|ere|ers)|"
        r"mal (?:eleve|poli|embouche)\w*|impolie?s?|irrespectueu\w+",
        r"instables?|impulsi(?:f|ve|fs|ves)|coleri(?:que|ques)|lunati(?:que|ques)|immatures?|egoist\w+|"
        r"egocentri\w+|narcissi\w+|orgueilleu\w+|capricieu\w+|hysteriques?|excitee?s?|enragee?s?|nevros\w+|"
        r"psychopath\w+|sociopath\w+",
        r"provocateu(?:r|rs)|provocatrices?|provoc|frimeu\w+|grande gueule|teigneu\w+|teignes?|pestes?|"
        r"chipies?",
        r"(?:sales?|petits? cons?|petite conne|maudit|foutu|fichu|espece de|"
        r"satanee?)(?: petits?)? (?:gosses?|types?|gamin\w*|momes?|garnements?|individus?|gars|caractere|"
        r"con|conne|idiot|race|bonhomme)",
        r"petits? (?:cons?|merdeux|dur|chef|branleur|malfrat|truand|bandit|monstre|diable|tyran)s?",
        r"vauriens?|garnements?|sauvageons?|barbares?|crapules?|canailles?|gredins?|malfrats?|truands?|"
        r"bandits?|gangsters?|mafieu(?:x|se)|brutes?|monstres?|tyrans?|tortionnaires?|vermines?|"
        r"dechets? (?:humain|de la societe)|cas social|cas sociaux|rebuts?|racl\w+ de la societe|"
        r"moins que rien|clodos?|clochards?|poukave\w*|zonards?|marginaux|marginale?",
        r"filles? (?:facile|legere|de petite vertu|perdue|de mauvaise)s?",
        r"allumeuses?|aguicheuses?|trainees?|cochonnes?",
        r"(?:gros|vrai|un|quel) boulets?",
        r"(?:tetes? (?:brulees?|a claques|de mule|de linotte)|grains? de folie|mauvaise tete)",
        r"(?:chefs? de (?:bande|meute|gang)|meneu(?:r|se)(?: (?:de|du|des|negatif))?|leader negatif)",
        r"(?:on n'en|rien a en|rien n'en|n'en) (?:tirera|tirer|fera|faire|attendre)(?: (?:rien|"
        r"plus rien))?",
        r"(?:n'a|a) (?:aucun avenir|aucune morale|aucune education|aucune volonte|rien dans la tete|"
        r"un mauvais fond|aucun respect|aucun scrupule|aucune excuse)",
        r"(?:sans|manque de|manque d') ?(?:foi ni loi|morale|scrupules?|intelligence|avenir|cervelle|"
        r"education|moralite|aucune volonte)",
        r"(?:peu|pas (?:tres|bien)?) ?(?:intelligente?s?|futee?s?|malin|maligne|finaude?|fiable|fiables|"
        r"frequentables?|recommandables?|net|nette)",
        r"peu recommandables?|infrequentables?|louches?",
        r"profiteu(?:r|rs|se|ses)|assistee?s? professionnel\w*|parasit(?:er|aire)s?",
        r"(?:deteste|haiss?able|odieu(?:x|se|ses)|abjecte?s?|ignobles?|meprisables?|detestables?|"
        r"lamentables?|minables?|pathetiques?|pitoyables?|degueulasses?|repoussant\w*)",
        r"(?:n'est|est) (?:pas|plus) (?:recuperable|normale?|nette?|fini|educable)",
        r"(?:fait|fout|sème|seme) la (?:honte|terreur)",
        r"(?:ne )?merite (?:la prison|une bonne|des claques|ce qui)",
        r"(?:parents?|mere|pere) (?:inexistante?|inconsciente?|absente et|indigne|immature|ecervelee)s?",
        r"(?:comme|tel) (?:son pere|sa mere|ses freres|son frere)",
    ),
    sauf=(
        r"depots? sauvages?|camping sauvage|affichage sauvage|stationnement sauvage|rodeo sauvage|"
        r"animaux sauvages",
        r"(?:signale|a signaler|constate|entendu|vu|change|prevu|reste) rien|rien (?:a signaler|a (?:\w+er|"
        r"dire))",
        r"(?:chiens?|animal|animaux|objets?|lieux?|lieu|carrefours?|produits?|conduites?|traversees?|jeux?|"
        r"virages?|escaliers?|passages?|croisements?|sites?|batiments?|"
        r"endroits?|immeubles?|materie\w+|quais?|travail|travaux|machines?|routes?|trottoirs?|rue|rues|"
        r"sortie|trajet|vehicules?|mobilier|installation|branches?|arbre|balcon|"
        r"ascenseur|parking|sol|terrain|substances?|matieres?|dechets?|rodeos?|arrets?|defis?|challenges?|"
        r"acces|pratiques?)(?: [\w']+){0,5} dangereu\w+",
        r"dangereu(?:x|se|ses) (?:pour les (?:pietons|cyclistes|enfants|eleves|passants|usagers|riverains)|"
        r"carrefour|virage|rue)",
        r"marchandises dangereuses",
        r"(?:hall|cave|local|escalier|cage|ascenseur|trottoir|mur|table|salle|locaux|couloir|rue|parking|"
        r"toilettes)s?(?: [\w']+){0,4} sales?",
        r"(?:match|score|bulletin|vote|mesure|delai|projet|bus|contrat|convention|"
        r"candidature) (?:\w+ )?nul(?:le)?",
        r"(?:contrat|emploi|logement|poste|hebergement|reseau|connexion|hebergements?|meuble|mur|poutre|"
        r"echafaudage|situation|planche|horaires?)s?(?: [\w']+){0,3} instables?",
        r"incapables? (?:majeurs?)",
        r"(?:primaire|lycee|college|rue) (?:des )?(?:louches)",
        r"louches? de|a la louche",
        r"grossi(?:er|ere) (?:erreur|plan|trait)",
        r"produits? toxiques?|fumees? toxiques?|dechets? toxiques?",
        r"prevention de la delinquance",
        r"(?:conseil|politique|plan|lutte|fonds|strategie|comite|coordinat\w+|"
        r"contre)(?: [\w']+){0,6} delinquan\w+",
        r"delinquance",
        r"chef de bande dessinee",
        r"mains? sales?|vaisselle sale|linge sale|eau sale",
        r"instables? (?:sur|du mur)",
        r"comme (?:son pere|sa mere|son frere) (?:le (?:demande|souhaite)|l'a (?:demande|souhaite|"
        r"propose))",
        r"(?:appren\w+|exerce|pratiqu\w+|cherche|choisi\w*|veut|meme metier|travaille\w*|"
        r"devenir)(?: [\w',\-]+){0,5} comme (?:son|sa|ses) \w+",
        r"monstres? (?:sacre|marins?|de papier)|encombrants? et monstres?|collecte des monstres",
        r"rebuts? de chantier|chantier de rebuts?",
        r"carrefour \w+ dangereux",
        r"parasites? (?:du logement|dans le logement|nuisibles)|lutte contre les (?:parasites|nuisibles)|"
        r"nuisibles (?:du|dans|rats|cafards)",
        r"(?:presence|traitement|invasion|prolifération|proliferation)s? (?:de |des )?(?:nuisibles|"
        r"parasites)",
        r"peste porcine|insecticide",
        r"excitee? a l'idee",
        r"boulets? de",
        r"inutiles?",
        r"(?:autorite|tribunal|commune|service|juridiction|instance) incompetente?",
        r"jeux? d'agressi\w+",
    ),
)

PREDICTION: Final = Categorie(
    code="prediction",
    libelle="prédit ce que ferait une personne, ou la note",
    conseil="Aucune prédiction ni note : dites ce qui est décidé. "
    "« Le groupe propose deux matinées d’atelier. »",
    collectif=True,
    motifs=(
        r"on (?:le|la|les) (?:retrouvera|reverra|verra|reprendra) (?:\w+ )?(?:en|au|devant|dans|bientot|"
        r"derriere|un jour)",
        r"(?:va|vont) (?:encore |surement |forcement |bientot )?(?:poser|causer|creer|nous faire|"
        r"attirer) (?:des |d'autres |de nouveaux |de gros )?(?:problemes?|ennuis|degats|soucis)",
        r"(?:ira|iront|file|fonce) (?:tout )?droit (?:en prison|dans le mur|vers)|ira en prison|"
        r"retournera en prison",
        r"(?:destin|avenir) (?:est )?(?:tout trace|sombre|de delinquant|bouche|compromis|derriere lui)|"
        r"aucun avenir|pas d'avenir",
        r"bombes? a retardement",
        r"(?:il|elle|ils) (?:tuera|frappera|basculera|volera|agressera|explosera|craquera|rechutera|"
        r"replongera|dealera|violera|refera|recommencera|abandonnera|echouera)\w*",
        r"(?:fera|feront|fait) (?:un |une |des )?(?:malheur|mauvaise fin|bon delinquant|futur caid)",
        r"(?:classee?|cotee?|notee?|place|mis|figure)(?: \w+){0,2} (?:en |au |dans le )?(?:rouge|orange|"
        r"noir|niveau \d|categorie \w|vert) (?:dans|sur|de) (?:la|le|l'|notre) (?:grille|tableau|liste|"
        r"echelle)",
        r"(?:points?|\d+ ?%|\d+ sur \d+|fortes? chances?|chances?|pour cent)(?: \w+){0,2} (?:de (?:risque|"
        r"recidive|recommencer|passage|rechute|dangerosite|basculer|recidiver)|qu'il (?:recommence|"
        r"recidive|passe|bascule)|qu'elle (?:recommence|recidive))",
        r"capables? (?:de tout|de tuer|du pire|de (?:violence|le refaire|recommencer|frapper|"
        r"passer a l'acte)|d'un mauvais coup)",
        r"(?:represente|constitue|devient|deviendra|est|reste) (?:\w+ )?(?:un vrai |un |une |une vraie |"
        r"un reel )(?:danger|menace)(?: (?:pour|public))?",
        r"(?:trajectoire|parcours|carriere|derive|evolution) (?:delinquante?|criminelle?|inquietante|"
        r"previsible)",
        r"(?:pente (?:glissante|savonneuse|dangereuse)|mauvaise pente|mauvais chemin|mauvaise voie|"
        r"mauvais coton|l'engrenage|engrenage)",
        r"(?:bascul\w+|gliss\w+|sombr\w+|tomb\w+|vers|dans) (?:vers |dans )?la (?:delinquance|criminalite|"
        r"grande delinquance|violence|radicalite)",
        r"(?:on (?:peut|doit) )?(?:s'attendre|craindre|redouter)(?: [\w']+){0,3} (?:pire|passage|recidive|"
        r"drame|nouvelle agression|rechute|violence)",
        r"recidiv\w+",
        r"re-?itere\w*|reiteration|reiterer",
        r"risques? (?:\w+ )?(?:de |d')?(?:passage a l'acte|passer a l'acte|fugue|violence|agression|"
        r"delinquance|basculement|basculer|radicalisation|recidive|derive|bascul\w+|delit|trouble|"
        r"recommencer|nuire|dangerosite)",
        r"passage a l'acte",
        r"(?:passera|passer|passe|va passer) a l'acte",
        r"(?:score|note|cotation|indice|niveau|echelle|grille|degre|coefficient|taux|pourcentage|"
        r"probabilite)s? (?:de |du |d')?(?:risques?|dangerosite|recidive|danger|delinquance|violence|"
        r"desistance|gravite)",
        r"(?:score|note|cote|cotee?|evaluee?|classee?|noteee?)(?: [\w']+){0,3} (?:a|sur|de) (?:la |l'|"
        r"une? )?(?:grille|echelle|haut risque|risque)",
        r"(?:scoree|scoring|profilage|algorithme|logiciel)(?: (?:le|la|l'|predi\w+|de risque|classe|"
        r"donne))?",
        r"(?:evaluation|estimation|calcul|cotation) du risque",
        r"risques? (?:individuel\w*|criminel\w*|criminogene\w*|delinquan\w*|futur\w*|social)",
        r"risque (?:juge |estime |evalue |tres |assez |plutot )?(?:eleve|important|fort|majeur|moyen|"
        r"maximal|faible|modere|de niveau)(?! (?:de chute|d'(?:incendie|exclusion|expulsion|accident|"
        r"inondation|echec)|de rupture|de decrochage|de fermeture|pour))",
        r"(?:fort|haut|gros|grand|vrai) risque (?:de recidive|de passage|qu'il|qu'elle|de le|de la|"
        r"de nuire|de bascul\w+|de recommencer|individuel)",
        r"(?:a|tres|a tres|classee?|considere|jeune|individu|profil|famille|eleve) (?:haut |fort |"
        r"grand )?a (?:haut |fort |tres haut |grand )?risques?",
        r"a (?:haut|tres haut|fort) risque",
        r"(?:profils?|potentiels?) (?:a risques?|criminel\w*|inquietants?|delinquant\w*|dangereux|"
        r"violents?|predisposant|predateur|de delinquant\w*|de recidiv\w+)",
        r"(?:finira|finiront|va finir|vont finir|finir|terminera|va terminer) (?:par |surement |forcement |"
        r"certainement |bien |mal |\w+ment )?(?:en prison|mal|delinquan\w*|derriere|par recommencer|"
        r"au trou|dealer|clochard|a la rue|comme|en taule|tueur|au cimetiere)",
        r"(?:va|vont|finira par|risque de|pourrait|devrait|peut) (?:encore |surement |forcement |"
        r"sans doute |bientot |certainement |vite |tres )?(?:mal tourner|tourner mal|recommencer|recidiver|"
        r"replonger|basculer|deraper|devenir (?:violent|delinquant|dangereux|un)|repartir en prison|"
        r"exploser|nous causer|faire une betise|repasser a l'acte)\w*",
        r"(?:tournera|tourne) mal",
        r"(?:futur|futurs|future|graine de|apprenti|bientot|deviendra|en puissance) (?:delinquan\w+|"
        r"criminel\w*|voyou\w*|dealer\w*|caid\w*|terroriste\w*|voleur\w*|bandit\w*|trafiquant\w*|assassin)",
        r"(?:delinquant|criminel|violeur|terroriste|bandit|agresseur)s? (?:en puissance|potentiel\w*|"
        r"en herbe|de demain)",
        r"susceptibles? (?:de (?:recommencer|recidiver|passer|nuire|commettre|bascul\w+|se venger|"
        r"violence)|d'(?:agresser|etre violent|attaquer))",
        r"(?:recommencera|replongera|rechutera|derapera|deviendra violent\w*)",
        r"pronosti\w+",
        r"(?:probabilite|chances?|probable|predi\w+|previsible)(?: [\w']+){0,3} (?:recidiv\w+|rechute|"
        r"delit|qu'il recommence|qu'elle recommence|passage a l'acte|comportement)",
        r"predit|predictif|predicti(?:on|ons|ve)",
        r"predispos\w+",
        r"(?:on sait|c'est) (?:deja )?(?:comment|ou) (?:ca|il|elle) (?:va )?fini\w+",
        r"dangerosite(?: criminologique)?",
        r"(?:s'en sortira|changera|y arrivera|reussira) (?:jamais|pas)",
        r"(?:ne )?(?:s'en sortira|changera|reussira) (?:jamais|pas)",
        r"perdue?s? (?:d'avance|pour la societe)",
        r"tot ou tard",
        r"(?:condamne|voue|destine)e? a (?:l'echec|la delinquance|la prison|finir|echouer)",
    ),
    sauf=(
        r"(?:bus|escalier|trottoir|mur|arbre|carrefour|chantier|route|passage|circulation|vehicule|"
        r"scooters?|rodeos?|trou|cable|balcon)s?(?: [\w',]+){0,6} (?:danger|menace)(?: pour)?",
        r"(?:prevention|eviter|contre|prevenir|lutte)(?: [\w']+){0,6} (?:la )?(?:delinquance|violence|"
        r"criminalite)",
        r"plans?(?: \w+){0,4} contre la (?:delinquance|violence)",
        r"(?:prevention|contre|lutte|prevenir|eviter)(?: [\w']+){0,5} recidive",
        r"recidive (?:legale|: orientation|dans le plan)",
        r"(?:logiciel|algorithme) (?:de (?!risque)\w+|metier|libre|gratuit|du|en classe)",
        r"(?:predit|prediction|previsions?) meteo\w*",
        r"taux de (?:delinquance|violence) (?:de|du|dans|par) (?:la |le )?(?:commune|quartier|departement|"
        r"habitants|secteur)",
        r"(?:conduites?|activites?|zones?|produits?|pratiques?|batiments?|travaux) a risques?",
    ),
)
