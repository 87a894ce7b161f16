"""Family history, and what was confided to a professional: secret (Code pénal, art. 226-13)."""

from typing import Final

from maillage.situations.garde.categories import Categorie

_PROCHES: Final = (
    r"(?:parents?|pere|mere|maman|papa|famille|freres?|soeurs?|beau-?pere|belle-?mere|beaux-?parents|"
    r"grands?-(?:parents?|pere|mere)|"
    r"fratrie|compagnon|compagne|conjointe?|ex-?conjointe?|mari|ex-?mari|epou(?:x|se)|oncles?|tantes?|"
    r"couple|cousins?|copain|"
    r"ex-?compagnon|petit ami|ex)"
)
_MALHEURS: Final = (
    r"(?:violen\w+|frapp\w+|batt?(?:u|us|ue|re|ait|aient|ent)|cogn\w+|tap(?:e|ent|ait|er)|alcool\w*|prison|"
    r"detenue?s?|incarcer\w+|ecrou\w*|"
    r"divorc\w+|separ(?:e|es|ee|ees|ent|ation|aient|er)|decede\w*|deces|mort(?:e|s|es)?|deuil|abandonn\w+|"
    r"abus(?:e|es|ait|eur|if)|maltrait\w+|"
    r"endett\w+|surendett\w+|dettes|chomage|chomeu\w+|rsa|depasse(?:e|es|s)?|debordee?s?|defaillan\w+|"
    r"demissionnaires?|absente?s?|"
    r"inconnue?s?|conflit\w*|drogu\w+|malades?|carenc\w+|expuls\w+|dispute\w*|dechir\w+|insult\w+|menac\w+|"
    r"humili\w+|rejet\w+|"
    r"fusionnel\w*|toxiques?|polygam\w*|deale\w*|boit|buvait|fugu\w+|disparu\w*|parti\w* (?:de|avec|sans|"
    r"quand|vivre|refaire)|"
    r"tromp\w+|infidel\w+|cris|crie\w*|hurle\w*|coups|harcel\w+|trafi\w+|delinquan\w+|prostitu\w+|"
    r"suicid\w+|abandon|"
    r"emprise|trompe\w*|negligen\w+|precarite|pauvre\w*|misere|ruin\w+|licenci\w+|interdit bancaire|"
    r"huissiers?)"
)
#: A parent who fails to attend something is a fact of the follow-up, not a family history.
_ABSENCE_DATEE: Final = (
    r"absente?s? (?:a|au|aux|lors|ce|cette|hier|aujourd|le|la|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    r"dimanche|"
    r"jusqu|en|pour|pendant|du|de|toute|excuse\w*|mais excuse\w*)"
)

