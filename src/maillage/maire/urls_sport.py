"""Addresses of the measures about sports venues. No name ever appears in one."""

from django.urls import path

from maillage.maire.views import levees_sport, sport

app_name = "sport"
urlpatterns = [
    path("actes/sport/", sport.liste, name="liste"),
    path("actes/sport/nouveau/<uuid:registre>/", sport.ouvrir, name="ouvrir"),
    path("actes/sport/<uuid:cle>/", sport.mesure, name="mesure"),
    path("actes/sport/<uuid:cle>/parent/", sport.parent, name="parent"),
    path("actes/sport/<uuid:cle>/lettres/<slug:code>/<str:format_>/", sport.lettre, name="lettre"),
    path("actes/sport/<uuid:cle>/ecarter/<slug:code>/", levees_sport.lever, name="lever"),
    path("actes/sport/<uuid:cle>/etapes/<slug:code>/", sport.etape, name="etape"),
]
