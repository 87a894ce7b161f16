"""Signing in, linking, confirming and signing out by an OpenID provider (ProConnect)."""

import secrets
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from maillage.acteurs.elevation import CLE_ELEVATION, avec_elevation, elever, suite_sure
from maillage.acteurs.federation import recu
from maillage.acteurs.fournisseur import FournisseurInjoignable, Reponse, sortie
from maillage.acteurs.models import Compte
from maillage.acteurs.regles_oidc import CONFIRMATION, CONNEXION, LIAISON, OUVERTURE, fraiche
from maillage.acteurs.rules import ELEVATION
from maillage.acteurs.services import connexion as service
from maillage.acteurs.services import federation
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.acteurs.views.outils import moi
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.permissions import COMPTE, PUBLIQUE, exige
from maillage.socle.refus import Refus
from maillage.socle.temps import maintenant

LIEE = "Votre identité est liée à ce compte. Elle l’ouvrira désormais."


def _partir(
    request: HttpRequest, but: str, *, suite: str, compte: Compte | None = None, jeton: str = ""
) -> HttpResponse:
    retour = request.build_absolute_uri(reverse("acteurs:oidc_retour"))
    try:
        adresse = federation.partir(
            session=request.session, but=but, retour=retour, suite=suite, compte=compte, jeton=jeton
        )
    except FournisseurInjoignable:
        return _injoignable(request)
    return redirect(adresse)


def _injoignable(request: HttpRequest) -> HttpResponse:
    return _page(request, "injoignable", 503)


def _page(request: HttpRequest, quoi: str, statut: int, refus: Refus | None = None) -> HttpResponse:
    regles = federation.reglages_requis()
    contexte_page = {"quoi": quoi, "nom": regles.nom, "motifs": refus.verdict.motifs if refus else ()}
    return render(request, "acteurs/federation.html", contexte_page, status=statut)


@exige(PUBLIQUE)
@require_POST
def connexion(request: HttpRequest) -> HttpResponse:
    """Go and prove who one is at the provider."""
    federation.reglages_requis()
    return _partir(request, CONNEXION, suite=suite_sure(request, request.POST.get("suite")))


@exige(PUBLIQUE)
@require_POST
def ouverture(request: HttpRequest, public_id: UUID, jeton: str) -> HttpResponse:
    """Open one's account, by the link received, with an identity rather than a password."""
    federation.reglages_requis()
    compte = Compte.objects.filter(public_id=public_id).first()
    if compte is None or not mots_de_passe.jeton_valide(compte, jeton):
        return render(request, "acteurs/lien_perime.html", status=404)
    return _partir(request, OUVERTURE, suite=reverse("accueil"), compte=compte, jeton=jeton)


@exige(COMPTE)
@require_POST
@avec_elevation
def lier(request: HttpRequest) -> HttpResponse:
    """Tie an identity to one's own account."""
    federation.reglages_requis()
    return _partir(request, LIAISON, suite=reverse("acteurs:compte"), compte=moi(request))


@exige(COMPTE)
@require_POST
@avec_elevation
def delier(request: HttpRequest) -> HttpResponse:
    federation.delier(compte=moi(request))
    messages.success(request, "Cette identité n’ouvre plus votre compte.")
    return redirect("acteurs:compte")


@exige(COMPTE)
@require_POST
def confirmer(request: HttpRequest) -> HttpResponse:
    """Step-up at the provider: it asks again, even whoever is signed in there."""
    federation.reglages_requis()
    suite = suite_sure(request, request.POST.get("suite"))
    return _partir(request, CONFIRMATION, suite=suite, compte=moi(request))


@exige(PUBLIQUE)
@sensitive_variables()
@require_GET
def retour(request: HttpRequest) -> HttpResponse:
    """The provider's answer, by the browser that asked: it was read before this transaction opened."""
    federation.reglages_requis()
    try:
        demande, reponse = recu(request)
        _conclure(request, demande, reponse)
    except FournisseurInjoignable:
        return _injoignable(request)
    except Refus as refus:
        codes = [motif.code for motif in refus.verdict.motifs]
        journaliser("connexion_refusee", details={"moyen": "oidc", "motifs": codes})
        return _page(request, "refus", refus.statut, refus)
    return redirect(suite_sure(request, demande.suite))


def _conclure(request: HttpRequest, demande: federation.Demande, reponse: Reponse) -> None:
    """Do what was asked for, for whom it was asked."""
    if demande.but == CONNEXION:
        _ouvrir(request, federation.compte_de(reponse), reponse)
    elif demande.but == OUVERTURE:
        compte = Compte.objects.filter(pk=demande.compte or 0).first()
        if compte is None or not mots_de_passe.jeton_valide(compte, demande.jeton):
            raise federation.refus(federation.DEMANDE_INCONNUE)
        federation.verifier_l_adresse(compte=compte, reponse=reponse)
        with contexte(compte.pk):
            federation.lier(compte=compte, reponse=reponse)
        _ouvrir(request, compte, reponse)
        messages.success(request, LIEE)
    else:
        compte = _celui_qui_demandait(request, demande)
        if demande.but == LIAISON:
            federation.lier(compte=compte, reponse=reponse)
            messages.success(request, LIEE)
        else:
            federation.confirmer(compte=compte, reponse=reponse)
            elever(request)


def _celui_qui_demandait(request: HttpRequest, demande: federation.Demande) -> Compte:
    """Between the demand and the answer, the session may have changed hands."""
    if not isinstance(request.user, Compte) or request.user.pk != demande.compte:
        raise federation.refus(federation.DEMANDE_INCONNUE)
    return request.user


def _ouvrir(request: HttpRequest, compte: Compte, reponse: Reponse) -> None:
    """Sign in. An old session at the provider opens the account, and never a sensitive act by itself."""
    service.ouvrir_session(request=request, compte=compte, moyen="oidc")
    request.session[federation.CLE_JETON] = reponse.brut
    if not fraiche(reponse.dits, instant=maintenant(), depuis=ELEVATION):
        request.session.pop(CLE_ELEVATION, None)


def adresse_de_sortie(request: HttpRequest, brut: str, etat: str) -> str:
    """Where signing out goes on, when the session came from the provider; empty otherwise."""
    regles = federation.reglages()
    if regles is None or not brut:
        return ""
    try:
        retour_local = request.build_absolute_uri(reverse("acteurs:oidc_sortie"))
        return sortie(regles, brut=brut, retour=retour_local, etat=etat)
    except FournisseurInjoignable:
        return ""


def nouvel_etat() -> str:
    return secrets.token_urlsafe(24)


@exige(PUBLIQUE)
@require_GET
def sorti(request: HttpRequest) -> HttpResponse:
    """Back from the provider, signed out on both sides."""
    attendu = request.session.pop(federation.CLE_SORTIE, "")
    if attendu and attendu == request.GET.get("state", ""):
        messages.success(request, "Vous êtes déconnecté, ici et chez votre fournisseur d’identité.")
    return redirect("acteurs:connexion")
