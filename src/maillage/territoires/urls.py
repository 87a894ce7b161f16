"""Addresses of the room: public reference pages."""

from django.urls import path

from maillage.territoires import views

app_name = "territoires"
urlpatterns = [
    path("communes/", views.recherche, name="recherche"),
]
