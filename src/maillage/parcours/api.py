"""The room's door: the only module other rooms import."""

from maillage.parcours.catalogue import (
    Dispositif,
    DispositifInconnuError,
    PhasePrevue,
    dispositif,
    dispositifs,
)
from maillage.parcours.importation import importer_places
from maillage.parcours.levees import LeveeVue, RaisonVue
from maillage.parcours.levees import composer as composer_levees
from maillage.parcours.levees import juger as juger_avec_levees
from maillage.parcours.models import NOMINATIVES, DispositifLocal, Offre, Orientation, Participation, Place
from maillage.parcours.perms_orientations import ACCUEILLANTS
from maillage.parcours.rules.levee import LeveeFaite, VerdictLeve, avec_levees, qui_leve
from maillage.parcours.selectors.dispositifs import (
    dispositif_de_code,
    dispositif_masque,
    dispositifs_de,
    dispositifs_par_code,
    libelle_affiche,
)
from maillage.parcours.selectors.offres import FiltresDOffres, offre_visible, offres, offres_visibles
from maillage.parcours.selectors.orientations import AccueilVu, mes_accueils
from maillage.parcours.services.besoins import noter_besoin
from maillage.parcours.services.conservation import purger_accueils
from maillage.parcours.services.dispositifs import declarer_dispositif_local, modifier_dispositif_local
from maillage.parcours.services.enonces import enoncer_condition, enoncer_peine
from maillage.parcours.services.levees import lever
from maillage.parcours.services.offres import (
    DonneesOffre,
    enregistrer_offre,
    fermer_offre,
    modifier_offre,
)
from maillage.parcours.services.orientations import (
    FaitsPmsmp,
    Transmission,
    decider_retour,
    noter_reponse,
    proposer_orientation,
    transmettre,
)
from maillage.parcours.services.participations import (
    abandonner,
    accuser_reception,
    commencer,
    decliner,
    noter_bilan,
    noter_presence,
    passer_phase,
    payer,
    terminer,
)
from maillage.parcours.services.places import liberer_place, reserver_place
from maillage.parcours.services.sortie import (
    clore_plan,
    confirmer_etape,
    constater_fin,
    deplacer_fin,
    modifier_etape,
    noter_sans_relais,
    ouvrir_plan,
    prevoir_etape,
)
from maillage.parcours.services.suites import tout_regulariser
from maillage.parcours.services.suspensions import noter_un_nouvel_accord, retirer_l_accord

__all__ = [
    "ACCUEILLANTS",
    "NOMINATIVES",
    "AccueilVu",
    "Dispositif",
    "DispositifInconnuError",
    "DispositifLocal",
    "DonneesOffre",
    "FaitsPmsmp",
    "FiltresDOffres",
    "LeveeFaite",
    "LeveeVue",
    "Offre",
    "Orientation",
    "Participation",
    "PhasePrevue",
    "Place",
    "RaisonVue",
    "Transmission",
    "VerdictLeve",
    "abandonner",
    "accuser_reception",
    "avec_levees",
    "clore_plan",
    "commencer",
    "composer_levees",
    "confirmer_etape",
    "constater_fin",
    "decider_retour",
    "declarer_dispositif_local",
    "decliner",
    "deplacer_fin",
    "dispositif",
    "dispositif_de_code",
    "dispositif_masque",
    "dispositifs",
    "dispositifs_de",
    "dispositifs_par_code",
    "enoncer_condition",
    "enoncer_peine",
    "enregistrer_offre",
    "fermer_offre",
    "importer_places",
    "juger_avec_levees",
    "lever",
    "libelle_affiche",
    "liberer_place",
    "mes_accueils",
    "modifier_dispositif_local",
    "modifier_etape",
    "modifier_offre",
    "noter_besoin",
    "noter_bilan",
    "noter_presence",
    "noter_reponse",
    "noter_sans_relais",
    "noter_un_nouvel_accord",
    "offre_visible",
    "offres",
    "offres_visibles",
    "ouvrir_plan",
    "passer_phase",
    "payer",
    "prevoir_etape",
    "proposer_orientation",
    "purger_accueils",
    "qui_leve",
    "reserver_place",
    "retirer_l_accord",
    "terminer",
    "tout_regulariser",
    "transmettre",
]
