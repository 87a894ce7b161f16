"""Pages of formations: creation, composition, seats, end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from maillage.acteurs.api import Organisme, avec_elevation, nom_organisme
from maillage.instances import forms
from maillage.instances.models import Formation, GenreFormation
from maillage.instances.perms import (
    COMPOSITION_TENIR,
    COORDINATION,
    HABILITER,
    INSTANCES_VOIR,
    MANDATS_PASSES,
    PRESIDENTS,
    TEXTE_PROPOSER,
)
from maillage.instances.selectors import composition
from maillage.instances.selectors.acces import charte_en_vigueur, lecteurs
from maillage.instances.selectors.conseils import conseil_visible, formation_visible, tient
from maillage.instances.selectors.textes import attend_ma_signature, est_membre, siege_visible, textes_listes
from maillage.instances.services import formations as services
from maillage.instances.services.gestion import exiger_charge, exiger_gestion
from maillage.instances.territoire import aujourd_hui_du_conseil
from maillage.instances.views.outils import compte_de, envoyer, montrer, ouvre
from maillage.interface.navigation import Lien
from maillage.interface.retours import version_recue
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import maintenant

PHRASES = {
    "groupe": "Ce qui est choisi ici ne change plus : un groupe qui nomme des personnes le reste.",
    "pleniere": "Elle réunit tout le conseil une fois par an au moins. Aucune personne n’y est nommée.",
    "restreinte": "Autour du maire, du préfet et du procureur. Aucune personne n’y est nommée.",
}


def fil_de(formation: Formation, *suite: str) -> list[Lien]:
    """Breadcrumb of a formation and of the pages below it."""
    return [
        Lien("Instances et groupes", reverse("instances:liste")),
        Lien(formation.conseil.nom, reverse("instances:conseil", args=[formation.conseil.public_id])),
        Lien(formation.nom, reverse("instances:formation", args=[formation.public_id]) if suite else ""),
        *(Lien(libelle) for libelle in suite),
    ]


@exige(COMPOSITION_TENIR)
@require_http_methods(["GET", "POST"])
def nouvelle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    conseil = conseil_visible(public_id)
    exiger_charge(conseil, COORDINATION)
    genre = request.GET.get("genre", GenreFormation.GROUPE.value)
    if genre not in PHRASES:
        raise Introuvable(public_id)
    groupe = forms.NouveauGroupe(request.POST or None)
    formulaire = groupe if genre == GenreFormation.GROUPE else forms.Confirmation(request.POST or None)

    def faire() -> str:
        valeurs = groupe.valeurs() if formulaire is groupe else {}
        creee = services.creer_formation(conseil=public_id, genre=genre, **valeurs)
        messages.success(request, "La formation est créée. Donnez maintenant des sièges.")
        return reverse("instances:formation", args=[creee.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    titre = f"Créer : {GenreFormation(genre).label.lower()}"
    return montrer(
        request,
        formulaire,
        titre=titre,
        phrase=f"{conseil.nom}. {PHRASES[genre]}",
        bouton="Créer le groupe" if formulaire is groupe else "Créer la formation",
        annuler=reverse("instances:conseil", args=[public_id]),
        fil=[
            Lien("Instances et groupes", reverse("instances:liste")),
            Lien(conseil.nom, reverse("instances:conseil", args=[public_id])),
            Lien(titre),
        ],
    )


@exige(INSTANCES_VOIR)
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who sits, who should, who reads. A member who has not signed is led to the charter first."""
    formation, compte = formation_visible(public_id), compte_de(request)
    gere = tient(compte, formation.conseil, COORDINATION)
    preside = tient(compte, formation.conseil, PRESIDENTS | COORDINATION)
    if not preside and formation.cercle_id is not None and attend_ma_signature(formation):
        charte = charte_en_vigueur(formation)
        if charte is None:
            return redirect("instances:chartes")
        return redirect("instances:signer", public_id=charte.public_id)
    le = aujourd_hui_du_conseil(formation.conseil)
    tenus = composition.sieges_tenus(formation, le)
    active = formation.active(maintenant())
    contexte = {
        "formation": formation,
        "active": active,
        "tenus": tenus,
        "manquants": composition.sieges_manquants(formation, le, {siege.genre for siege in tenus}),
        "mandats": composition.mandats(formation, le),
        "textes": textes_listes(formation),
        "lecteurs": lecteurs(formation.cercle_id) if formation.cercle_id is not None else None,
        "gere": gere and active and ouvre(request, COMPOSITION_TENIR),
        "habilite": preside and active and ouvre(request, HABILITER),
        "passes": preside and ouvre(request, MANDATS_PASSES),
        "adopte": preside and active,
        "propose": active and ouvre(request, TEXTE_PROPOSER) and est_membre(compte, formation),
        "fil": fil_de(formation),
    }
    return render(request, "instances/formation.html", contexte)


