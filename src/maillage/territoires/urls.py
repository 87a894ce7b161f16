"""Addresses of the room: public reference pages."""

from django.urls import path

from maillage.territoires import views

app_name = "territoires"
urlpatterns = [
    path("communes/", views.recherche, name="recherche"),
    path("communes/<str:code>/", views.commune, name="commune"),
    path("intercommunalites/<str:code>/", views.epci, name="epci"),
    path("departements/", views.departements, name="departements"),
    path("departements/<str:code>/", views.departement, name="departement"),
]
