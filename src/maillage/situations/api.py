"""The room's door: the only module other rooms import."""

from maillage.situations.compteurs import Attendus, attendus
from maillage.situations.dossier import Dossier
from maillage.situations.dossier import lire as lire_dossier
from maillage.situations.echeances import Echeance, echeances
from maillage.situations.garde import Signal, examiner
from maillage.situations.identites import DonneesIdentite, DonneesRepresentant, IdentiteVue
from maillage.situations.models import NOMINATIVES
from maillage.situations.perms import CLORE, LIRE, SIGNALEMENTS_LIRE, SIGNALER, SUIVRE
from maillage.situations.selectors import (
    Charge,
    Filtres,
    LigneDeSituation,
    Page,
    a_revoir,
    charge_des_referents,
    signalements,
    situations,
)
from maillage.situations.services.cloture import clore
from maillage.situations.services.conservation import Certificat, purger
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
from maillage.situations.surveillance import Retention, retention

__all__ = [
    "CLORE",
    "LIRE",
    "NOMINATIVES",
    "SIGNALEMENTS_LIRE",
    "SIGNALER",
    "SUIVRE",
    "Attendus",
    "Certificat",
    "Charge",
    "DonneesIdentite",
    "DonneesRepresentant",
    "Dossier",
    "Echeance",
    "EtatObjectif",
    "EtatSignalement",
    "EtatSituation",
    "Filtres",
    "IdentiteVue",
    "LigneDeSituation",
    "Page",
    "Retention",
    "Signal",
    "a_revoir",
    "ajouter_representant",
    "attendus",
    "changer_etat_objectif",
    "charge_des_referents",
    "clore",
    "contresigner_bilan",
    "corriger_identite",
    "designer_referent",
    "echeances",
    "ecrire_bilan",
    "examiner",
    "faire_signalement",
    "lire_dossier",
    "noter_accord",
    "noter_contact",
    "noter_remise_lettre",
    "partager_element",
    "poser_objectif",
    "purger",
    "retention",
    "signalements",
    "situations",
]
