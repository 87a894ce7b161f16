"""Addresses of the notices due to the mayor. No name ever appears in one."""

from django.urls import path

from maillage.maire.views import avis

app_name = "avis"
urlpatterns = [
    path("actes/avis/", avis.liste, name="liste"),
    path("actes/avis/nouveau/<uuid:registre>/", avis.demander, name="demander"),
    path("actes/avis/<uuid:cle>/", avis.avis, name="avis"),
    path("actes/avis/<uuid:cle>/recu/", avis.recevoir, name="recevoir"),
    path("actes/avis/<uuid:cle>/relance/", avis.relancer, name="relancer"),
    path("actes/avis/<uuid:cle>/retrait/", avis.retirer, name="retirer"),
    path("actes/avis/<uuid:cle>/lettre/<str:format_>/", avis.lettre, name="lettre"),
]
