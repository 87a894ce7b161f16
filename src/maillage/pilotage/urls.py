"""Addresses of the room."""

from django.urls import path

from maillage.pilotage import views, views_actes, views_clsm

app_name = "pilotage"

urlpatterns = [
    path("journee/", views.journee, name="journee"),
    path("tableau-de-bord/", views.tableau_de_bord, name="tableau_de_bord"),
    path("bilans/", views.bilans, name="bilans"),
    path("bilans/<uuid:public_id>/", views.bilan, name="bilan"),
    path("bilans/<uuid:public_id>/<int:annee>/", views.bilan, name="bilan_annee"),
    path("bilans/<uuid:public_id>/<int:annee>/<slug:format_>/", views.fichier, name="fichier"),
    path("bilans/<uuid:public_id>/sante-mentale/", views_clsm.page, name="clsm"),
    path("bilans/<uuid:public_id>/sante-mentale/<int:annee>/", views_clsm.page, name="clsm_annee"),
    path(
        "bilans/<uuid:public_id>/sante-mentale/<int:annee>/<slug:format_>/",
        views_clsm.fichier,
        name="clsm_fichier",
    ),
    path("actes/chiffres/", views_actes.conseils, name="actes"),
    path("actes/chiffres/<uuid:public_id>/", views_actes.page, name="actes_conseil"),
    path("actes/chiffres/<uuid:public_id>/<int:annee>/", views_actes.page, name="actes_annee"),
    path("bilans/departement/<slug:code>/<int:annee>/", views.bilan_departement, name="departement"),
    path(
        "bilans/departement/<slug:code>/<int:annee>/<slug:format_>/",
        views.fichier_departement,
        name="fichier_departement",
    ),
]
