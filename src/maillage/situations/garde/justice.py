"""Detail of procedures and inquiries: never noted (Code de procédure pénale, art. 11; CSI, art. L. 132-5)."""

from typing import Final

from maillage.situations.garde.categories import Categorie

_FORCES: Final = (
    r"(?:polic\w+|gendarm\w+|brigade|enqueteu\w+|commissariat|juges?|opj|magistrat\w*|tribunal|procureur|"
    r"bac|parquet|crs|surete|stups)"
)
_INFRACTION: Final = (
    r"(?:vols?|recel|violences?|trafic|stupefiants?|deal|agressions?|outrages?|rebellion|menaces|"
    r"cambriolages?|escroquerie\w*|"
    r"extorsion|racket|viol|delits?|crimes?|degradations?|conduite|usage|port d'arme|meurtre|incendie|"
    r"faits|affaires?|infractions?|ils)"
)

PROCEDURE: Final = Categorie(
    code="procedure_judiciaire",
    libelle="relève du détail d’une procédure judiciaire",
    conseil="Un membre judiciaire peut dire qu’un suivi existe et sa nature. "
    "Rien d’une enquête ne s’écrit ici.",
    collectif=True,
    motifs=(
        r"(?:policiers?|gendarmes?|enqueteurs?|police|gendarmerie|bac|brigade) (?:\w+ )?(?:ont|a|l'ont|l'a|"
        r"le|la|les ont|lui ont|sont venus?|est venue) ?(?:\w+ )?(?:saisi|fouille|arrete|interroge|entendu|"
        r"retrouve|perquisition|emmene|identifie|convoque|chercher|recherche|connait|surveille|soupconne|"
        r"place|auditionne|embarque|menotte)\w*",
        r"(?:retrouve|surpris|pris|vu|porteur|arme|attrape)e?s? (?:\w+ ){0,2}(?:d'un|avec un|avec une|"
        r"en possession|d'une|avec de la|avec du|avec des) ?(?:\w+ )?(?:couteaux?|armes?|poing|machette|"
        r"pistolet|drogue|resine|cannabis|matraque|gazeuse|lacrymogene|objet vole|scooter vole|cutter|"
        r"barre de fer)?",
        r"procedures? (?:penales?|judiciaires?|est (?:en cours|ouverte|close)|(?:en cours |"
        r"ouverte )?contre (?:lui|elle|eux|le|la|son|sa)|pour (?:vol|viol|violen|trafic|degrad|outrag|"
        r"agress|stup)\w*|au tribunal|correctionnelle|criminelle)",
        r"ecop(?:e|er|ait|era)",
        r"amendes? (?:penale|delictuelle|forfaitaire delictuelle|(?:de \d+ \w+ )?(?:au|par le) tribunal|"
        r"avec sursis)",
        r"(?:convo\w+|attendue?|passage|passe\w*|rendez-vous|presente\w*|date|"
        r"citee?)(?: [\w']+){0,3} (?:au|devant|chez|a la)(?: le| la| l')? ?(?:tribunal|juge|parquet|"
        r"procureur|delegue du procureur|commissariat|gendarmerie|brigade|jap|correctionnelle|cour d'appel|"
        r"assises)",
        r"(?:a|ont|avait|avoir|aurait|auraient) (?:deja |encore )?(?:commis|cambriole|braque|rackette|"
        r"poignarde|tabasse|viole|tue|agresse|incendie|brule (?:une|des|la) (?:voiture|poubelle|vehicule)|"
        r"deale|vendu (?:de la|du|des)|blesse|sequestre|extorque|escroque)\w*",
        r"(?:coupable|culpabilite|complices?|complicite|co-?auteurs?|plaignante?s?|partie civile|scelles)",
        r"avocat (?:commis|penaliste|de la defense|pour (?:son|sa) (?:proces|audience|jugement|affaire))",
        r"(?:son|le|leur|au|un|du) proces(?! verbal)",
        r"(?:vols?|cambriolage|agression|violences?|viol|incendie) (?:a main armee|aggrave\w*|en reunion|"
        r"avec (?:violence|arme|effraction)|volontaires?|sur (?:agent|policier|conjoint|mineure?|personne|"
        r"ascendant|sa|son|une? )|a l'arrache|en bande)",
        r"outrages?|rebellion|menaces de mort|port d'arme|detention d'arme|refus d'obtemperer|(?:conduite|"
        r"conduit|roule) sans permis|delit de fuite|usage de (?:stup\w+|faux)|abus de confiance|"
        r"escroquerie",
        r"(?:juge|tribunal|jap|parquet|procureur|magistrat)(?: des enfants| d'application des peines|"
        r" correctionnel)? (?:a|l'a|lui a|doit|va|vient de)(?: \w+){0,2} (?:ordonn|prononc|plac|condamn|"
        r"renvoy|liber|requi|revoqu|relax|interdi|incarcer|poursuiv)\w*",
        r"(?:il|elle|jeune|frere|pere|mari) (?:est|sera|a ete|doit etre|va etre|devrait etre) liberee?",
        r"(?:affaires? (?:de|d') ?(?:vols?|violences?|stup\w*|drogues?|viols?|moeurs|trafic|agression|"
        r"recel)|(?:une|cette|l'|plusieurs|deux|trois|autre|son) affaires? (?:en cours|judiciaires?|penale|"
        r"de justice|au tribunal))",
        r"(?:suivi socio-judiciaire|mise a l'epreuve|probationnaire|sursitaire|revocation|"
        r"obligation de (?:pointer|indemniser|quitter|residence)|pointage|pointe (?:au|a la))",
        r"(?:interdit|interdite) (?:de (?:paraitre|sejour|contact|territoire)|d'approcher|"
        r"d'entrer en contact)",
        r"(?:sous les verrous|au trou|cellule de degrisement|derriere les barreaux)",
        r"(?:ennuis|problemes|demeles|soucis|affaire|passe|compte|comptes) (?:avec|"
        r"a rendre a) (?:la )?(?:justice|police)",
        r"(?:passe|parcours|profil|carriere|casier|dossier) (?:penal\w*|judiciaire|criminel|delinquant\w*|"
        r"carceral)",
        r"(?:reseau|trafic|bande|equipe) de (?:dealers|drogue|stup\w*|voleurs|cambrioleurs|cannabis)",
        r"(?:argent sale|bizness|business de|vend du|vend de la|vendeur de) ?(?:shit|cannabis|drogue|coke|"
        r"beuh|resine|stups?)?",
        r"(?:temoignages?|temoins?) (?:contre|accablant|a charge|recueill\w+|de l'agression|de la scene)",
        r"gardee?s? a vue",
        r"gav",
        r"mise?s? (?:en examen|en cause|sous ecrou|en accusation)",
        r"temoin assiste",
        r"perquisition\w*",
        r"perquis",
        rf"(?:audition\w*|entendue?s?|convoque\w*|interroge\w*)(?: [\w']+){{0,2}} (?:par|a|au|devant|"
        rf"chez) (?:la |le |les |l'|un |une |des )?{_FORCES}",
        r"audition (?:libre|de la victime|des temoins|du mineur|du suspect|melanie|de garde)",
        r"auditionnee?s?(?: (?:par|au|le|hier|mardi|lundi|jeudi))?",
        r"proces[- ]verb\w+",
        r"pv (?:n|de|du|d'|\d)\w*",
        r"(?:pieces?|copie|extrait) (?:de la procedure|du dossier penal)",
        r"enquetes?",
        r"enquet(?:eurs?|rices?|ent)",
        r"(?:une |l')?instruction (?:judiciaire|en cours|penale|est ouverte|ouverte|criminelle)",
        r"information judiciaire",
        r"juges? d'instruction",
        r"juges? (?:des enfants|des libertes|d'application des peines|de l'application des peines|"
        r"aux affaires familiales|pour enfants)"
        r" (?:a|l'a|va|doit|devrait|decide\w*|ordonn\w*|place\w*|envisage|hesite|refuse|demande)",
        r"(?:jap|jld|jaf)",
        r"(?:port|depos|retir|dep)\w* (?:une |sa |deux |plusieurs |la )?plaintes?",
        r"plaintes? (?:a ete |est |sont |ont ete )?(?:deposee?|depose|pour (?:vol|violen|viol|coups|menac|"
        r"agress|harcel|degrad|outrag|racket)\w*|contre|en cours|au commissariat|classee?|retiree?|"
        r"du voisin|de la victime)\w*",
        r"(?:depot|retrait) de plainte",
        r"main courante (?:contre|pour|deposee? (?:au commissariat|a la gendarmerie|par la victime|"
        r"contre))",
        r"casiers? judiciaires?",
        r"(?:son|leur|le|au|du) (?:casier|b1|b2|b3)(?: \w+)? (?:vierge|charge\w*|lourd\w*|comporte|porte|"
        r"mentionne|est|fait|penal)\w*",
        r"casier (?:vierge|charge|lourd|long)",
        r"bulletin n ?\d",
        r"condamn(?:e|ee|es|ees|ation|ations|er)",
        r"mandats? (?:de depot|d'arret|d'amener|de recherche|d'ecrou)",
        r"detention(?: provisoire| a domicile)?",
        r"incarcer\w+",
        r"emprisonn\w+",
        r"ecroue?e?s?",
        r"detenue?s?",
        r"prisons?",
        r"prisonni(?:er|ere)s?",
        r"(?:tole|taule|zonzon|au placard|derriere les barreaux)",
        r"(?:a|en|de) (?:la )?maison d'arret",
        r"(?:centre|quartier) (?:de detention|penitentiaire|pour mineurs|disciplinaire)",
        r"(?:place\w*|en|au|du|d'un|un|sort\w* (?:d'un|du)) (?:cef|cer|epm|uehc)",
        r"centre educatif (?:ferme|renforce)",
        r"(?:libere|liberation|libre) (?:sous|condition\w*|sous contrainte|provisoire)\w*",
        r"(?:permission de sortir|semi-liberte|amenagement de peine|remise de peine|reliquat)",
        r"(?:parloirs?|levee d'ecrou)",
        r"ecoutes? telephoniques?",
        r"(?:mis\w* sur|resultats? des|les) ecoutes?",
        r"(?:bornage|geolocalis\w+|videos? de surveillance saisies?|expertise (?:psychiatrique|judiciaire|"
        r"adn)|adn|empreintes digitales)",
        r"interpell(?:e|ee|es|ees|ation|ations|er)",
        r"(?:arrete|serre|pince|cueilli|chope|saute|embarque)e?s? (?:par (?:la|les|le) (?:police|"
        r"gendarm\w+|bac|flics|brigade|douane)\w*|pour|en flagrant|hier|en possession)",
        r"en flagrant delit",
        r"flagrance",
        r"controle judiciaire",
        r"(?:sursis|ajournement)(?: (?:probatoire|simple|de peine|avec|mise a))?",
        r"(?:avec|mois|ans|an) (?:de |d'|avec )?(?:prison|ferme|sursis|emprisonnement)",
        r"(?:mois|ans|an) fermes?",
        rf"tig pour (?:un |une |des |le |la )?{_INFRACTION}",
        r"peines? (?:de|d'|avec|fermes?|complementaires?|en cours|lourdes?|plancher|"
        r"probatoire)\w*(?: \w+)?",
        r"(?:purge\w*|execut\w+|fin de|fini|termine|amenage\w*)(?: (?:sa|leur|une|la|de))* peines?",
        r"jugement (?:le \d|prevu|rendu|en delibere|correctionnel|du tribunal)\w*",
        r"(?:verdict (?:du tribunal|rendu)|requisitoire|requisitions du|relaxee?s?|acquitte\w*)",
        r"bracelets? (?:electroniques?|anti-?rapprochement)",
        r"(?:sous|porte un|porte le|pose du) (?:bracelet|dese|bar)",
        r"(?:taj|stic|fnaeg|fijais|fpr|fijait)",
        r"(?:mentions?|inscrite?|connue?|fichee?|figure) (?:au|aux|dans le|dans les|sur le) (?:fichiers?|"
        r"taj|fpr|casier|stic)",
        r"fichier (?:de police|des personnes recherchees|judiciaire)",
        r"comparution\w*",
        r"compara(?:it|itra|issait|itre)",
        r"composition penale",
        r"(?:crpc|plaider coupable|cop|coppj|opp)",
        r"(?:alternative aux poursuites|classement sans suite|classee? sans suite|poursuivie?s? pour|"
        r"poursuites (?:penales|engagees))",
        r"antecedents?(?: (?:judiciaires?|penaux|de violences?))?",
        r"(?:est |ete |sera |etre )?jugee?s? (?:le \d|en (?:comparution|correctionnelle|assises|appel|mai|"
        r"juin|\w+bre)|pour|par|coupable|au tribunal|devant)",
        r"(?:passe\w*|convoque\w*|comparai\w+|renvoye\w*|defer\w+|presente\w*|attend\w*|"
        r"date)(?: [\w']+){0,2} (?:au|devant le|devant la|en) (?:tribunal|correctionnelle|assises|parquet|"
        r"juge|cour|tgi|tpe)\w*",
        r"defer(?:e|ee|es|ement|rement|re|ree)s?",
        r"audiences? (?:correctionnelle|penale|du tribunal|le|de jugement|de culpabilite|de renvoi|prevue|"
        r"pour|au tribunal)",
        r"tribunal (?:pour enfants|correctionnel|judiciaire|de police)(?: (?:le|l'a|a|pour|en|doit|va))",
        r"ordonnance (?:de (?:placement|renvoi|protection|non-lieu)|penale|du juge)",
        r"non-lieu",
        r"victime presumee",
        r"(?:mis en|auteur|agresseur|coupable) (?:presume|des faits|de (?:vol|viol|violen|trois|deux|"
        r"plusieurs|cambriol|l'agress|degrad|racket)|d'(?:agress|un|une|attouch))\w*",
        r"suspect(?:e|es|s|ee|ees)?(?: (?:de|d'|numero|principal|dans))?",
        r"soupconn\w+",
        rf"(?:connue?s?|fiche|fichee?s?) (?:\w+ )?(?:des?|de la|du|par|pour|en) (?:les |la |services? de |"
        rf"l')?(?:{_FORCES}|{_INFRACTION}|justice|forces)",
        r"(?:deja |tres |bien )(?:connue?s?) (?:de la|des|du) (?:justice|services|police|parquet|tribunal|"
        r"autorites)",
        r"(?:implique|impliquee|impliques|mele|melee|trempe\w*|compromis\w*) (?:dans|a) (?:un|une|le|la|"
        r"les|des|plusieurs|l'|du|deux|trois)\w*",
        r"deal(?:e|er|ers|ait|ent|eur|eurs|euse|eait)?",
        r"point de deal",
        r"(?:guetteu(?:r|rs|se)|chouf\w*|nourrice pour|go fast|mule|ravitailleu\w+|charbonneu\w+)",
        r"(?:fait|faisait|faire) (?:le guet|la nourrice|du trafic|des extras pour)",
        r"(?:participe|mele|implique|gagne|argent|vit|lie|trempe|travaille)\w*(?: [\w']+){0,3} trafics?",
        r"trafi(?:quante?s?|que|quait|quent|c|cs)(?: (?:de|d'|international|local))? ?(?:stups?|"
        r"stupefiants|drogues?|armes?|cannabis|vehicules vol\w+)?",
        r"(?:a|ont|aurait|avait) (?:agresse|vole|cambriole|poignarde|frappe|viole|tue|braque|rackette|"
        r"incendie|blesse|menace)\w*(?: (?:sexuellement|avec (?:une|un)|un policier|une? (?:vieille|"
        r"passante?|policiere?|professeur|enseignante?|commercant\w*)|plusieurs))",
        r"(?:agress\w+|abus\w+) (?:sexuel\w+)",
        r"(?:recele?ur|voleu(?:r|se)|cambrioleu(?:r|se)|braqueu(?:r|se)|meurtri(?:er|ere)|violeu(?:r|rs)|"
        r"criminel(?:le|s|les)?|pedophile|pedocrimin\w+|assassin)s?",
        r"violation (?:de (?:son|sa|l'|domicile)|du) ?(?:\w+ )?",
        r"(?:identifiee?|reconnue?s?|designee?)s? (?:par (?:un|une|la|des|deux|le|plusieurs) (?:temoins?|"
        r"victimes?|plaignante?)|sur (?:photo|les images|la video|planche)|coupable|comme (?:auteur|"
        r"etant))",
        r"(?:temoins?|victime) (?:l'a|l'ont|les a) (?:reconnu|identifie|designe)\w*",
        r"(?:parquet|procureur|substitut) (?:va|veut|requiert|a requis|poursuit|envisage|ouvre|a ouvert|"
        r"hesite)",
        r"(?:avocat|defense) (?:plaide|va plaider|conteste)",
        r"interdiction (?:de paraitre|d'entrer en contact|de contact|de sejour|de territoire)",
        r"sous main de justice",
        r"(?:mesure|decision|placement) (?:judiciaire|penale) (?:de|pour|a la suite|suite a|du)",
        r"aemo judiciaire (?:suite|apres|pour|car|a cause)",
        r"(?:sortant|sort|sorti|sortie) (?:de prison|de detention|d'ecrou)",
        r"(?:en |a la )?cavale",
        r"recherchee? par (?:la|les)",
        r"(?:a|ont) (?:fait|passe|pris|purge) \d+ (?:mois|ans|jours) (?:ferme|de prison|de detention)?",
        r"multi-?reiterant\w*",
        r"(?:reglement|reglements) de comptes?",
    ),
    sauf=(
        r"cambriolages? (?:dans|sur|de la|du|en) ?(?:la |le |les )?(?:residence|quartier|commune|secteur|"
        r"rue|caves?|baisse|hausse)",
        r"(?:club|association|dojo|atelier|cours|salle)(?: \w+){0,3} arme",
        r"business (?:plan|school)",
        r"enquetes? (?:de satisfaction|publi\w+|sociolog\w*|de voisinage|de victimation|de mobilite|"
        r"habitants|en ligne|aupres|du centre|"
        r"logement|transport|sur les besoins|jeunesse|menee par le centre|nationale|insee)",
        r"(?:repon\w+|questionnaire|resultats?)(?: [\w']+){0,3} (?:a |de )?l'enquete",
        r"casiers? (?:de (?:vestiaire|consigne)|scolaires?|du (?:college|lycee|gymnase|vestiaire|foyer)|"
        r"au (?:gymnase|vestiaire|college))",
        r"(?:colis|vehicules?|objets?|sacs?|bruits?|paquets?|comportements?|odeurs?) suspect\w*",
        r"attention soutenue",
        r"verdict du jury",
        r"jugement (?:de valeur|personnel|sur)",
        r"a peine",
        r"(?:la|vaut la|de la|avec) peine",
        r"peine (?:perdue|a)",
        r"(?:se|s') ?cop\w+",
        r"interpell(?:e|ee|er|ation) (?:le|la|les|du|de la) (?:maire|mairie|bailleur|prefet|elus?|conseil|"
        r"deputes?|ville)",
        r"antecedents? (?:scolaires?|professionnels?|locatifs?|du projet)",
        r"(?:detention|detenue?s?) (?:d'un (?:chien|animal)|de chiens?|du permis|par (?:le service|"
        r"la mairie))",
        r"trafic (?:routier|automobile|ferroviaire|perturbe|dense|interrompu|du tram|de la ligne|sncf|ratp|"
        r"reseau|internet|aerien)",
        r"(?:deale|trafic)s? de cartes",
        r"audition (?:des familles|du conseil|de musique|de chant|de danse|de theatre|des candidats|"
        r"des parents|devant le conseil)",
        r"auditionnee?s? (?:par (?:le conseil|le jury|la commission|les elus)|pour (?:le|un|une) (?:role|"
        r"concert|spectacle|poste))",
        r"condamn(?:e|ee|er|es) (?:la |le |les |l')?(?:porte|acces|entree|hall|cave|local|passage|fenetre|"
        r"issue)s?",
        r"(?:porte|acces|entree|hall|cave|local|passage|fenetre|issue|logement|"
        r"immeuble)s?(?: \w+){0,3} condamnee?s?",
        r"mule du",
        r"(?:impliquee?s?|implique) dans (?:le|la|les|son|sa|l'|un|une|des|du) ?(?:projet|vie|association|"
        r"club|suivi|action|recherche|orientation|scolarite|quartier|atelier|conseil|chantier|demarche|"
        r"formation|sejour|jardin)\w*",
        r"plaintes? des? (?:riverains|habitants|voisins|locataires|usagers|commercants)",
        r"jeu de (?:la )?prison",
        r"intervention(?: \w+){0,2} en prison",
        r"brigade verte",
        r"trafics?(?: [\w']+){0,3} (?:dans|devant|au pied|sur|aux abords|autour|pres|derriere) (?:le|la|l'|"
        r"les|du|de) ?(?:hall|parking|cage|immeuble|square|place|rue|quartier|cave|tour|ecole|parc|"
        r"escalier|college|gare|residence|batiment)\w*",
        r"(?:personnes?|publics?)(?: placees?)? sous main de justice",
        r"peine d'insertion",
    ),
)
