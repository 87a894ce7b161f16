"""Addresses of the room. No name and no e-mail address ever stands in one."""

from django.urls import path

from maillage.acteurs.views import (
    comptes,
    confirmation,
    connexion,
    mon_compte,
    organismes,
    registre,
    saisies,
    second_facteur,
)

app_name = "acteurs"

urlpatterns = [
    path("connexion/", connexion.connexion, name="connexion"),
    path("connexion/demonstration/", connexion.connexion_demonstration, name="connexion_demonstration"),
    path("connexion/second-facteur/", second_facteur.second_facteur_page, name="second_facteur"),
    path("connexion/second-facteur/cle/", second_facteur.second_facteur_cle, name="second_facteur_cle"),
    path(
        "connexion/second-facteur/secours/",
        second_facteur.second_facteur_secours,
        name="second_facteur_secours",
    ),
    path("second-facteur/activer/", second_facteur.second_facteur_activer, name="second_facteur_activer"),
    path("second-facteur/cle/", second_facteur.cle_ajouter, name="cle_ajouter"),
    path("ouverture/<uuid:public_id>/<str:jeton>/", connexion.ouverture, name="ouverture"),
    path("deconnexion/", connexion.deconnexion, name="deconnexion"),
    path("compte/", mon_compte.compte, name="compte"),
    path("compte/saisie/", saisies.saisie_gardee, name="saisie_gardee"),
    path("compte/saisie/effacer/", saisies.saisie_oubliee, name="saisie_oubliee"),
    path("compte/mot-de-passe/", mon_compte.mot_de_passe, name="mot_de_passe"),
    path("compte/codes-de-secours/", second_facteur.codes_de_secours, name="codes_de_secours"),
    path("compte/cles/<uuid:public_id>/retirer/", second_facteur.cle_retirer, name="cle_retirer"),
    path("compte/confirmer/", confirmation.confirmer, name="confirmer"),
    path("compte/sessions/fermer/", mon_compte.fermer_autres_sessions, name="fermer_autres_sessions"),
    path("compte/sessions/<uuid:public_id>/fermer/", mon_compte.fermer_session, name="fermer_session"),
    path("comptes/", comptes.liste, name="comptes"),
    path("comptes/tous/", comptes.annuler_recherche, name="comptes_tous"),
    path("comptes/nouveau/", comptes.nouveau, name="compte_nouveau"),
    path("comptes/<uuid:public_id>/", comptes.detail, name="compte_detail"),
    path("comptes/<uuid:public_id>/fermer/", comptes.fermer, name="compte_fermer"),
    path("comptes/<uuid:public_id>/rouvrir/", comptes.rouvrir, name="compte_rouvrir"),
    path("comptes/<uuid:public_id>/lien/", comptes.lien, name="compte_lien"),
    path("comptes/<uuid:public_id>/sessions/fermer/", comptes.fermer_sessions, name="compte_fermer_sessions"),
    path(
        "comptes/<uuid:public_id>/second-facteur/retirer/",
        comptes.retirer_second_facteur,
        name="compte_retirer_second_facteur",
    ),
    path("comptes/<uuid:public_id>/fonctions/", comptes.donner_fonction, name="fonction_donner"),
    path(
        "comptes/<uuid:public_id>/fonctions/<int:exercice>/retirer/",
        comptes.retirer_fonction,
        name="fonction_retirer",
    ),
    path("organismes/", organismes.liste, name="organismes"),
    path("organismes/nouveau/", organismes.nouveau, name="organisme_nouveau"),
    path("organismes/<uuid:public_id>/", organismes.detail, name="organisme"),
    path("organismes/<uuid:public_id>/renommer/", organismes.renommer, name="organisme_renommer"),
    path("organismes/<uuid:public_id>/etat/", organismes.changer_etat, name="organisme_etat"),
    path("qui-peut-quoi/", registre.registre, name="registre"),
]
