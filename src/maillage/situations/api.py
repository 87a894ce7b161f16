"""The room's door: the only module other rooms import."""

from maillage.situations.cercles import Ici, ici, ici_dans
from maillage.situations.cercles import orientations as orientations_decidees
from maillage.situations.compteurs import Attendus, attendus
from maillage.situations.dossier import Dossier, genre_cache, nom_pour
from maillage.situations.dossier import lire as lire_dossier
from maillage.situations.dossier import masque as organisme_cache
from maillage.situations.doublons import Personne as PersonneComparee
from maillage.situations.doublons import a_rapprocher
from maillage.situations.echeances import Brute, Echeance, echeances, enregistrer_source
from maillage.situations.effacement import enregistrer as enregistrer_effaceur
from maillage.situations.empechements import enregistrer as enregistrer_empechement
from maillage.situations.encarts import Encart
from maillage.situations.encarts import enregistrer as enregistrer_encart
from maillage.situations.garde import Signal, examiner
from maillage.situations.gels import enregistrer as enregistrer_gel
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant, IdentiteVue
from maillage.situations.identites import ajouter_representant as enregistrer_representant
from maillage.situations.identites import avec as identite_avec
from maillage.situations.identites import corriger as rectifier_identite
from maillage.situations.identites import creer as creer_identite
from maillage.situations.identites import effacer as effacer_identites
from maillage.situations.identites import fermer_en_lot as fermer_identites
from maillage.situations.identites import lire as lire_identite
from maillage.situations.identites import lire_plusieurs as lire_identites
from maillage.situations.identites import rapprochements as identites_proches
from maillage.situations.lignes import LigneDeSituation
from maillage.situations.models import NOMINATIVES, Designation, Situation
from maillage.situations.perms import CLORE, LIRE, SIGNALEMENTS_LIRE, SIGNALER, SUIVRE
from maillage.situations.pieces import entete, suivi_judiciaire_enonce
from maillage.situations.recits import Recit
from maillage.situations.recits import creer as creer_recit
from maillage.situations.recits import enregistrer as enregistrer_recit
from maillage.situations.recits import fermer_en_lot as fermer_recits
from maillage.situations.recits import lire as lire_recits
from maillage.situations.recits import poser as ouvrir_recits
from maillage.situations.recits import poser_parmi as ouvrir_recits_parmi
from maillage.situations.recits import texte_de as recit_de
from maillage.situations.remises import Remise
from maillage.situations.remises import a_remettre as signalement_a_remettre
from maillage.situations.remises import enregistrer as enregistrer_porte
from maillage.situations.remises import remettre as remettre_le_signalement
from maillage.situations.retenues import Retenue, sans_les_retenues
from maillage.situations.retenues import enregistrer as enregistrer_retenue
from maillage.situations.retenues import oublier as oublier_les_retenues
from maillage.situations.rules.ages import est_mineur
from maillage.situations.rules.ages import tranche as tranche_d_age
from maillage.situations.rules.suivi import role_qui_ecrit, situation_ouverte
from maillage.situations.selectors import (
    Charge,
    Filtres,
    Page,
    a_revoir,
    charge_des_referents,
    signalements,
    situations,
    une,
    visibles,
)
from maillage.situations.services.cloture import clore, ouvrir_archive
from maillage.situations.services.commun import (
    Ouverte,
    compter,
    exiger,
    motifs_de_garde,
    refuser_le_secret,
    situation_a_modifier,
)
from maillage.situations.services.conservation import PASSAGE, Certificat, noter_le_passage, purger
from maillage.situations.services.droits import dossiers_de, effacer_a_la_demande, rectifier_une_donnee
from maillage.situations.services.referents import designer_referent, noter_accord
from maillage.situations.services.signalements import faire_signalement
from maillage.situations.services.suivi import (
    ajouter_representant,
    changer_etat_objectif,
    contresigner_bilan,
    corriger_identite,
    ecrire_bilan,
    noter_contact,
    noter_remise_lettre,
    partager_element,
    poser_objectif,
)
from maillage.situations.states import EtatObjectif, EtatSignalement, EtatSituation
from maillage.situations.surveillance import TOLERANCE, Retention, retention
from maillage.situations.temoins import enregistrer as enregistrer_temoin
from maillage.situations.temoins import presents

__all__ = [
    "CLORE",
    "LIRE",
    "NOMINATIVES",
    "PASSAGE",
    "SIGNALEMENTS_LIRE",
    "SIGNALER",
    "SUIVRE",
    "TOLERANCE",
    "Attendus",
    "Brute",
    "Certificat",
    "Charge",
    "Designation",
    "DonneesIdentite",
    "DonneesRepresentant",
    "Dossier",
    "Echeance",
    "Encart",
    "EtatObjectif",
    "EtatSignalement",
    "EtatSituation",
    "Filtres",
    "Ici",
    "IdentiteVue",
    "LigneDeSituation",
    "Ouverte",
    "Page",
    "PersonneComparee",
    "Recit",
    "Remise",
    "Retention",
    "Retenue",
    "Signal",
    "Situation",
    "a_rapprocher",
    "a_revoir",
    "ajouter_representant",
    "attendus",
    "changer_etat_objectif",
    "charge_des_referents",
    "clore",
    "compter",
    "contresigner_bilan",
    "corriger_identite",
    "creer_identite",
    "creer_recit",
    "designer_referent",
    "dossiers_de",
    "echeances",
    "ecrire_bilan",
    "effacer_a_la_demande",
    "effacer_identites",
    "enregistrer_effaceur",
    "enregistrer_empechement",
    "enregistrer_encart",
    "enregistrer_gel",
    "enregistrer_porte",
    "enregistrer_recit",
    "enregistrer_representant",
    "enregistrer_retenue",
    "enregistrer_source",
    "enregistrer_temoin",
    "entete",
    "est_mineur",
    "examiner",
    "exiger",
    "faire_signalement",
    "fermer_identites",
    "fermer_recits",
    "genre_cache",
    "ici",
    "ici_dans",
    "identite_avec",
    "identites_proches",
    "lire_dossier",
    "lire_identite",
    "lire_identites",
    "lire_recits",
    "motifs_de_garde",
    "nom_pour",
    "noter_accord",
    "noter_contact",
    "noter_le_passage",
    "noter_remise_lettre",
    "organisme_cache",
    "orientations_decidees",
    "oublier_les_retenues",
    "ouvrir_archive",
    "ouvrir_recits",
    "ouvrir_recits_parmi",
    "partager_element",
    "poser_objectif",
    "presents",
    "purger",
    "recit_de",
    "rectifier_identite",
    "rectifier_une_donnee",
    "refuser_le_secret",
    "remettre_le_signalement",
    "retention",
    "role_qui_ecrit",
    "sans_les_retenues",
    "signalement_a_remettre",
    "signalements",
    "situation_a_modifier",
    "situation_ouverte",
    "situations",
    "suivi_judiciaire_enonce",
    "tranche_d_age",
    "une",
    "visibles",
]
