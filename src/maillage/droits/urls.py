"""Addresses of the rights of persons. No name ever appears in one."""

from django.urls import path

from maillage.droits.views import archives, demandes, questions, registre

app_name = "droits"
urlpatterns = [
    path("droits/demandes/", demandes.liste, name="liste"),
    path("droits/demandes/saisie/<uuid:registre_>/", demandes.enregistrer, name="enregistrer"),
    path("droits/demandes/<uuid:cle>/", demandes.demande, name="demande"),
    path("droits/demandes/<uuid:cle>/interroger/", demandes.interroger, name="interroger"),
    path("droits/demandes/<uuid:cle>/fichier/", demandes.fichier, name="fichier"),
    path("droits/demandes/<uuid:cle>/courriers/<slug:code>/<str:format_>/", demandes.lettre, name="lettre"),
    path("droits/demandes/<uuid:cle>/pas/<slug:code>/", demandes.etape, name="etape"),
    path("droits/questions/", questions.liste, name="questions"),
    path("droits/questions/<uuid:cle>/", questions.question, name="question"),
    path("droits/limitations/<uuid:cle>/lever/", questions.lever, name="lever"),
    path("droits/archives/", archives.liste, name="archives"),
    path("droits/registre/", registre.accueil, name="registre"),
    path("droits/registre/conseils/<uuid:conseil>/", registre.conseil, name="conseil"),
    path("droits/registre/conseils/<uuid:conseil>/fichier/<str:format_>/", registre.export, name="export"),
    path("droits/registre/conseils/<uuid:conseil>/analyse/<str:format_>/", registre.analyse, name="analyse"),
]
