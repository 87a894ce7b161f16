"""One's own account: who I am here, what I may do, where I am signed in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.acteurs import selectors
from maillage.acteurs.elevation import elever, suite_sure
from maillage.acteurs.forms import ChangementDeMotDePasse, Code, Confirmation
from maillage.acteurs.models import Compte
from maillage.acteurs.services import connexion as service
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.acteurs.services import second_facteur
from maillage.acteurs.views.connexion import CODE_REFUSE
from maillage.socle.installation import est_demonstration
from maillage.socle.permissions import COMPTE, exige
from maillage.socle.temps import aujourd_hui, maintenant


def _moi(request: HttpRequest) -> Compte:
    """The signed-in account; the permission of the view has already said that there is one."""
    assert isinstance(request.user, Compte)
    return request.user


@exige(COMPTE)
@require_GET
def compte(request: HttpRequest) -> HttpResponse:
    moi = _moi(request)
    instant = maintenant()
    contexte = {
        "moi": moi,
        "organisme": moi.organisme.nom_le(aujourd_hui()) if moi.organisme else "",
        "fonctions": selectors.avec_territoire(selectors.fonctions_de(moi).en_vigueur(instant)),
        "sessions": selectors.sessions_de(moi, instant=timezone.now()),
        "session_courante": request.session.session_key,
        "appareil": second_facteur.appareil_confirme(moi),
        "mot_de_passe_utilisable": moi.has_usable_password(),
    }
    return render(request, "acteurs/compte.html", contexte)


@exige(COMPTE)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def mot_de_passe(request: HttpRequest) -> HttpResponse:
    moi = _moi(request)
    formulaire = ChangementDeMotDePasse(request.POST or None, compte=moi)
    if request.method == "POST" and formulaire.is_valid():
        actuel = formulaire.cleaned_data["actuel"]
        if service.verifier_identifiants(request=request, courriel=moi.courriel, mot_de_passe=actuel) == moi:
            mots_de_passe.changer(
                compte=moi,
                mot_de_passe=formulaire.cleaned_data["nouveau"],
                session=request.session.session_key,
            )
            update_session_auth_hash(request, moi)
            messages.success(request, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
            return redirect("acteurs:compte")
        formulaire.add_error("actuel", "Ce n’est pas votre mot de passe actuel.")
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/mot_de_passe.html", {"formulaire": formulaire}, status=statut)


@exige(COMPTE)
@require_POST
def fermer_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    service.revoquer_session(compte=_moi(request), public_id=public_id)
    messages.success(request, "La session est fermée.")
    return redirect("acteurs:compte")


@exige(COMPTE)
@require_POST
def fermer_autres_sessions(request: HttpRequest) -> HttpResponse:
    service.revoquer_sessions(compte=_moi(request), sauf=request.session.session_key)
    messages.success(request, "Vos autres sessions sont fermées.")
    return redirect("acteurs:compte")


@exige(COMPTE)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirmer(request: HttpRequest) -> HttpResponse:
    """Prove again who is there before a sensitive act: the code, or the password without a device."""
    moi = _moi(request)
    suite = suite_sure(request, request.POST.get("suite") or request.GET.get("suite"))
    un_clic = est_demonstration() and request.session.get(service.CLE_MOYEN) == service.DEMONSTRATION
    appareil = second_facteur.appareil_confirme(moi)
    formulaire = Code(request.POST or None) if appareil else Confirmation(request.POST or None)
    if request.method == "POST" and un_clic:
        elever(request)
        return redirect(suite)
    if request.method == "POST" and formulaire.is_valid():
        saisie = formulaire.cleaned_data
        if appareil:
            adresse = service.adresse_de(request)
            prouve = second_facteur.verifier_code(
                compte=moi, appareil=appareil, code=saisie["code"], adresse=adresse
            )
        else:
            prouve = moi == service.verifier_identifiants(
                request=request, courriel=moi.courriel, mot_de_passe=saisie["mot_de_passe"]
            )
        if prouve:
            elever(request)
            return redirect(suite)
        formulaire.add_error(None, CODE_REFUSE if appareil else "Ce n’est pas votre mot de passe.")
    contexte = {"formulaire": formulaire, "suite": suite, "un_clic": un_clic}
    statut = 422 if not un_clic and formulaire.errors else 200
    return render(request, "acteurs/confirmer.html", contexte, status=statut)
