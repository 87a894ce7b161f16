"""Accounts, for the person who administers them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.acteurs import selectors
from maillage.acteurs.elevation import avec_elevation
from maillage.acteurs.forms import Exercice, Fiche, RechercheDeComptes
from maillage.acteurs.models import Compte
from maillage.acteurs.perms import COMPTES_GERER
from maillage.acteurs.rattachements import attaches_a_rompre
from maillage.acteurs.services import comptes as service
from maillage.acteurs.services import federation, second_facteur
from maillage.acteurs.services.connexion import revoquer_sessions
from maillage.acteurs.views.outils import refus_au_formulaire
from maillage.interface.typographie import accord, date_longue
from maillage.socle.permissions import exige
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import maintenant

PAR_PAGE = 50
CLE_RECHERCHE = "recherche_de_comptes"


def _compte(public_id: UUID) -> Compte:
    trouve = selectors.comptes().filter(public_id=public_id).first()
    if trouve is None:
        raise Introuvable(public_id)
    return trouve


@exige(COMPTES_GERER)
@require_http_methods(["GET", "POST"])
def liste(request: HttpRequest) -> HttpResponse:
    """Every account. The search is posted and kept in the session: no name in an address."""
    if request.method == "POST":
        demande = RechercheDeComptes(request.POST)
        request.session[CLE_RECHERCHE] = demande.cleaned_data if demande.is_valid() else {}
        return redirect("acteurs:comptes")
    criteres = request.session.get(CLE_RECHERCHE, {})
    page = Paginator(selectors.comptes(**criteres), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "formulaire": RechercheDeComptes(initial=criteres),
        "page": page,
        "lignes": selectors.lignes_de_comptes(page),
        "filtre": any(criteres.values()),
    }
    return render(request, "acteurs/comptes.html", contexte)


@exige(COMPTES_GERER)
@require_http_methods(["GET", "POST"])
def nouveau(request: HttpRequest) -> HttpResponse:
    formulaire = Fiche(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            ouvert = service.ouvrir_compte(fiche=formulaire.fiche())
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(
                request, "Le compte est ouvert. Donnez-lui une fonction, puis transmettez son lien."
            )
            return redirect("acteurs:compte_detail", public_id=ouvert.public_id)
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/compte_nouveau.html", {"formulaire": formulaire}, status=statut)


@exige(COMPTES_GERER)
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account: its owner, its functions, its sessions; never what it reads."""
    compte = _compte(public_id)
    formulaire = Fiche(request.POST or None, initial=_saisie(compte))
    if request.method == "POST" and formulaire.is_valid():
        perdus = attaches_a_rompre(compte, formulaire.fiche().organisme)
        if perdus:
            return _changer_d_organisme(request, compte, formulaire, perdus)
        if _modifier(request, compte, formulaire, annonces=0):
            return redirect("acteurs:compte_detail", public_id=public_id)
    return _montrer(request, compte, formulaire)


@avec_elevation
def _changer_d_organisme(
    request: HttpRequest, compte: Compte, formulaire: Fiche, perdus: list[str]
) -> HttpResponse:
    """Leaving a body ends mandates: how many and where is said first, then confirmed."""
    if request.POST.get("mandats_finis") != str(len(perdus)):
        contexte = {"compte": compte, "formulaire": formulaire, "perdus": perdus}
        return render(request, "acteurs/compte_organisme.html", contexte)
    if _modifier(request, compte, formulaire, annonces=len(perdus)):
        return redirect("acteurs:compte_detail", public_id=compte.public_id)
    return _montrer(request, compte, formulaire)


def _modifier(request: HttpRequest, compte: Compte, formulaire: Fiche, *, annonces: int) -> bool:
    """Write the account; False when the refusal was told in the form."""
    try:
        service.modifier_compte(public_id=compte.public_id, fiche=formulaire.fiche(), annonces=annonces)
    except Refus as refus:
        if refus.statut != 422:
            raise
        refus_au_formulaire(formulaire, refus)
        return False
    fin = f" {accord(annonces, 'mandat a pris fin,mandats ont pris fin')}." if annonces else ""
    messages.success(request, f"Le compte est modifié.{fin}")
    return True


def _montrer(request: HttpRequest, compte: Compte, formulaire: Fiche) -> HttpResponse:
    statut = 422 if formulaire.errors else 200
    contexte = _contexte(compte, formulaire, Exercice())
    return render(request, "acteurs/compte_detail.html", contexte, status=statut)


