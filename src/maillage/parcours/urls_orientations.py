"""Addresses of paths, and of those a body receives. No name ever stands in one."""

from django.urls import path

from maillage.parcours.views import accueils, enonces, orientations, paie, prestataires

app_name = "orientations"

urlpatterns = [
    path("situations/<uuid:public_id>/parcours/", orientations.parcours, name="parcours"),
    path("situations/<uuid:public_id>/parcours/proposer/", orientations.proposer, name="proposer"),
    path("situations/<uuid:public_id>/parcours/enonces/", enonces.enonces, name="enonces"),
    path("situations/<uuid:public_id>/parcours/enonces/peine/", enonces.peine, name="peine"),
    path(
        "situations/<uuid:public_id>/parcours/enonces/<slug:code>/",
        enonces.condition,
        name="condition",
    ),
    path("orientations/<uuid:public_id>/", orientations.orientation, name="orientation"),
    path("orientations/<uuid:public_id>/reponse/", orientations.reponse, name="reponse"),
    path("orientations/<uuid:public_id>/transmettre/", orientations.transmettre, name="transmettre"),
    path("orientations/<uuid:public_id>/ecarter/", orientations.ecarter, name="ecarter"),
    path(
        "orientations/<uuid:public_id>/ecarter/<uuid:cle>/reprendre/",
        orientations.reprendre,
        name="reprendre",
    ),
    path("orientations/<uuid:public_id>/suite/", orientations.suite, name="suite"),
    path("participations/<uuid:public_id>/presences/<uuid:cle>/payer/", paie.payer, name="payer"),
    path("participations/<uuid:public_id>/presences/<uuid:cle>/paie/", paie.paie, name="paie"),
    path("participations/<uuid:public_id>/<slug:acte>/", orientations.acte, name="acte"),
    path("accueils/", accueils.accueils, name="accueils"),
    path("accueils/<uuid:public_id>/", accueils.accueil, name="accueil"),
    path("accueils/<uuid:public_id>/presences/<uuid:cle>/payer/", accueils.payer, name="accueil_payer"),
    path("accueils/<uuid:public_id>/<slug:acte>/", accueils.acte, name="accueil_acte"),
    path("prestataires/", prestataires.prestataires, name="prestataires"),
    path("prestataires/nouveau/", prestataires.nouveau, name="prestataire_nouveau"),
]
