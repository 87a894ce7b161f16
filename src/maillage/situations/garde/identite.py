"""Origin and religion: never noted (RGPD, art. 9; CNIL, AU-038)."""

from typing import Final

from maillage.situations.garde.categories import Categorie

FAITS: Final = "Décrivez les faits et le lieu : cette information n’aide à décider d’aucune action."

_PEUPLES_NETS: Final = (
    r"(?:maghrebin|arabe|algerien|marocain|tunisien|africain|malien|senegalais|comorien|congolais|ivoirien|"
    r"guineen|camerounais|mauritanien|"
    r"gambien|nigerian|nigerien|beninois|togolais|burkinabe|gabonais|angolais|capverdien|cap-verdien|"
    r"malgache|mahorais|somalien|ethiopien|erythreen|soudanais|"
    r"rwandais|egyptien|libyen|syrien|libanais|irakien|iranien|afghan|pakistanais|bangladais|indien|"
    r"sri-lankais|tamoul|turc|turque|turk|kurde|kabyle|berbere|"
    r"tchetchene|albanais|kosovar|roumain|bulgare|serbe|bosniaque|macedonien|moldave|ukrainien|russe|"
    r"georgien|armenien|polonais|"
    r"asiatique|chinois|chinoise|vietnamien|cambodgien|philippin|haitien|antillais|guadeloupeen|"
    r"martiniquais|bresilien|colombien|peruvien|"
    r"venezuelien|dominicain|rom|romani|gitan|manouche|tsigane|yeniche|subsaharien|nord-africain|"
    r"europeen de l'est|slave|metis)(?:ne|n|e|te|ane)?s?"
)
_PEUPLES_VOISINS: Final = (
    r"(?:espagnol|portugais|italien|anglais|allemand|belge|suisse|francais|grec|hollandais|irlandais|"
    r"americain|europeen|bruxellois|etranger)(?:ne|e)?s?"
)
_GENS: Final = (
    r"(?:jeunes?|familles?|hommes?|femmes?|garcons?|filles?|peres?|meres?|parents?|freres?|soeurs?|"
    r"bandes? de|groupes? de|types?|individus?|"
    r"communaute|mineurs?|enfants?|eleves?|amis?|gens|personnes?|migrants?|clan|quelques|deux|trois|"
    r"petits?|encore (?:un|une))"
)
_NON_PERSONNE: Final = (
    r"(?:cours|option|langues?|restaurants?|lycee|college|cuisine|ateliers?|repas|interpret\w+|traduct\w+|"
    r"professeure?|lv\d|echange|"
    r"correspondante?s?|voyage|equipe|cafe|epicerie|consulat|ambassade|parle\w*|comprend|lit|ecrit|"
    r"apprend\w*|soiree|danse|musique|percussions?|"
    r"film|cinema|specialites?|boulangerie|the|salon|marche|club|festival|chants?|litterature|boxe|"
    r"exposition|football|drapeaux?|chaine)"
)