@exige(COMPOSITION_TENIR)
@require_http_methods(["GET", "POST"])
@avec_elevation
def dissoudre(request: HttpRequest, public_id: UUID) -> HttpResponse:
    formation = formation_visible(public_id)
    exiger_gestion(formation)
    formulaire = forms.Confirmation(request.POST or None)

    def faire() -> str:
        services.dissoudre_formation(public_id=public_id, version=version_recue(request, formation.version))
        messages.success(request, "La formation est dissoute.")
        return reverse("instances:conseil", args=[formation.conseil.public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre=f"Dissoudre : {formation.nom}",
        phrase="Plus personne ne lira ce groupe à compter de cette seconde. Cet acte ne se reprend pas.",
        bouton="Dissoudre la formation",
        annuler=reverse("instances:formation", args=[public_id]),
        version=formation.version,
        fil=fil_de(formation, "Dissoudre"),
    )


@exige(COMPOSITION_TENIR)
@require_http_methods(["GET", "POST"])
@avec_elevation
def siege_nouveau(request: HttpRequest, public_id: UUID) -> HttpResponse:
    formation = formation_visible(public_id)
    exiger_gestion(formation)
    genre = request.GET.get("genre", "")
    organismes = (
        Organisme.objects.filter(actif=True)
        .exclude(sieges__in=formation.sieges.en_vigueur(maintenant()))
        .prefetch_related("noms")
    )
    du_genre = organismes.filter(genre=genre) if genre else organismes
    propose = du_genre.first() if genre else None
    formulaire = forms.NouveauSiege(
        request.POST or None,
        organismes=organismes,
        genre=genre,
        initial={"organisme": propose.public_id} if propose else {},
    )

    def faire() -> str:
        services.ajouter_siege(
            formation=public_id,
            organisme=formulaire.cleaned_data["organisme"].public_id,
            qualite=formulaire.cleaned_data["qualite"],
        )
        messages.success(request, "Le siège est donné. Il n’ouvre aucun dossier par lui-même.")
        return reverse("instances:formation", args=[public_id])

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    return montrer(
        request,
        formulaire,
        titre="Donner un siège",
        phrase=f"{formation.nom}, {formation.conseil.nom}.",
        bouton="Donner le siège",
        annuler=reverse("instances:formation", args=[public_id]),
        autre=(reverse("acteurs:organisme_nouveau"), "Inscrire un organisme à l’annuaire"),
        fil=fil_de(formation, "Donner un siège"),
    )


@exige(COMPOSITION_TENIR)
@require_http_methods(["GET", "POST"])
@avec_elevation
def siege_retirer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    siege = siege_visible(public_id)
    exiger_gestion(siege.formation)
    formulaire = forms.Confirmation(request.POST or None)
    retour = reverse("instances:formation", args=[siege.formation.public_id])

    def faire() -> str:
        services.retirer_siege(siege=public_id)
        messages.success(request, "Le siège est retiré ; les mandats de ses agents ont pris fin.")
        return retour

    reponse = envoyer(request, formulaire, faire)
    if reponse is not None:
        return reponse
    nom = nom_organisme(siege.organisme, aujourd_hui_du_conseil(siege.formation.conseil))
    return montrer(
        request,
        formulaire,
        titre=f"Retirer le siège : {nom}",
        phrase="Les agents de cet organisme cessent de lire le groupe à la seconde.",
        bouton="Retirer le siège",
        annuler=retour,
        fil=fil_de(siege.formation, "Retirer un siège"),
    )
