"""The room's door: the only module other rooms import."""

from maillage.instances.chiffres import ChiffresDeConseil, libelle_modele
from maillage.instances.chiffres import chiffres as chiffres_de_conseils
from maillage.instances.echeances import (
    chartes_a_signer,
    fuseau_de_l_acteur,
    mandats_finissants,
    plenieres_dues,
    sans_signature,
    seances_dues,
    textes_a_adopter,
)
from maillage.instances.lieu import lieu_courant, noter_le_lieu
from maillage.instances.models import (
    Cercle,
    Conseil,
    ConseilCommune,
    Formation,
    GenreFormation,
    Habilitation,
    Role,
    Siege,
    Volet,
)
from maillage.instances.models.nominatif import LigneNominative
from maillage.instances.models.seance import Seance
from maillage.instances.selectors.acces import (
    CercleVu,
    Lecteur,
    Lecteurs,
    MonMandat,
    cercle_vu,
    cercles_d_accueil,
    cercles_des_actes,
    cercles_des_droits,
    cercles_des_familles,
    cercles_visibles,
    formation_du_cercle,
    fuseau_du_cercle,
    fuseau_du_conseil,
    habilites,
    lecteurs,
    membre_judiciaire,
    mes_cercles,
    mes_mandats,
    place_dans,
    role_dans,
)
from maillage.instances.selectors.conseils import (
    acteur,
    conseil_visible,
    conseils_de,
    conseils_tenus_par,
    conseils_visibles_par,
    tient,
)
from maillage.instances.selectors.decisions import decisions_sur
from maillage.instances.selectors.lecteurs import lecteurs_de
from maillage.instances.selectors.prestataires import (
    PrestataireTenu,
    cercle_du_prestataire,
    prestataires_tenus,
)
from maillage.instances.selectors.propres import elu_de
from maillage.instances.selectors.seances import (
    LigneDePoint,
    points_de,
    presences_de,
    propositions,
    seances_visibles,
    themes_de,
)
from maillage.instances.selectors.textes import mes_chartes
from maillage.instances.selectors.vigueur import MANDATS_EN_VIGUEUR, mandats_du_cercle
from maillage.instances.services.conseils import creer_conseil
from maillage.instances.services.droits import ouvrir_registre_des_droits
from maillage.instances.services.effacement import effacer_points
from maillage.instances.services.formations import ajouter_siege, creer_formation, retirer_siege
from maillage.instances.services.gestion import exiger_charge
from maillage.instances.services.mandats import habiliter, mettre_fin
from maillage.instances.services.prestataires import ouvrir_prestataire
from maillage.instances.services.propres import creer_conseil_des_familles, ouvrir_actes_du_maire
from maillage.instances.services.seances import (
    clore_seance,
    conclure_theme,
    convoquer,
    decider_point,
    inscrire_points,
    noter_presences,
    ouvrir_seance,
    preparer_seance,
)
from maillage.instances.services.textes import adopter_texte, proposer_texte, signer_charte

__all__ = [
    "MANDATS_EN_VIGUEUR",
    "Cercle",
    "CercleVu",
    "ChiffresDeConseil",
    "Conseil",
    "ConseilCommune",
    "Formation",
    "GenreFormation",
    "Habilitation",
    "Lecteur",
    "Lecteurs",
    "LigneDePoint",
    "LigneNominative",
    "MonMandat",
    "PrestataireTenu",
    "Role",
    "Seance",
    "Siege",
    "Volet",
    "acteur",
    "adopter_texte",
    "ajouter_siege",
    "cercle_du_prestataire",
    "cercle_vu",
    "cercles_d_accueil",
    "cercles_des_actes",
    "cercles_des_droits",
    "cercles_des_familles",
    "cercles_visibles",
    "chartes_a_signer",
    "chiffres_de_conseils",
    "clore_seance",
    "conclure_theme",
    "conseil_visible",
    "conseils_de",
    "conseils_tenus_par",
    "conseils_visibles_par",
    "convoquer",
    "creer_conseil",
    "creer_conseil_des_familles",
    "creer_formation",
    "decider_point",
    "decisions_sur",
    "effacer_points",
    "elu_de",
    "exiger_charge",
    "formation_du_cercle",
    "fuseau_de_l_acteur",
    "fuseau_du_cercle",
    "fuseau_du_conseil",
    "habiliter",
    "habilites",
    "inscrire_points",
    "lecteurs",
    "lecteurs_de",
    "libelle_modele",
    "lieu_courant",
    "mandats_du_cercle",
    "mandats_finissants",
    "membre_judiciaire",
    "mes_cercles",
    "mes_chartes",
    "mes_mandats",
    "mettre_fin",
    "noter_le_lieu",
    "noter_presences",
    "ouvrir_actes_du_maire",
    "ouvrir_prestataire",
    "ouvrir_registre_des_droits",
    "ouvrir_seance",
    "place_dans",
    "plenieres_dues",
    "points_de",
    "preparer_seance",
    "presences_de",
    "prestataires_tenus",
    "proposer_texte",
    "propositions",
    "retirer_siege",
    "role_dans",
    "sans_signature",
    "seances_dues",
    "seances_visibles",
    "signer_charte",
    "textes_a_adopter",
    "themes_de",
    "tient",
]
