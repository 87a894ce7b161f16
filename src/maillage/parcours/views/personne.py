"""What opens to a followed person: the explainable view, and the offers of one scheme."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from maillage.interface.navigation import Lien
from maillage.parcours.perms import PERSONNE_VOIR
from maillage.parcours.selectors.personne import (
    Personne,
    dispositifs_de_la_personne,
    offres_pour_la_personne,
)
from maillage.socle.permissions import exige

TITRE = "Dispositifs possibles"


def _commun(personne: Personne) -> dict[str, object]:
    return {
        "personne": personne,
        "situation": personne.situation,
        "identite": personne.identite,
        "age": personne.identite.age_le(personne.ici.jour),
        "jour": personne.ici.jour,
        "lecteurs": personne.lecteurs,
        "nombre_lecteurs": len(personne.lecteurs),
    }


def _fil(personne: Personne, *suite: Lien) -> tuple[Lien, ...]:
    public_id = personne.situation.public_id
    return (
        Lien("Situations", reverse("situations:liste")),
        Lien(f"N° {personne.situation.numero}", reverse("situations:situation", args=[public_id])),
        *suite,
    )


@exige(PERSONNE_VOIR)
@require_GET
def dispositifs(request: HttpRequest, public_id: UUID) -> HttpResponse:
    vue = dispositifs_de_la_personne(public_id)
    contexte = {"vue": vue, **_commun(vue.personne), "fil": _fil(vue.personne, Lien(TITRE))}
    return render(request, "parcours/personne.html", contexte)


@exige(PERSONNE_VOIR)
@require_GET
def offres(request: HttpRequest, public_id: UUID, dispositif_code: str) -> HttpResponse:
    """Every near offer of one scheme, each with the reasons that oppose it."""
    personne, juge = offres_pour_la_personne(public_id, dispositif_code)
    retour = reverse("parcours:personne", args=[public_id])
    contexte = {
        "juge": juge,
        **_commun(personne),
        "fil": _fil(personne, Lien(TITRE, retour), Lien(juge.dispositif.libelle)),
        "retour": retour,
    }
    return render(request, "parcours/personne_offres.html", contexte)
