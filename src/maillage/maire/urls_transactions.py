"""Addresses of the settlements and of the protocols with the parquet. No name ever appears in one."""

from django.urls import path

from maillage.maire.views import actes_transaction as actes
from maillage.maire.views import constat_transaction as constats
from maillage.maire.views import transactions

app_name = "transactions"
_UNE = "actes/transactions/<uuid:public_id>/"
urlpatterns = [
    path("actes/protocoles/", transactions.liste_des_protocoles, name="protocoles"),
    path("actes/transactions/", transactions.liste, name="liste"),
    path("actes/transactions/nouvelle/<uuid:ou>/", constats.constater, name="constater"),
    path(_UNE, transactions.detail, name="transaction"),
    path(f"{_UNE}rectifier/", constats.corriger, name="corriger"),
    path(f"{_UNE}consulter/", actes.consulter, name="consulter"),
    path(f"{_UNE}avis/", actes.avis, name="avis"),
    path(f"{_UNE}proposer/", actes.proposer, name="proposer"),
    path(f"{_UNE}reponse/", actes.repondre, name="repondre"),
    path(f"{_UNE}envoi/", actes.envoyer, name="envoyer"),
    path(f"{_UNE}homologation/", actes.homologuer, name="homologuer"),
    path(f"{_UNE}execution/", actes.executer, name="executer"),
    path(f"{_UNE}inexecution/", actes.inexecution, name="inexecution"),
    path(f"{_UNE}compte-rendu/", actes.rendre_compte, name="rendre_compte"),
    path(f"{_UNE}transmission/", actes.transmettre, name="transmettre"),
    path(f"{_UNE}abandon/", actes.abandonner, name="abandonner"),
    path(f"{_UNE}ecarter/<slug:code>/", actes.lever, name="lever"),
    path(f"{_UNE}fichier/<slug:papier>/<slug:fichier>/", transactions.telecharger, name="fichier"),
]
