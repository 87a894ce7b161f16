"""Pages of mandates. Membership changes ask again who is there (step-up)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.acteurs.api import avec_elevation
from maillage.instances import forms
from maillage.instances.perms import COORDINATION, HABILITER, MANDATS_PASSES, PRESIDENTS
from maillage.instances.selectors.acces import fuseau_de_la_formation, lecteurs
from maillage.instances.selectors.composition import comptes_habilitables
from maillage.instances.selectors.conseils import formation_visible
from maillage.instances.selectors.mandats import mandats_passes
from maillage.instances.selectors.textes import habilitation_visible
from maillage.instances.services import mandats as services
from maillage.instances.services.gestion import exiger_charge
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.instances.views.formations import fil_de
from maillage.instances.views.outils import envoyer, montrer
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable


@exige(HABILITER)
@require_http_methods(["GET", "POST"])
@avec_elevation
def nouvelle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    formation = formation_visible(public_id)
    exiger_charge(formation.conseil, PRESIDENTS | COORDINATION)
    if formation.cercle_id is None:
        raise Introuvable(public_id)
    formulaire = forms.NouvelleHabilitation(
        request.POST or None,
        agents=comptes_habilitables(formation),
        fuseau=fuseau_de_la_formation(formation),
        aujourd_hui=aujourd_hui_du_conseil(formation.conseil),
    )

    def faire() -> str:
        compte, siege = formulaire.agent_et_siege()
        services.habiliter(
            siege=UUID(siege),
            compte=UUID(compte),
            role=formulaire.cleaned_data["role"],
            fin=formulaire.fin(),
        )
        messages.success(request, "L’agent est habilité. Il lira le groupe quand il aura signé la charte.")
        return reverse("instances:formation", args=[public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre="Habiliter un agent",
        phrase=f"{formation.nom}, {formation.conseil.nom}. "
        "L’accès s’ouvre à la signature de la charte et se ferme à la minute écrite ici.",
        bouton="Habiliter",
        annuler=reverse("instances:formation", args=[public_id]),
        lecteurs=lecteurs(formation.cercle_id),
        fil=fil_de(formation, "Habiliter un agent"),
    )


@exige(MANDATS_PASSES)
@require_GET
def passes(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has read this groupe and no longer does, for those who answer for its members."""
    formation = formation_visible(public_id)
    exiger_charge(formation.conseil, PRESIDENTS | COORDINATION)
    if formation.cercle_id is None:
        raise Introuvable(public_id)
    contexte = {
        "formation": formation,
        "page": mandats_passes(formation, request.GET.get("apres", "")),
        "fil": fil_de(formation, "Mandats passés"),
    }
    return render(request, "instances/mandats_passes.html", contexte)


@exige(HABILITER)
@require_http_methods(["GET", "POST"])
@avec_elevation
def fin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    mandat = habilitation_visible(public_id)
    formation = mandat.siege.formation
    exiger_charge(formation.conseil, PRESIDENTS | COORDINATION)
    formulaire = forms.FinDeMandat(request.POST or None)
    retour = reverse("instances:formation", args=[formation.public_id])

    def faire() -> str:
        services.mettre_fin(habilitation=public_id, motif=formulaire.cleaned_data["motif"])
        messages.success(request, f"Mandat fini : {mandat.compte.nom_complet} ne lit plus ce groupe.")
        return retour

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre=f"Mettre fin au mandat : {mandat.compte.nom_complet}",
        phrase=f"{formation.nom}. L’accès se ferme à la seconde.",
        bouton="Mettre fin au mandat",
        annuler=retour,
        fil=fil_de(formation, "Mettre fin à un mandat"),
    )


@exige(HABILITER)
@require_http_methods(["GET", "POST"])
@avec_elevation
def renouveler(request: HttpRequest, public_id: UUID) -> HttpResponse:
    mandat = habilitation_visible(public_id)
    formation = mandat.siege.formation
    exiger_charge(formation.conseil, PRESIDENTS | COORDINATION)
    formulaire = forms.Fin(
        request.POST or None,
        fuseau=fuseau_de_la_formation(formation),
        aujourd_hui=aujourd_hui_du_conseil(formation.conseil),
    )
    retour = reverse("instances:formation", args=[formation.public_id])

    def faire() -> str:
        services.renouveler(habilitation=public_id, fin=formulaire.fin())
        messages.success(request, "Le mandat est renouvelé, sans interruption.")
        return retour

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre=f"Renouveler le mandat : {mandat.compte.nom_complet}",
        phrase=f"{formation.nom}. Le nouveau mandat commence quand l’ancien finit.",
        bouton="Renouveler le mandat",
        annuler=retour,
        fil=fil_de(formation, "Renouveler un mandat"),
    )