ORIGINE: Final = Categorie(
    code="origine",
    libelle="touche à l’origine, à la nationalité ou à la situation de séjour",
    conseil=FAITS,
    collectif=True,
    motifs=(
        r"(?:arriv\w+|venue?s?|vien(?:t|nent)|originaires?|debarqu\w+|nee?s?|natifs?|native|"
        r"ressortissante?s?|expulsee?s?|vivaient|vivait|immigre\w*|famille restee|parents restes|renvoyee?|"
        r"retourn\w+ vivre)(?: \w+)? (?:du|de|d'|des|en|au|aux|vers|le|la|l') ?(?:algerie|maroc|tunisie|"
        r"mali|senegal|guinee|cote d'ivoire|congo|rdc|cameroun|comores|turquie|tchetchenie|albanie|kosovo|"
        r"roumanie|bulgarie|afghanistan|syrie|irak|pakistan|bangladesh|ukraine|georgie|armenie|haiti|"
        r"afrique|gambie|mauritanie|nigeria|soudan|erythree|somalie|russie|serbie|bosnie|inde|chine|bled|"
        r"iran|egypte|portugal|angola|togo|benin|tchad|niger|libye|liban|vietnam|cap-vert|madagascar|pays)",
        r"(?:arriv\w+|entree?s?|venue?s?|vit|presente?s?|scolarise\w*) (?:en|sur le territoire) (?:france|"
        r"francais)(?: (?:en|depuis|il y a|a l'age|sans|l'an|recemment))?",
        r"(?:pays|langue|culture) (?:d'origine|maternelle|natale?)",
        r"(?:ressortissant\w*|binationa\w+|double nationalite|apatrides?|naturalisation|"
        r"regularis\w+ (?:administrative|de sa situation|par le travail|de son sejour)|carte de resident|"
        r"visa|papiers francais|sans titre|attend ses papiers)",
        r"(?:parcours migratoire|exil\w*|passeurs?|fui (?:la guerre|son pays|le pays|les talibans)|"
        r"traverse la (?:mediterranee|manche))",
        r"(?:famille|jeune|parents|mere|pere|eleve|personne|population)s? etrang(?:er|ere|ers|eres)",
        r"accent (?:africain|etranger|arabe|slave|maghrebin|du bled|prononce)",
        r"(?:pas|peu|plus) (?:vraiment )?integree? (?:a la|en) (?:societe|france)",
        r"(?:culture|mentalite|coutumes?|traditions?) (?:\w+ )?(?:africaine?s?|arabe\w*|maghrebine\w*|"
        r"gitane\w*|de la-bas|du pays|musulmane?|patriarcale)",
        r"(?:d'|leurs? |son |ses )origines? (?!du|de la|des|inconnue|geographique|socia)\w+",
        r"originaires? d[eu']\w*",
        r"(?:des|leurs|ses) origines",
        r"origines? (?:ethni\w+|etrangere\w*|socia\w+ modeste)",
        r"(?:im|e)migr(?:ee?s?|ation|er)",
        r"migrante?s?",
        r"primo-?arrivante?s?",
        r"refugiee?s?",
        r"sans[- ]papiers?",
        r"en situation irreguliere",
        r"clandestin\w*",
        r"demandeu(?:rs?|ses?) d'asile",
        r"(?:droit|demande) d'asile",
        r"deboutee?s?",
        r"(?:oqtf|mna|ofpra|cnda|cra|aes|vpf)",
        r"mineure?s? (?:etrange\w+|non accompagnee?s?|isolee?s?)",
        r"nationalites?",
        r"naturalis\w+",
        r"(?:titre|carte) de sejour",
        r"recepisse de (?:sejour|demande)",
        r"etrang(?:er|ere|ers|eres)(?: en| sans| isole| malade)",
        r"(?:centre|camp) de (?:retention|roms|gitans|nomades|migrants)",
        r"(?:d'un|dans un|du) camp(?: de roms)?(?! de (?:base|vacances))",
        r"bidonville",
        r"(?:nee?|arrivee?s?|venue?s?|debarquee?s?) (?:en|au|du|de|d'|aux) (?:algerie|maroc|tunisie|mali|"
        r"senegal|guinee|cote d'ivoire|congo|rdc|"
        r"cameroun|comores|turquie|tchetchenie|albanie|kosovo|roumanie|bulgarie|afghanistan|syrie|irak|"
        r"pakistan|bangladesh|ukraine|georgie|"
        r"armenie|haiti|mayotte|afrique|gambie|mauritanie|nigeria|soudan|erythree|somalie|russie|serbie|"
        r"bosnie|inde|chine|bled|l'etranger|iran|egypte)",
        r"(?:retour|rentre|renvoye|parti)e? au bled",
        rf"{_PEUPLES_NETS}",
        rf"{_GENS} (?:\w+ )?{_PEUPLES_VOISINS}",
        rf"(?:nationalite|passeport|origine) {_PEUPLES_VOISINS}",
        rf"(?:pas|n'est pas|pas vraiment|peu) {_PEUPLES_VOISINS}",
        r"gens du voyage",
        r"(?:voyageurs? sedentaris\w+|romanichel\w*|forains? sedentaris\w+)",
        r"(?:de|jeunes?|personnes?) couleur",
        r"(?:de|une|la) race",
        r"(?:homme|femme|jeune|fille|garcon|jeunes|individus?|personnes?) de couleur",
        r"peau (?:noire|blanche|mate|foncee|claire|sombre|metissee)",
        r"(?:un|une|les|des|jeunes?|grande?s?|hommes?|femmes?|types?|individus?|deux|trois|groupe de|"
        r"garcon|fille|bande de) (?:noire?s?|blacks?|renois?|rebeus?|beurs?|beurettes?|basanee?s?|"
        r"blancs? becs?)(?! complet)",
        r"(?:blacks?|renois?|rebeus?|beurettes?|bougnoul\w*|negr\w+|bicots?|chinetoques?|bamboulas?|"
        r"romano)",
        r"(?:de )?type (?:europeen|nord|maghreb\w*|africain|asiatique|mediterraneen|mediterraneenne|"
        r"negroide|caucasien)\w*",
        r"(?:minorite|groupe|appartenance|communaute) (?:ethnique|d'origine)",
        r"ethni(?:e|es|que|ques)",
        r"communautari\w+",
    ),
    sauf=(
        r"(?:visa|passeport) (?:jeune|pour l'emploi|internet)|passeurs? de (?:memoire|livres|savoirs?)",
        rf"{_NON_PERSONNE}(?: (?:de|d'|du|en|un peu|bien|mal|le|l'|tres|et|ou|avec|au|couramment|le mieux|"
        rf"a la|anglais|francais|espagnol))*?[ ']{_PEUPLES_NETS}",
        rf"{_NON_PERSONNE}(?: (?:de|d'|du|en|un peu|bien|mal|le|l'|tres|et|avec|"
        rf"\w+ et))*?[ ']{_PEUPLES_VOISINS}",
        r"en (?:arabe|turc|russe|chinois|roumain|polonais)",
        r"(?:etablissement|college|lycee|ecole|commune|ville|quartier|departement|structure|service|"
        r"academie|classe|groupe|adresse|region|formation|organisme)s? "
        r"d'origine \w+",
        r"(?:a|est a) l'origine \w+",
        r"d'origine (?:inconnue|controlee|criminelle|electrique|accidentelle|locale)",
        r"(?:rallye|coupe d'afrique|danses? africaines?|percussions? africaines?|coupe \w+)",
        r"cote d'ivoire contre",
        r"immigration et integration office",
        r"aire d'accueil des gens du voyage",
        r"office francais de l'immigration",
        r"(?:rue|place|avenue|pont|boulevard|quai) (?:des? |du |d'|de l')?(?:\w+ )?(?:africains?|arabe|"
        r"algerien|europeenne?)",
        r"(?:union|fonds|parlement|credits?|projet|corps|service volontaire|mobilite) europeen(?:ne|s)?",
        r"telephone arabe",
        r"chiffres? arabes?",
        r"soupe chinoise|ombres? chinoises?|roulette russe|montagnes? russes?|cafe turc|poupees? russes?",
    ),
)