HISTOIRE_FAMILIALE: Final = Categorie(
    code="histoire_familiale",
    libelle="relève de l’histoire familiale ou personnelle, qui est secrète",
    conseil="Nommez seulement qui est à joindre : « La mère est à rencontrer avant la séance. »",
    collectif=True,
    motifs=(
        r"(?:pere|mere|parents?|frere|soeur|famille|fils|fille|enfants?|mari|compagnon|ex) (?:ne |"
        r"n')?(?:s'est|se|s'|lui|le|la)? ?(?:est )?(?:jamais|plus|pas|peu|mal) (?:occupe|soucie|aime|"
        r"reconnu|eleve|voulu|interesse)\w*",
        r"(?:occupe|soucie|veut|voulait|voulu) (?:plus|pas|jamais|mal|guere|peu) (?:de|d') ?(?:lui|elle|"
        r"eux|son fils|sa fille|ses enfants)",
        r"(?:ne |n')?(?:voit|voient|parle|parlent|parlait|frequente) (?:plus|pas|jamais|"
        r"presque plus) (?:a |avec )?(?:son|sa|ses|leur|leurs) (?:pere|mere|parents?|frere|soeur|famille|"
        r"fils|fille|enfants?|mari|compagnon|ex)",
        r"(?:plus|aucun|sans|rompu|coupe|perdu)(?: \w+){0,3} (?:contacts?|nouvelles?|liens?|"
        r"ponts)(?: \w+)? (?:avec|de) (?:son|sa|ses|leur) (?:pere|mere|parents?|frere|soeur|famille|fils|"
        r"fille|enfants?|mari|compagnon|ex)",
        r"coupe les ponts|renie\w*|desherit\w*|repudi\w+",
        r"(?:marie\w*|mariage|fiancee?|promise) (?:de force|contre (?:son|sa)|sans son consentement)|"
        r"forcee? (?:a |de )?(?:se marier|epouser)",
        r"(?:a|ont|avait|avoir) (?:perdu|enterre|vu mourir) (?:son|sa|ses|leur) (?:pere|mere|parents?|"
        r"frere|soeur|famille|fils|fille|enfants?|mari|compagnon|ex)",
        r"(?:mort|deces|suicide|maladie|accident|incarceration|disparition|depart|alcoolisme|violence|"
        r"abandon) (?:de|du) (?:son |sa |ses |leur |la )?(?:pere|mere|parents?|frere|soeur|famille|fils|"
        r"fille|enfants?|mari|compagnon|ex)",
        r"famille (?:tres |assez |plutot )?(?:pauvre|precaire|conflictuelle|violente|pathologique|"
        r"maltraitante|carencee|explosive|compliquee|difficile|a bout|en souffrance|dysfonction\w+|"
        r"dechiree|fragile|nefaste)",
        r"(?:tensions?|disputes?|conflits?|cris|bagarres?|problemes?|violences?|difficultes?|drames?|"
        r"soucis|relations?|situation|contexte|histoire|climat) (?:\w+ )?(?:familia\w+|conjuga\w+|"
        r"de famille|a la maison|au domicile|au foyer|dans le couple|de couple|au sein du (?:couple|foyer)|"
        r"entre (?:les |ses )parents|personnel\w* lourd\w*)",
        r"(?:tensions?|disputes?|conflits?|rupture|relations? (?:tendues?|difficiles?|compliquees?|"
        r"conflictuelles?)|guerre|froid|brouille\w*|en conflit|se dispute|ne s'entend \w+) avec (?:son|sa|"
        r"ses) (?:pere|mere|parents?|frere|soeur|famille|fils|fille|enfants?|mari|compagnon|ex)",
        r"(?:se passe|va) (?:tres )?mal (?:a la maison|chez (?:lui|elle|ses parents|sa mere|son pere)|"
        r"avec (?:son|sa|ses) (?:pere|mere|parents|beau\w*|famille|mari|compagnon))",
        r"grandi (?:sans|en foyer|dans (?:la violence|la misere|un foyer|une famille|un climat|la rue|"
        r"les coups|la peur|la pauvrete))",
        r"(?:temoin|assist\w+|expose\w*)(?: [\w']+){0,3} (?:violences|disputes|coups|scenes) (?:conjuga\w+|"
        r"familia\w+|entre|de|du|des|parenta\w+|domestiques?)?",
        r"(?:coups? (?:de (?:ceinture|poing|pied|baton)|a la maison|recus|au visage|sur)|"
        r"marques? (?:de coups|sur (?:le|les|son))|hematomes?|bleus? (?:sur|aux|au)|ecchymos\w+|"
        r"traces? de (?:coups|strangulation|violences?))",
        r"(?:sequestr\w+|etrangl\w+|gifl(?:e|es|ait|ee|er)|tabass\w+|roue\w* de coups|rouee? de coups|"
        r"menac\w+ de mort|fouett\w+)(?: \w+)?",
        r"(?:controle|confisque|prend|surveille|fouille|garde)(?:nt)? (?:ses|son|tout son|sa) (?:sorties|"
        r"salaire|argent|papiers|passeport|carte bancaire|allocations)",
        r"(?:conjoint|mari|compagnon|pere|copain|ex) (?:\w+ )?(?:jaloux|possessif|violent|alcoolique|"
        r"manipulateur|tyrannique)",
        r"(?:un|d'un|cet) (?:homme|type|mec|compagnon) violent",
        r"placements? (?:successifs|multiples|repetes)|foyers? (?:successifs|en foyers?)|de foyer en foyer|"
        r"ballott\w+",
        r"(?:enfants?|fille|fils|bebe)(?: \w+){0,3} (?:retire|place|confie)e?s? (?:a l'ase|a la mere|"
        r"au pere|en foyer|par le juge|a une famille|chez)",
        r"enfants (?:lui )?(?:ont ete|sont|etaient|seront) (?:retires|places|enleves)",
        r"(?:paternite|filiation|test adn|pere presume)",
        r"(?:femme|mere|enfant|epouse)s? battue?s?",
        r"(?:retombe|vit|vivait|reste|revenue?) (?:\w+ )?(?:sous la coupe|dans la peur|dans la terreur|"
        r"avec son agresseur|chez son agresseur)",
        r"(?:dort|dormait|vit|vivait|traine) (?:\w+ )?(?:dehors|dans la rue|a la rue) (?:depuis|a cause|"
        r"parce|car|apres)",
        r"(?:son|sa|leur) (?:demi-)?(?:frere|soeur) (?:est |a ete )?(?:\w+ )?(?:tue|mort|assassine|noye|"
        r"decede)\w*",
        rf"{_PROCHES}(?:,? [\w'\-]+){{0,4}}?,? (?:[ldsn]')?{_MALHEURS}",
        rf"{_MALHEURS}(?: [\w']+){{0,3}} (?:son|sa|ses|le|la|les|du|des|leur|leurs|entre|par un|d'un|"
        rf"d'une) {_PROCHES}",
        r"violences? (?:intra-?familiales?|familiales?|conjugales?|domestiques?|sexuelles?|physiques?|"
        r"psychologiques?|parentales?|"
        r"subies?|au (?:foyer|domicile|sein)|de la part|dans le couple)",
        r"(?:violence|climat|ambiance|contexte|situation) (?:conjuga\w+|incestu\w+|de violences?)",
        r"victime (?:de (?:violences?|viol|maltrait\w+|coups|son|sa|abus)|d'(?:inceste|abus|agression|"
        r"attouch\w+))",
        r"(?:subit|subi|subissait|a subi|subissent)(?: [\w']+){0,3} (?:violences?|coups|abus|maltrait\w+|"
        r"attouch\w+|pressions|menaces|viols?)",
        r"incest\w+",
        r"mal-?trait\w+",
        r"attouch\w+",
        r"(?:batt|frapp|cogn|maltrait|insult|humili|menac|harcel|tap)\w+ par (?:son|sa|ses|un|une|le|la)",
        r"(?:la|le|les|l'|se fait) (?:batt(?:ait|ent|re)|bat|frapp(?:e|ait|ent|er)|cogn(?:e|ait|er)|"
        r"tap(?:e|ait|er)|insult(?:e|ait|er)|"
        r"harcel(?:e|ait|er)|humili(?:e|ait|er)|viol(?:e|ait|er))(?: (?:et|la|le|regulierement|devant|"
        r"depuis|par|quand|souvent))",
        rf"{_PROCHES} (?:la|le|les|l') ?(?:bat|frappe|cogne|tape|viole|harcele|menace|insulte|suit partout|"
        rf"surveille|sequestre)",
        r"sous (?:l'emprise|emprise|la coupe) (?:de|d'un) ?\w*",
        r"(?:enfant |deja |ete |est |anciennement |mineure? |jeune )?placee?s? (?:en (?:foyer|famille|"
        r"pouponniere|mecs|institution|urgence)|a l'(?:ase|aide|age)|depuis|"
        r"(?:dans|par) (?:un foyer|le juge|l'ase|une famille|une mecs)|chez (?:une?|sa|son))",
        r"placement (?:en (?:foyer|famille)|a l'ase|ancien|judiciaire|provisoire|de l'enfant|des enfants|"
        r"familial)",
        r"(?:ancien|mesure de|sortant de|fin de|levee du|risque de) placement",
        r"famille d'accueil",
        r"foyer de l'enfance",
        r"pouponniere",
        r"pupille de l'etat",
        r"ancien enfant de l'ase",
        r"(?:enfance|jeunesse|adolescence|passe|vie|parcours de vie|histoire) (?:\w+ )?(?:difficile|"
        r"marquee? par|compliquee?|douloureu\w+|chaoti\w+|volee|cabossee?)",
        r"(?:dans|depuis|pendant) (?:l'|son |sa |leur )(?:petite |tendre )?enfance",
        r"famille (?:monoparentale|recomposee|eclatee|desunie)",
        r"(?:mere|pere) (?:seule?|isolee?|celibataire)",
        r"secrets? de famille",
        r"(?:a ete|ete|est|enfant|fut) adoptee?s?",
        r"(?:son|sa|leur) adoption",
        r"garde (?:alternee|exclusive|partagee|des enfants)",
        r"droits? de visite",
        r"pensions? alimentaires?",
        r"(?:decheance|retrait|delegation) de l'autorite",
        r"abuse[es]* sexuell\w+",
        r"violee?s? (?:par|a|dans|quand|lors|depuis)",
        r"viols?",
        r"(?:s'est|ete|a ete|fait) viol(?:ee?|er)",
        r"orphelin\w*",
        r"(?:ne de|nee de|sous) (?:x|pere inconnu|mere inconnue|d'une relation|une relation)",
        r"nee? (?:d'une? |de )(?:relation|union|viol|adultere|pere|adultere)\w*",
        r"extra-?conjuga\w+",
        r"(?:pas|jamais|peu) (?:connu|vu grandir|revu|reconnu par) (?:son|sa) (?:pere|mere)",
        r"(?:refait|refaite) sa vie",
        r"(?:s'est|se sont|est|sont|a) (?:remarie|separe|pacse|divorce|enfui|sauve|fait la malle)\w*",
        r"(?:quitte|quitter|abandonn\w+|fui|deserte) (?:le domicile|le foyer|la maison|ses enfants|"
        r"son mari|sa femme|son fils|sa fille|"
        r"la famille|le pays|le domicile conjugal|le domicile familial)",
        r"(?:s'est enfui\w*|fugueu\w+|fugues? (?:de (?:chez|la maison)|du (?:domicile|foyer familial)|"
        r"a repetition|repetees?|regulieres?|plusieurs|depuis|souvent))",
        r"(?:mis|mise|foutu|jete|chasse)e? (?:a la porte|dehors|a la rue)(?: par)?",
        r"(?:abandonnee?|rejetee?|reniee?|delaissee?)s? (?:a la|par (?:sa|son|ses)|des sa|depuis)",
        r"elevee?s? par (?:sa|son|ses)",
        r"mariage (?:force|arrange|blanc)",
        r"excision\w*|excisee?s?",
        r"(?:carences?|negligences?) (?:educativ\w+|affectiv\w+|parental\w+|graves?|lourdes?)",
        r"conflits? (?:de loyaute|parenta\w+|conjuga\w+|familia\w+|de couple|intra-?familia\w+|ancien\w*|"
        r"entre (?:le|la|les|ses|son))",
        r"(?:histoire|antecedents|secrets?|passe|passif|contexte|heritage|relations?|"
        r"climat) familia\w+ (?:difficile\w*|complexe\w*|lourd\w*|violent\w*|tendu\w*|degrade\w*)?",
        r"(?:trois|deux|quatre|plusieurs) peres differents",
        r"(?:pere|mere) biologique",
        r"enfant (?:illegitime|non desire|non reconnu|adulterin|naturel)",
        r"rupture (?:familiale|avec (?:sa|son|ses) (?:famille|parents?|mere|pere)|conjugale|amoureuse)",
        r"(?:couple|menage) (?:en crise|qui bat|se dechire|a la derive)",
        r"(?:divorce|deces|separation|incarceration|veuvage|remariage|deuil) (?:de (?:sa|son|ses|la|leur)|"
        r"du (?:pere|couple|grand)|des parents|difficile|conflictuel\w*|recente?|avec)",
        r"(?:divorcee?s?|veufs?|veuves?)",
        r"(?:cribl\w+|noyes?) de dettes",
        r"surendett\w+",
        r"(?:adultere|liaison cachee|maitresse de)",
    ),
    sauf=(
        r"conflits? (?:avec|entre) (?:un|le|la|les|deux|des) (?:voisin|professeur|prof|eleve|employeur|"
        r"surveillant|collegue|camarade|bailleur|tuteur|groupe|client)\w*",
        r"coup de (?:pied|poing|baton) (?:dans|a) (?:la|le|une|un) (?:porte|mur|poubelle|ballon|vitre|"
        r"table|distributeur|voiture|poteau)",
        r"changement de situation familiale|situation familiale (?:a jour|inchangee|a mettre|a declarer)",
        r"(?:mesures?|decisions?|motions?|textes?|charte|plan|budget) (?:\w+ ){0,2}adoptee?s?",
        rf"{_PROCHES}(?: \w+){{0,3}} {_ABSENCE_DATEE}",
        rf"{_PROCHES}(?: \w+){{0,4}} absences?",
        r"(?:vehicule|voiture|scooter|caddie|chantier|meubles?|epave|encombrant)s? abandonnes?",
        r"abandonn\w+ (?:le|la|l'|son|sa|leur|les|ses|cette|ce) ?(?:projet|formation|demarche|demande|"
        r"stage|idee|cours|piste|club|sport|poste)",
        r"abandon (?:de|du|d'|des) ?(?:poste|stage|formation|projet|scolaire|la formation|l'atelier|"
        r"chantier)",
        r"conflits? (?:de voisinage|d'usage|du travail|entre (?:voisins|bandes|eleves|quartiers|groupes|"
        r"locataires))",
        r"quitter? le pays de",
        r"depasse(?:nt|r)? (?:le|la|les|l')",
        r"orphelins? (?:de duffel|apprentis)",
        r"orphelins apprentis d'auteuil",
        r"dettes? de (?:loyer|cantine|charges)",
        r"(?:loyer|cantine)(?: \w+){0,4} dettes?",
        r"(?:association|bureau|service|intervenante?|aide|"
        r"permanence)s? (?:\w+ ){0,2}(?:d'aide )?aux victimes de violences?(?: \w+)?",
        r"(?:visite|guide|exposition|film) (?:\w+ ){0,4}orphelinat",
        r"orphelinat de",
    ),
)

