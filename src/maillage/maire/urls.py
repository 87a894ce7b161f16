"""Addresses of the mayor's acts. No name ever appears in one."""

from django.urls import path

from maillage.maire.views import accueil, delegations

app_name = "maire"
urlpatterns = [
    path("actes/", accueil.accueil, name="accueil"),
    path("actes/registres/<slug:code>/<int:annee>/", accueil.registre, name="registre"),
    path(
        "actes/registres/<slug:code>/<int:annee>/<uuid:lieu>.csv", accueil.registre_csv, name="registre_csv"
    ),
    path("actes/delegations/", delegations.liste, name="delegations"),
    path("actes/delegations/nouvelle/<uuid:registre>/", delegations.donner, name="donner_delegation"),
    path("actes/delegations/<uuid:cle>/fin/", delegations.finir, name="finir_delegation"),
]
