"""Pages of texts: read, propose, adopt; « Ma charte »: read, then sign."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.instances import forms
from maillage.instances.modeles_textes import decouper, modele
from maillage.instances.models import EtatTexte, GenreTexte
from maillage.instances.perms import (
    CHARTE_SIGNER,
    COORDINATION,
    INSTANCES_VOIR,
    PRESIDENTS,
    TEXTE_ADOPTER,
    TEXTE_PROPOSER,
)
from maillage.instances.selectors.acces import lecteurs
from maillage.instances.selectors.conseils import formation_visible, tient
from maillage.instances.selectors.pages import groupes_tenus
from maillage.instances.selectors.textes import (
    attend_ma_signature,
    charte_a_signer,
    est_membre,
    mes_chartes,
    texte_visible,
)
from maillage.instances.services import textes as services
from maillage.instances.services.gestion import exiger_presidence
from maillage.instances.views.formations import fil_de
from maillage.instances.views.outils import compte_de, envoyer, montrer, ouvre
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant


@exige(CHARTE_SIGNER)
@require_GET
def chartes(request: HttpRequest) -> HttpResponse:
    """« Membres et chartes »: mine to sign first, then the groupes I keep."""
    compte = compte_de(request)
    contexte = {"miennes": mes_chartes(), "tenus": groupes_tenus(compte)}
    return render(request, "instances/chartes.html", contexte)


@exige(CHARTE_SIGNER)
@require_http_methods(["GET", "POST"])
def signer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The charter, whole, then the engagement. Nothing else of the groupe is shown."""
    mienne = charte_a_signer(public_id)
    texte = mienne.texte
    assert texte is not None
    formulaire = forms.Lecture(request.POST or None)

    def faire() -> str:
        services.signer_charte(texte=public_id)
        messages.success(request, "Charte signée. Le groupe vous est ouvert jusqu’à la fin de votre mandat.")
        return reverse("instances:chartes")

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        gabarit="instances/signer.html",
        mienne=mienne,
        texte=texte,
        blocs=decouper(texte.contenu),
    )


@exige(INSTANCES_VOIR)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    texte = texte_visible(public_id)
    formation, compte = texte.formation, compte_de(request)
    active = formation.active(maintenant())
    contexte = {
        "texte": texte,
        "formation": formation,
        "active": active,
        "blocs": decouper(texte.contenu),
        "adopte": active
        and texte.etat == EtatTexte.PROPOSE
        and ouvre(request, TEXTE_ADOPTER)
        and tient(compte, formation.conseil, PRESIDENTS | COORDINATION),
        "propose": active
        and texte.etat == EtatTexte.PROJET
        and ouvre(request, TEXTE_PROPOSER)
        and est_membre(compte, formation),
        "signe": texte.etat == EtatTexte.ADOPTE
        and texte.genre == GenreTexte.CHARTE
        and attend_ma_signature(formation),
        "fil": fil_de(formation, f"{texte.get_genre_display()}, version {texte.version_texte}"),
    }
    return render(request, "instances/texte.html", contexte)


@exige(TEXTE_PROPOSER)
@require_http_methods(["GET", "POST"])
def proposer(request: HttpRequest, public_id: UUID, genre: str) -> HttpResponse:
    formation = formation_visible(public_id)
    if genre not in GenreTexte.values or not est_membre(compte_de(request), formation):
        raise Introuvable(public_id)
    dernier = formation.textes.filter(genre=genre).order_by("-version_texte").first()
    depart = (
        dernier.contenu
        if dernier
        else modele(genre).rempli(conseil=formation.conseil.nom, groupe=formation.nom)
    )
    formulaire = forms.Proposition(request.POST or None, initial={"contenu": depart})

    def faire() -> str:
        propose = services.proposer_texte(
            formation=public_id, genre=genre, contenu=formulaire.cleaned_data["contenu"]
        )
        messages.success(request, "Le texte est proposé. Il prendra effet quand le conseil l’aura adopté.")
        return reverse("instances:texte", args=[propose.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    libelle = GenreTexte(genre).label
    return montrer(
        request,
        formulaire,
        titre=f"Proposer : {libelle.lower()}",
        phrase=f"{formation.nom}. Les membres proposent, la formation plénière adopte.",
        bouton="Proposer ce texte au conseil",
        annuler=reverse("instances:formation", args=[public_id]),
        fil=fil_de(formation, f"Proposer : {libelle.lower()}"),
    )


@exige(TEXTE_ADOPTER)
@require_http_methods(["GET", "POST"])
def adopter(request: HttpRequest, public_id: UUID) -> HttpResponse:
    texte = texte_visible(public_id)
    formation = texte.formation
    exiger_presidence(formation.conseil)
    formulaire = forms.Adoption(request.POST or None)
    charte = texte.genre == GenreTexte.CHARTE

    def faire() -> str:
        services.adopter_texte(
            texte=public_id,
            delibere_le=formulaire.cleaned_data["delibere_le"],
            deliberation=formulaire.cleaned_data["deliberation"],
        )
        messages.success(
            request,
            "La charte est en vigueur. Chaque membre doit la signer avant de lire le groupe."
            if charte
            else "Le règlement intérieur est en vigueur.",
        )
        return reverse("instances:formation", args=[formation.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    actuels = lecteurs(formation.cercle_id) if formation.cercle_id is not None and charte else None
    return montrer(
        request,
        formulaire,
        titre=f"Enregistrer l’adoption : {texte.get_genre_display().lower()}, version {texte.version_texte}",
        phrase=f"{formation.nom}. "
        + (
            "À l’adoption, plus aucun membre ne lit le groupe tant qu’il n’a pas signé cette version."
            if charte
            else "La version précédente est remplacée."
        ),
        bouton="Enregistrer l’adoption",
        annuler=reverse("instances:texte", args=[public_id]),
        perdent=actuels,
        fil=fil_de(formation, "Enregistrer l’adoption"),
    )
