"""Addresses of the room. No name ever appears in one."""

from django.urls import path

from maillage.situations.views import garde, retrait, signalements, situations, suivi

app_name = "situations"
urlpatterns = [
    path("garde/", garde.juger, name="garde"),
    path("signalements/", signalements.liste_des_signalements, name="signalements"),
    path("signalements/nouveau/", signalements.choisir_le_groupe, name="nouveau_signalement"),
    path("signalements/nouveau/<uuid:cercle>/", signalements.signaler, name="signaler"),
    path("signalements/<uuid:public_id>/", signalements.detail, name="signalement"),
    path("signalements/<uuid:public_id>/naissance/", signalements.completer_naissance, name="naissance"),
    path("situations/", situations.liste, name="liste"),
    path("situations/recherche/", situations.recherche, name="recherche"),
    path("situations/referents/", situations.referents, name="referents"),
    path("situations/<uuid:public_id>/", situations.detail, name="situation"),
    path("situations/<uuid:public_id>/archive/", situations.archive, name="archive"),
    path("situations/<uuid:public_id>/contact/", suivi.contact, name="contact"),
    path("situations/<uuid:public_id>/element/", suivi.categories, name="categories"),
    path("situations/<uuid:public_id>/element/<slug:categorie>/", suivi.element, name="element"),
    path("situations/<uuid:public_id>/objectif/", suivi.objectif, name="objectif"),
    path("situations/<uuid:public_id>/objectif/<uuid:cle>/", suivi.etat_objectif, name="etat_objectif"),
    path(
        "situations/<uuid:public_id>/contact/<uuid:cle>/retirer/",
        retrait.retirer_saisie,
        {"genre": "contact"},
        name="retirer_contact",
    ),
    path(
        "situations/<uuid:public_id>/element/<uuid:cle>/retirer/",
        retrait.retirer_saisie,
        {"genre": "element"},
        name="retirer_element",
    ),
    path(
        "situations/<uuid:public_id>/objectif/<uuid:cle>/retirer/",
        retrait.retirer_saisie,
        {"genre": "objectif"},
        name="retirer_objectif",
    ),
    path("situations/<uuid:public_id>/referent/", suivi.referent, name="referent"),
    path("situations/<uuid:public_id>/referent/<uuid:cle>/accord/", suivi.accord, name="accord"),
    path("situations/<uuid:public_id>/lettre/", suivi.lettre, name="lettre"),
    path("situations/<uuid:public_id>/lettre/<slug:destinataire>.pdf", situations.lettre, name="lettre_pdf"),
    path("situations/<uuid:public_id>/bilan/", suivi.bilan, name="bilan"),
    path("situations/<uuid:public_id>/bilan/<uuid:cle>/", suivi.contreseing, name="contreseing"),
    path("situations/<uuid:public_id>/identite/", suivi.identite, name="identite"),
    path("situations/<uuid:public_id>/representant/", suivi.representant, name="representant"),
    path("situations/<uuid:public_id>/clore/", suivi.clore, name="clore"),
]
