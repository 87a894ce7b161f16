"""Public reference pages: territories hold no personal data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillage.socle.permissions import PUBLIQUE, exige


@exige(PUBLIQUE)
def recherche(request: HttpRequest) -> HttpResponse:
    """Search a commune by name, postal code or INSEE code."""
    return render(request, "territoires/recherche.html", {"q": request.GET.get("q", "")})
