"""Addresses of the family council's files. No name ever appears in one."""

from django.urls import path

from maillage.maire.views import familles, familles_actes

app_name = "familles"
_DOSSIER = "familles/dossier/<uuid:public_id>/"
urlpatterns = [
    path("familles/", familles.familles, name="liste"),
    path("familles/<uuid:cercle>/saisir/", familles.nouvelle, name="saisir"),
    path(
        "familles/<uuid:cercle>/signalements/<uuid:signalement>/saisir/",
        familles.depuis_un_groupe,
        name="depuis_un_groupe",
    ),
    path("familles/<uuid:cercle>/registre/", familles.registre, name="registre"),
    path(_DOSSIER, familles.dossier, name="dossier"),
    path(f"{_DOSSIER}convoquer/", familles_actes.convoquer, name="convoquer"),
    path(f"{_DOSSIER}absence/", familles_actes.absence, name="absence"),
    path(f"{_DOSSIER}audition/", familles_actes.entendre, name="entendre"),
    path(f"{_DOSSIER}suite/", familles_actes.suite, name="suite"),
    path(f"{_DOSSIER}accompagnement/", familles_actes.accompagnement, name="accompagnement"),
    path(f"{_DOSSIER}reponse/", familles_actes.reponse, name="reponse"),
    path(f"{_DOSSIER}point/", familles_actes.point, name="point"),
    path(f"{_DOSSIER}terminer/", familles_actes.terminer, name="terminer"),
    path(f"{_DOSSIER}departement/", familles_actes.departement, name="departement"),
    path(f"{_DOSSIER}departement/reponse/", familles_actes.reponse_du_departement, name="repondu"),
    path(f"{_DOSSIER}groupe/", familles_actes.groupe, name="groupe"),
    path(f"{_DOSSIER}abstention/", familles_actes.abstenir, name="abstenir"),
    path(f"{_DOSSIER}reprendre/", familles_actes.reprendre, name="reprendre"),
    path(f"{_DOSSIER}parent/", familles_actes.parent, name="parent"),
    path(f"{_DOSSIER}clore/", familles_actes.clore, name="clore"),
    path(f"{_DOSSIER}document/<slug:code>/<int:rang>/<slug:sortie>/", familles.document, name="document"),
]
