"""Step-up: prove again who is there before a sensitive act, by the strongest way the account has."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from maillage.acteurs.elevation import elever, suite_sure
from maillage.acteurs.forms_secrets import Code, Confirmation
from maillage.acteurs.models import Compte
from maillage.acteurs.services import cles, federation, second_facteur
from maillage.acteurs.services import connexion as service
from maillage.acteurs.views.outils import moi
from maillage.acteurs.views.second_facteur import CLE_REFUSEE, CODE_REFUSE, demande_de_cle
from maillage.socle.installation import est_demonstration
from maillage.socle.permissions import COMPTE, exige


@exige(COMPTE)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirmer(request: HttpRequest) -> HttpResponse:
    """The code or the key where the account has one; the password only where nothing else stands."""
    lui = moi(request)
    suite = suite_sure(request, request.POST.get("suite") or request.GET.get("suite"))
    un_clic = est_demonstration() and request.session.get(service.CLE_MOYEN) == service.DEMONSTRATION
    moyens = second_facteur.moyens_de(lui)
    formulaire = _formulaire(request, moyens)
    refus = ""
    if request.method == "POST":
        if un_clic or _prouve(request, lui, moyens, formulaire):
            elever(request)
            return redirect(suite)
        if "reponse" in request.POST:
            refus = CLE_REFUSEE
    contexte = {
        "formulaire": formulaire,
        "refus": refus,
        "suite": suite,
        "un_clic": un_clic,
        "fournisseur": federation.reglages(),
        "identite": federation.identite_de(lui),
        "demande": "" if un_clic else demande_de_cle(request, lui, cles.CONFIRMATION),
    }
    fautif = refus or (formulaire is not None and formulaire.errors)
    return render(request, "acteurs/confirmer.html", contexte, status=422 if fautif and not un_clic else 200)


def _formulaire(request: HttpRequest, moyens: second_facteur.Moyens) -> forms.Form | None:
    donnees = request.POST if request.method == "POST" and "reponse" not in request.POST else None
    if moyens.appareil:
        return Code(donnees)
    return None if moyens.cles or not moi(request).has_usable_password() else Confirmation(donnees)


def _prouve(
    request: HttpRequest, compte: Compte, moyens: second_facteur.Moyens, formulaire: forms.Form | None
) -> bool:
    """Whether what was sent proves it; the form says why not."""
    adresse = service.adresse_de(request)
    if "reponse" in request.POST:
        reponse = request.POST["reponse"]
        return cles.prouver(
            request=request, compte=compte, reponse=reponse, usage=cles.CONFIRMATION, adresse=adresse
        )
    if formulaire is None or not formulaire.is_valid():
        return False
    saisie = formulaire.cleaned_data
    if moyens.appareil:
        prouve = second_facteur.verifier_code(
            compte=compte, appareil=moyens.appareil, code=saisie["code"], adresse=adresse
        )
    else:
        prouve = compte == service.verifier_identifiants(
            request=request, courriel=compte.courriel, mot_de_passe=saisie["mot_de_passe"]
        )
    if not prouve:
        formulaire.add_error(None, CODE_REFUSE if moyens.appareil else "Ce n’est pas votre mot de passe.")
    return prouve
