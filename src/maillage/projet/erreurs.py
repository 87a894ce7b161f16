"""Answers to what no view could answer: each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def requete_incomprise(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def interdit(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def introuvable(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def panne(request: HttpRequest) -> HttpResponse:
    """Without the request: after a failure, the page asks nothing of the database."""
    return HttpResponse(get_template("500.html").render(), status=500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened too long ago, or from elsewhere: nothing was written."""
    return render(request, "403_formulaire_perime.html", status=403)