def _saisie(compte: Compte) -> dict[str, Any]:
    champs = ("courriel", "prenom", "nom", "civilite", "fonction_libelle", "double_facteur_exige")
    organisme = compte.organisme.public_id if compte.organisme else None
    return {**{champ: getattr(compte, champ) for champ in champs}, "organisme": organisme}


def _contexte(compte: Compte, formulaire: Fiche, exercice: Exercice) -> dict[str, Any]:
    return {
        "compte": compte,
        "phrase": _etat(compte),
        "formulaire": formulaire,
        "exercice": exercice,
        "fonctions": selectors.avec_territoire(selectors.fonctions_de(compte)),
        "instant": maintenant(),
        "sessions": selectors.sessions_de(compte, instant=timezone.now()),
        "second_facteur": second_facteur.en_service(compte),
        "mot_de_passe_utilisable": compte.has_usable_password(),
        "identite": federation.identite_de(compte),
        "fournisseur": federation.reglages(),
    }


def _etat(compte: Compte) -> str:
    ouvert = "Compte ouvert" if compte.actif else "Compte fermé"
    if compte.last_login is None:
        return f"{ouvert}, jamais connecté"
    return f"{ouvert}, dernière connexion le {date_longue(timezone.localdate(compte.last_login))}"


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def fermer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    service.fermer_compte(public_id=public_id)
    messages.success(request, "Le compte est fermé et ses sessions sont terminées.")
    return redirect("acteurs:compte_detail", public_id=public_id)


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def rouvrir(request: HttpRequest, public_id: UUID) -> HttpResponse:
    service.rouvrir_compte(public_id=public_id)
    messages.success(
        request, "Le compte est rouvert. Son ancien mot de passe est oublié : transmettez un lien."
    )
    return redirect("acteurs:compte_detail", public_id=public_id)


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def lien(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show, once, the link by which the owner of the account chooses a password."""
    compte = _compte(public_id)
    if not compte.actif:
        raise Introuvable(public_id)
    jeton = service.preparer_lien(public_id=public_id)
    adresse = reverse("acteurs:ouverture", kwargs={"public_id": public_id, "jeton": jeton})
    contexte = {"compte": compte, "lien": request.build_absolute_uri(adresse)}
    return render(request, "acteurs/compte_lien.html", contexte)


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def retirer_second_facteur(request: HttpRequest, public_id: UUID) -> HttpResponse:
    compte = _compte(public_id)
    second_facteur.retirer(compte=compte)
    revoquer_sessions(compte=compte)
    messages.success(
        request, "Le second facteur est retiré : il sera remis en place à la prochaine connexion."
    )
    return redirect("acteurs:compte_detail", public_id=public_id)


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def delier(request: HttpRequest, public_id: UUID) -> HttpResponse:
    service.retirer_identite(public_id=public_id)
    messages.success(
        request, "L’identité n’ouvre plus ce compte. Transmettez un lien pour en lier une autre."
    )
    return redirect("acteurs:compte_detail", public_id=public_id)


@exige(COMPTES_GERER)
@require_POST
def fermer_sessions(request: HttpRequest, public_id: UUID) -> HttpResponse:
    revoquer_sessions(compte=_compte(public_id))
    messages.success(request, "Les sessions de ce compte sont fermées.")
    return redirect("acteurs:compte_detail", public_id=public_id)


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def donner_fonction(request: HttpRequest, public_id: UUID) -> HttpResponse:
    compte = _compte(public_id)
    formulaire = Exercice(request.POST)
    if formulaire.is_valid():
        try:
            service.donner_fonction(public_id=public_id, **formulaire.cleaned_data)
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            messages.success(request, "La fonction est donnée.")
            return redirect("acteurs:compte_detail", public_id=public_id)
    contexte = _contexte(compte, Fiche(initial=_saisie(compte)), formulaire)
    return render(request, "acteurs/compte_detail.html", contexte, status=422)


@exige(COMPTES_GERER)
@require_POST
@avec_elevation
def retirer_fonction(request: HttpRequest, public_id: UUID, exercice: int) -> HttpResponse:
    service.retirer_fonction(public_id=public_id, exercice=exercice)
    messages.success(request, "La fonction est retirée, à l’instant.")
    return redirect("acteurs:compte_detail", public_id=public_id)


@exige(COMPTES_GERER)
@require_GET
def annuler_recherche(request: HttpRequest) -> HttpResponse:
    request.session.pop(CLE_RECHERCHE, None)
    return redirect("acteurs:comptes")
