"""Addresses of the interface."""

from django.urls import path

from maillage.interface import views

app_name = "interface"

urlpatterns = [
    path("composants/", views.galerie, name="galerie"),
    path("affichage/", views.affichage, name="affichage"),
    path("quitter/", views.quitter, name="quitter"),
]
