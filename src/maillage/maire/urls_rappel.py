"""Addresses of the rappels à l'ordre. No name ever appears in one."""

from django.urls import path

from maillage.maire.views import actes_rappel, rappels

app_name = "rappels"
_UN = "actes/rappels/<uuid:cle>/"
urlpatterns = [
    path("actes/rappels/", rappels.liste, name="liste"),
    path("actes/rappels/nouveau/", actes_rappel.choisir, name="choisir"),
    path("actes/rappels/nouveau/<uuid:registre>/", actes_rappel.saisir, name="saisir"),
    path(_UN, rappels.rappel, name="rappel"),
    path(f"{_UN}prononcer/", actes_rappel.prononcer, name="prononcer"),
    path(f"{_UN}ecarter/", actes_rappel.ecarter, name="ecarter"),
    path(f"{_UN}<slug:piece>.<slug:format_>", rappels.papier, name="papier"),
    *(path(f"{_UN}{code}/", vue, name=code) for code, vue in actes_rappel.VUES.items()),
]
