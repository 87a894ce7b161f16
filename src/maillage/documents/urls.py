"""Addresses of the room: no name, no word of a file in any of them."""

from django.urls import path

from maillage.documents.views import actes, conventions, modeles

app_name = "documents"
urlpatterns = [
    path("conventions/", conventions.liste, name="registre"),
    path("conventions/nouvelle/", actes.choisir, name="choisir"),
    path("conventions/nouvelle/<slug:sorte>/<uuid:ou>/", actes.nouvelle, name="nouvelle"),
    path("conventions/<uuid:public_id>/", conventions.detail, name="convention"),
    path("conventions/<uuid:public_id>/corriger/", actes.corriger, name="corriger"),
    path("conventions/<uuid:public_id>/envoyer/", actes.envoyer_a_la_signature, name="envoyer"),
    path("conventions/<uuid:public_id>/signer/<slug:role>/", actes.signer, name="signer"),
    path(
        "conventions/<uuid:public_id>/avenants/<uuid:avenant>/signer/<slug:role>/",
        actes.signer,
        name="signer_avenant",
    ),
    path("conventions/<uuid:public_id>/avenant/", actes.amender, name="amender"),
    path("conventions/<uuid:public_id>/denoncer/", actes.denoncer, name="denoncer"),
    path("conventions/<uuid:public_id>/resilier/", actes.resilier, name="resilier"),
    path("conventions/<uuid:public_id>/renouveler/", actes.renouveler, name="renouveler"),
    path("conventions/<uuid:public_id>/fichier/<slug:fichier>/", conventions.telecharger, name="fichier"),
    path("modeles/", modeles.conseils, name="conseils"),
    path("modeles/<uuid:conseil>/", modeles.liste, name="modeles"),
    path("modeles/<uuid:conseil>/<slug:modele>/", modeles.detail, name="modele"),
    path("modeles/<uuid:conseil>/<slug:modele>/adapter/", modeles.adapter, name="adapter"),
    path("modeles/<uuid:conseil>/<slug:modele>/exemple/<slug:fichier>/", modeles.apercu, name="apercu"),
    path(
        "modeles/adaptations/<uuid:public_id>/exemple/<slug:fichier>/",
        modeles.apercu_d_une_version,
        name="apercu_d_une_version",
    ),
]
