"""Addresses of the room. No name ever stands in one."""

from django.urls import path

from maillage.instances.views import conseils, formations, mandats, propres, textes

app_name = "instances"

urlpatterns = [
    path("conseils/", conseils.liste, name="liste"),
    path("conseils/nouveau/", conseils.nouveau, name="conseil_nouveau"),
    path("conseils/<uuid:public_id>/", conseils.detail, name="conseil"),
    path("conseils/<uuid:public_id>/dissoudre/", conseils.dissoudre, name="conseil_dissoudre"),
    path("conseils/<uuid:public_id>/volets/<slug:code>/", conseils.volet, name="volet"),
    path("conseils/<uuid:public_id>/formations/nouvelle/", formations.nouvelle, name="formation_nouvelle"),
    path("conseils/<uuid:public_id>/actes-du-maire/ouvrir/", propres.actes_du_maire, name="actes_ouvrir"),
    path("conseils/<uuid:public_id>/droits/ouvrir/", propres.droits, name="droits_ouvrir"),
    path("conseils/<uuid:public_id>/familles/enregistrer/", propres.familles, name="familles_enregistrer"),
    path("formations/<uuid:public_id>/", formations.detail, name="formation"),
    path("formations/<uuid:public_id>/dissoudre/", formations.dissoudre, name="formation_dissoudre"),
    path("formations/<uuid:public_id>/sieges/nouveau/", formations.siege_nouveau, name="siege_nouveau"),
    path("sieges/<uuid:public_id>/retirer/", formations.siege_retirer, name="siege_retirer"),
    path(
        "formations/<uuid:public_id>/habilitations/nouvelle/",
        mandats.nouvelle,
        name="habilitation_nouvelle",
    ),
    path("formations/<uuid:public_id>/mandats-passes/", mandats.passes, name="mandats_passes"),
    path("habilitations/<uuid:public_id>/fin/", mandats.fin, name="habilitation_fin"),
    path("habilitations/<uuid:public_id>/renouveler/", mandats.renouveler, name="habilitation_renouveler"),
    path("formations/<uuid:public_id>/textes/<slug:genre>/proposer/", textes.proposer, name="texte_proposer"),
    path("textes/<uuid:public_id>/", textes.detail, name="texte"),
    path("textes/<uuid:public_id>/adopter/", textes.adopter, name="texte_adopter"),
    path("chartes/", textes.chartes, name="chartes"),
    path("chartes/<uuid:public_id>/signer/", textes.signer, name="signer"),
]
