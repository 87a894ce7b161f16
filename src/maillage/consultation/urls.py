"""Addresses of the room: the choice of a rule, then its question. No value ever travels in an address."""

from django.urls import path

from maillage.consultation import views

app_name = "consultation"

urlpatterns = [
    path("puis-je/", views.choisir, name="choisir"),
    path("puis-je/<slug:nom>/", views.demander, name="demander"),
]
