"""The room's door: the only module other rooms import."""

from maillage.documents.blocs import Bloc, Document, Liste, Mention, Paragraphe, Signature, Tableau, Titre
from maillage.documents.composition import Adaptation, ChampManquant, composer
from maillage.documents.echeances import RappelDeConvention, rappels_de_conventions
from maillage.documents.envoi import fichier as envoyer_fichier
from maillage.documents.modeles import Modele, ModeleInconnu, modele
from maillage.documents.perms import CONVENTIONS_TENIR, CONVENTIONS_VOIR, MODELES_VOIR
from maillage.documents.rules.conventions import Mode, Renouvellement
from maillage.documents.selectors.adaptations import en_vigueur as adaptation_en_vigueur
from maillage.documents.selectors.adaptations import valeur as adaptation_composee
from maillage.documents.selectors.conventions import roles_a_signer
from maillage.documents.selectors.registre import conventions_de_l_objet
from maillage.documents.selectors.vigueur import ConventionDeCommune, conventions_de_la_commune
from maillage.documents.services.adaptations import Presentation, adapter
from maillage.documents.services.commun import Contenu, PartieSaisie
from maillage.documents.services.effacement import effacer_conventions
from maillage.documents.services.preparation import envoyer_a_la_signature, preparer, renouveler
from maillage.documents.services.vie import denoncer, preparer_avenant, resilier, signer
from maillage.documents.sorties import FORMATS, Format

__all__ = [
    "CONVENTIONS_TENIR",
    "CONVENTIONS_VOIR",
    "FORMATS",
    "MODELES_VOIR",
    "Adaptation",
    "Bloc",
    "ChampManquant",
    "Contenu",
    "ConventionDeCommune",
    "Document",
    "Format",
    "Liste",
    "Mention",
    "Mode",
    "Modele",
    "ModeleInconnu",
    "Paragraphe",
    "PartieSaisie",
    "Presentation",
    "RappelDeConvention",
    "Renouvellement",
    "Signature",
    "Tableau",
    "Titre",
    "adaptation_composee",
    "adaptation_en_vigueur",
    "adapter",
    "composer",
    "conventions_de_l_objet",
    "conventions_de_la_commune",
    "denoncer",
    "effacer_conventions",
    "envoyer_a_la_signature",
    "envoyer_fichier",
    "modele",
    "preparer",
    "preparer_avenant",
    "rappels_de_conventions",
    "renouveler",
    "resilier",
    "roles_a_signer",
    "signer",
]
