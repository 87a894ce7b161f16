"""Who does what in a commune: one page, to read on a screen or on paper, texts included."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from maillage.interface.navigation import Lien
from maillage.maire.selectors.repartition import repartition, topologie
from maillage.socle.permissions import COMPTE, exige
from maillage.socle.temps import aujourd_hui
from maillage.territoires.api import fuseau_de_commune

COLONNES = ("Acte", "Qui, ici, aujourd’hui", "Vers l’intercommunalité", "Texte")


@exige(COMPTE)
@require_safe
def qui_fait_quoi(request: HttpRequest, code: str) -> HttpResponse:
    """No followed person is named here: councils, registers, delegations by their number."""
    le = aujourd_hui(fuseau_de_commune(code))
    lue = topologie(code, le)
    if lue is None:
        raise Http404
    contexte = {
        "page": repartition(lue, le),
        "colonnes": COLONNES,
        "fil": [
            Lien("Communes", reverse("territoires:recherche")),
            Lien(lue.nom, reverse("territoires:commune", args=[code])),
            Lien("Qui fait quoi"),
        ],
    }
    return render(request, "maire/repartition.html", contexte)


def adresse_pour(compte: object, commune: str) -> str:
    """The page of that commune, for whoever has an account; nothing otherwise."""
    connu = getattr(compte, "is_authenticated", False)
    return reverse("repartition:commune", args=[commune]) if connu else ""
