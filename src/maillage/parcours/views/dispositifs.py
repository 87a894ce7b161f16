"""Pages of the catalogue: schemes by family, one scheme, the local ones of a council."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.instances.api import conseils_tenus_par
from maillage.instances.perms import COORDINATION
from maillage.interface.navigation import Lien
from maillage.parcours.catalogue import FAMILLES, Dispositif
from maillage.parcours.forms.offres import SaisieDeDispositif, initial_du_local
from maillage.parcours.perms import DISPOSITIFS_TENIR, DISPOSITIFS_VOIR, OFFRES_VOIR
from maillage.parcours.selectors.dispositifs import catalogue_visible, libelle_affiche, local_visible
from maillage.parcours.services import dispositifs as services
from maillage.parcours.views.outils import compte_de, ouvre, traiter
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui
from maillage.strategie.api import liste

CATALOGUE = "Dispositifs"


def _rang(lu: Dispositif) -> int:
    return list(FAMILLES).index(lu.famille)


@exige(DISPOSITIFS_VOIR)
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every scheme, by family; local ones name their council."""
    fonctions = compte_de(request).fonctions
    visibles = sorted(catalogue_visible(aujourd_hui()), key=_rang)
    familles = [
        (FAMILLES[famille], [(lu, libelle_affiche(lu, fonctions)) for lu in groupe])
        for famille, groupe in groupby(visibles, key=lambda lu: lu.famille)
    ]
    contexte = {"familles": familles, "ajoute": ouvre(request, DISPOSITIFS_TENIR)}
    return render(request, "parcours/catalogue.html", contexte)


@exige(DISPOSITIFS_VOIR)
@require_GET
def dispositif(request: HttpRequest, dispositif_code: str) -> HttpResponse:
    lu = next((lu for lu in catalogue_visible() if lu.code == dispositif_code), None)
    if lu is None:
        raise Introuvable(dispositif_code)
    groupes = {*lu.resultats, "tous"}
    contexte = {
        "dispositif": lu,
        "nom": libelle_affiche(lu, compte_de(request).fonctions),
        "resultats": [
            item.libelle for item in liste("resultats_participation") if item.attributs["groupe"] in groupes
        ],
        "offres": ouvre(request, OFFRES_VOIR),
        "modifie": lu.local and ouvre(request, DISPOSITIFS_TENIR),
        "fil": (Lien(CATALOGUE, reverse("parcours:catalogue")), Lien(lu.libelle_neutre)),
    }
    return render(request, "parcours/dispositif.html", contexte)


@exige(DISPOSITIFS_TENIR)
@require_http_methods(["GET", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    conseils = conseils_tenus_par(compte_de(request), COORDINATION).order_by("nom")
    formulaire = SaisieDeDispositif(
        request.POST or None, conseils=conseils, initial={"depuis": aujourd_hui()}
    )

    def faire() -> str:
        cree = services.declarer_dispositif_local(
            conseil=formulaire.cleaned_data["conseil"].public_id, **formulaire.donnees()
        )
        messages.success(request, "Le dispositif est ajouté au catalogue de ce conseil.")
        return reverse("parcours:dispositif", args=[cree.code])

    return traiter(
        request,
        formulaire,
        faire,
        titre="Ajouter un dispositif local",
        phrase="Il sera proposé aux seuls groupes de ce conseil.",
        bouton="Ajouter le dispositif",
        annuler=reverse("parcours:catalogue"),
        fil=(Lien(CATALOGUE, reverse("parcours:catalogue")), Lien("Ajouter un dispositif local")),
    )


@exige(DISPOSITIFS_TENIR)
@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    local = local_visible(public_id)
    conseils = conseils_tenus_par(compte_de(request), COORDINATION).filter(pk=local.conseil_id)
    if not conseils.exists():
        raise Introuvable(public_id)
    formulaire = SaisieDeDispositif(request.POST or None, conseils=conseils, initial=initial_du_local(local))
    retour = reverse("parcours:dispositif", args=[local.code])

    def faire() -> str:
        version = formulaire.cleaned_data["version"] or 0
        services.modifier_dispositif_local(public_id=public_id, version=version, **formulaire.donnees())
        messages.success(request, "Le dispositif est corrigé.")
        return retour

    return traiter(
        request,
        formulaire,
        faire,
        titre="Corriger un dispositif local",
        phrase="Un dernier jour écrit ici le ferme : plus personne n’y est orienté ensuite.",
        bouton="Enregistrer",
        annuler=retour,
        fil=(
            Lien(CATALOGUE, reverse("parcours:catalogue")),
            Lien(local.libelle_neutre, retour),
            Lien("Corriger"),
        ),
    )