RELIGION: Final = Categorie(
    code="religion",
    libelle="touche à la religion ou aux convictions",
    conseil="N’écrivez rien des convictions. Pour un repas ou un horaire, dites seulement le besoin : "
    "« Menu sans viande. »",
    collectif=True,
    motifs=(
        r"je[uû]ne(?:nt|r)? (?:pendant|pour|durant|tout) (?:le |du )?(?:ramadan|careme|mois)",
        r"(?:l')?aid(?: el \w+)?",
        r"(?:kippour|shabbat|sabbat|careme|pelerinage|la mecque|pentecote chez)",
        r"(?:croit en|prie|parle a|punition de|loi de) (?:dieu|allah)|allah|inch ?allah",
        r"(?:barbe (?:longue|fournie|religieuse)|tenue (?:religieuse|islamique)|"
        r"signes? religieux ostentatoires?)",
        r"refuse(?:nt)? de (?:serrer la main|parler aux femmes|regarder les femmes)",
        r"(?:croyances?|spiritualite|exorcis\w+|desenvout\w+|mauvais oeil|djinns?|sorcellerie|maraboutage)",
        r"musulman\w*",
        r"islam\w*",
        r"juifs?|juives?",
        r"judaisme|israelites?",
        r"catholi\w+|cathos?",
        r"chreti\w+",
        r"evangeli(?:que|ques|ste|stes)",
        r"protestante?s?(?! contre)",
        r"orthodoxes?",
        r"bouddhist\w+|hindou\w*|sikhs?",
        r"pentecotist\w+|adventist\w+|mormons?|scientolog\w+",
        r"jehovah",
        r"(?:sunnit|chiit|alevi|soufi|tabligh)\w*",
        r"religi\w+",
        r"ramadan",
        r"(?:frequent\w+|va|vont|allait|aller|rend|rendent|assidue?|assidument|prie\w*|retour de|"
        r"entraine\w*|traine\w*) (?:[\w']+ ){0,4}?(?:mosquees?|eglises?|synagogues?|temples?|"
        r"salle de priere)",
        r"salles? de prieres?",
        r"(?:^|il |elle |ils |elles |et |jeunes? )prie(?:nt)?(?! de)",
        r"(?:fait|font|faire|faisait|ses|sa|leurs?|cinq) prieres?",
        r"(?:sa|leur|la|une) foi (?!de)\w*",
        r"(?:tres|famille|peu|non|est|mere|pere) croyant\w*",
        r"(?:pratiquante?s?)(?! (?:un|une|le|la|du|de la|sportif))",
        r"voilees?",
        r"(?:porte\w*|portait|mis|met|sous|avec|retire\w*|enleve\w*|garde\w*) (?:\w+ )?(?:le |un |son |du |"
        r"une |la |sa )?(?:voile|foulard|hijab|niqab|burqa|kippa|abaya|qamis|kamis|turban|jilbab|croix)",
        r"(?:hijab|niqab|burqa|burkini|kippa|abaya|qamis|kamis|jilbab|djellaba)s?",
        r"halal|casher|kascher|haram",
        r"(?:mange|mangent|manger) (?:pas )?(?:de )?porc",
        r"(?:s'est|etre|se|recemment|recente?|nouveau|est|fraichement) converti\w*",
        r"convertie?s? (?:a|au|aux|recente?|depuis)",
        r"conversion (?:a|au|religieuse|recente|recemment)",
        r"(?:imams?|rabbins?|pasteurs?|cures? de la paroisse|paroisse|marabout)",
        r"(?:coran\w*|bible|torah|evangile)s?",
        r"athees?|agnostiques?|laicard\w*",
        r"(?:sectes?|sectaires?|gourou)",
        r"(?:carem\w*|communion solennelle|baptisee?s?|bapteme|circoncis\w+|bar[- ]mitsva)",
        r"confession (?:\w+)",
    ),
    sauf=(
        r"(?:permanence|atelier|horaires?|fermetures?|seances?|soirees?|animation|activites?|actions?|"
        r"mediation|bruit|nuisances)(?: [\w',]+){0,6} (?:le |du )?ramadan",
        r"secours (?:catholique|islamique)",
        r"(?:institut|ecole|college|lycee|enseignement|aumonerie|patronage|fondation|"
        r"etablissement) (?:prive )?(?:catholique|protestante?|juive?|religieux|confessionnel)",
        r"(?:faits?|edifices?|lieux?|batiments?|fete|fetes|neutralite|signes?) religieu(?:x|se|ses)",
        r"(?:periode (?:du|de)|fin du|mois de) ramadan",
        r"croix[- ]rouge",
        r"(?:rue|place|impasse|chemin|square|parking|derriere|devant|arret) (?:de |du |des )?(?:la |"
        r"l')?(?:mosquee|eglise|synagogue|temple|paroisse|pasteur|bapteme|paix)",
        r"bapteme (?:de l'air|de plongee|de la rue)",
        r"(?:bonne|mauvaise) foi",
        r"(?:mesures?|contrats?|heures|stage|emploi|amende|formation|locaux|cdd) convertie?s? en",
        r"de secteur",
        r"institut pasteur",
        r"(?:rue|avenue|lycee|hopital|boulevard|college|square)s? (?:louis )?pasteur",
        r"berger pasteur",
    ),
)