_CELUI: Final = (
    r"(?:il|elle|ils|elles|jeune|mere|pere|eleve|fille|fils|garcon|parents|ado|mineure?|qui|"
    r"dame|monsieur|victime|soeur|frere|enfant)"
)

TRAVAIL_SOCIAL: Final = Categorie(
    code="travail_social",
    libelle="rapporte le contenu d’un entretien ou d’un accompagnement",
    conseil="Dites qu’un suivi existe et ce qu’il faut décider, jamais ce qui a été confié.",
    motifs=(
        r"(?:lors|au cours|pendant|durant|apres) (?:de |d'|du |des )?(?:l'|un |une |notre |nos |cet |"
        r"cette |son |la |ma |sa |ce |le )?(?:echanges?|entretien|visite|vad|rendez-vous|rencontre|"
        r"discussion|conversation|seance|appel|point|trajet)(?: [\w',]+){0,5} (?:pleur|craqu|confi|racont|"
        r"revel|avou|evoqu|livr|effondr|dit (?:que|avoir)|peur|parle de (?:sa|son|ses))\w*",
        r"ce qu(?:'|e )(?:il|elle|ils|elles|la mere|le pere|le jeune) (?:m'|nous |me |lui )?(?:a |"
        r"ont )?(?:dit|confie|raconte|explique|vit|vecu|subi)\w*",
        r"(?:rester?|reste|garder?) entre nous|a ne pas repeter",
        r"(?:s'est|se|s'est enfin) (?:livree?|livre|ouverte? a|epanche\w*)",
        r"vide son sac|a craque|fini par (?:pleurer|dire|avouer|craquer|parler)|fond en larmes|"
        r"a (?:beaucoup |longuement |encore )?pleure",
        r"evoqu\w+ (?:sa|son|ses|des|un|une|le|la) (?:mere|pere|famille|passe|enfance|viol\w*|couple|ex|"
        r"souffrance|peurs?|mal-etre|relation|vie|parents|idees|deuil|solitude)",
        r"(?:dit|explique|raconte|affirme|ajoute|rapporte|decrit|reconnait|declare|soutient)(?: que| qu'il|"
        r" qu'elle)? (?:son|sa|ses) (?:pere|mere|parents|freres?|beau-?\w+|compagnon|mari|famille|ex|"
        r"soeurs?|oncle|conjoint)",
        r"(?:dit|avoue|explique|raconte|exprime|affirme) (?:avoir |etre |ne plus |qu'il |qu'elle |sa |"
        r"son )(?:a |est )?(?:peur|ete (?:victime|battu|frapp|viol|abus|maltrait)|victime|rejet\w*|mal|"
        r"supporter|vouloir vivre|souffr\w+|colere|haine|seule? au monde|angoisse|subi|honte|detresse|"
        r"frappe|ras-le-bol)\w*",
        r"(?:a|avait|ont) (?:tres )?peur (?:de (?:son|sa|ses|rentrer|lui|mourir|parler)|du (?:pere|beau|"
        r"frere|compagnon|mari))",
        r"travail(?:ler|le|lons)? (?:autour|sur|porte sur) ?(?:de |du )?(?:la relation|le lien|"
        r"la parentalite|l'attachement|son passe|ses emotions|l'estime|la gestion|le deuil|sa colere|"
        r"ses traumas|son histoire)",
        r"problematiques? (?:familia\w+|d'attachement|psy\w*|affecti\w+|abandonniqu\w+|educative|"
        r"de violence|d'addiction|de couple|conjuga\w+)",
        r"(?:notes?|contenu|verbatim|retranscription) (?:de l'|d'|des |de son |du )(?:entretien|"
        r"suivi educatif|accompagnement)s?",
        r"(?:besoin|manque|quete) (?:d'affection|affecti(?:f|ve)|d'amour|de reconnaissance du pere|"
        r"de repere paternel|de figure)",
        r"immaturite affective|faible estime|estime de (?:soi|lui|elle)",
        r"(?:a|m'a|nous a|lui a|ont|avait|aurait|m'ont|nous ont|lui ont) (?:bien |enfin |deja )?(?:confie|"
        r"raconte|revele|avoue)\w*",
        rf"{_CELUI} (?:m'|nous |lui |leur )(?:a|ont|avait)? ?(?:dit|parle|explique|indique|rapporte|"
        rf"decrit)\w*",
        rf"{_CELUI} (?:me|nous|lui) (?:dit|parle de|raconte|explique|confie|decrit|avoue)",
        rf"{_CELUI} (?:a|ont)? ?(?:raconte|confie|revele|avoue|se plaint de|parle de (?:sa|son|"
        rf"ses) (?:mere|pere|parents|famille|passe|enfance|couple|vie))",
        r"(?:lors|au cours|pendant|durant|en) (?:de |d')?(?:l'|un |son |des |cet |notre |nos |dernier |"
        r"le )?entretiens?,? (?:il|elle|on|avec sa|ils|elles|la mere|le pere)",
        r"pendant (?:l'|son |un )entretien",
        r"lors (?:de l'|d'un |de son |de cet )entretien(?! d'embauche| professionnel| de recrutement)",
        r"(?:s'est|se sont|s'etait|se) confi(?:e|ee|es|ent)\w*",
        r"confiden(?:ce|ces)",
        r"en confidence",
        r"sous le sceau du secret",
        r"(?:rapports?|notes?|ecrits?|bilans?|enquetes?|synthese|evaluations?) (?:educati\w+|socia(?:l|le|"
        r"les|ux)|de l'(?:educat\w+|assistante?|ase)|du referent ase|psycho-?socia\w+)",
        r"informations? preoccupantes?",
        r"(?:une|l'|d'une) ip (?:a ete|est|transmise|faite|en cours|du|par)",
        r"(?:une|l') ip",
        r"compte[- ]rendu (?:d'entretien|de visite|de synthese|educatif)",
        r"(?:fondu|eclate|effondre|fond|pleure|pleurait|pleurer)\w*(?: [\w']+){0,2} (?:en (?:larmes|"
        r"sanglots|pleurs)|pendant|devant|lors)",
        r"en (?:larmes|sanglots|pleurs)",
        r"(?:elle|il|mere|pere|jeune) (?:a )?(?:beaucoup )?pleur(?:e|ait|ee)",
        r"relations? (?:\w+ ){0,3}(?:fusionnelle|etouffante|toxique|pathogene|ambivalente|symbiotique)s?",
        r"(?:contenu|teneur|detail) des? (?:l'|nos |ces |son )?(?:echanges?|entretiens?|seances?|suivi|"
        r"accompagnement)",
        r"(?:d'apres|selon) (?:le |la |son |sa )?(?:rapport|notes?|journal|dossier) (?:de |du |d')?",
        r"travail (?:educatif|therapeutique) (?:porte|autour|mene) sur",
        r"lien mere[- ](?:enfant|fils|fille)",
    ),
    sauf=(
        r"(?:a|est|sera|ete) confiee? (?:a|au|aux) (?:la |l')?(?:ville|mairie|association|service|bailleur|"
        r"prestataire|entreprise|centre)",
        r"bilans? socia(?:l|ux) de (?:la|l')",
        r"rapport social unique",
        r"(?:rapport|notes?) (?:d'activite|de service|de cadrage)",
        r"(?:selon|d'apres) (?:le |la )?(?:rapport|notes?) (?:du (?:bailleur|gardien|service technique|"
        r"trimestre)|de (?:l'agence|la ville|mathematiques|service))",
    ),
)
