"""One's own account: who I am here, what I may do, where I am signed in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maillage.acteurs import lignes_de_session as sessions
from maillage.acteurs import selectors
from maillage.acteurs.forms_secrets import ChangementDeMotDePasse
from maillage.acteurs.regles_secrets import CODES_PRESQUE_EPUISES
from maillage.acteurs.regles_sessions import inactivite
from maillage.acteurs.services import connexion as service
from maillage.acteurs.services import federation, second_facteur, secours
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.acteurs.sessions import SessionStore
from maillage.acteurs.views.outils import moi
from maillage.socle.permissions import COMPTE, exige
from maillage.socle.temps import aujourd_hui, maintenant


@exige(COMPTE)
@require_GET
def compte(request: HttpRequest) -> HttpResponse:
    lui = moi(request)
    instant = maintenant()
    contexte = {
        "moi": lui,
        "organisme": lui.organisme.nom_le(aujourd_hui()) if lui.organisme else "",
        "fonctions": selectors.avec_territoire(selectors.fonctions_de(lui).en_vigueur(instant)),
        "sessions": sessions.lignes(lui, courante=request.session.session_key, instant=timezone.now()),
        "moyens": second_facteur.moyens_de(lui),
        "fournisseur": federation.reglages(),
        "identite": federation.identite_de(lui),
        "codes": secours.restants(compte=lui),
        "codes_bientot_epuises": CODES_PRESQUE_EPUISES,
        "mot_de_passe_utilisable": lui.has_usable_password(),
        "inactivite": int(inactivite(aujourd_hui()).total_seconds() // 60),
    }
    return render(request, "acteurs/compte.html", contexte)


@exige(COMPTE)
@require_GET
def session(request: HttpRequest) -> HttpResponse:
    """How many seconds this session will last without any other action; asking for it is one."""
    ouverte = request.session
    return JsonResponse({"reste": ouverte.secondes_restantes() if isinstance(ouverte, SessionStore) else 0})


@exige(COMPTE)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def mot_de_passe(request: HttpRequest) -> HttpResponse:
    lui = moi(request)
    formulaire = ChangementDeMotDePasse(request.POST or None, compte=lui)
    if request.method == "POST" and formulaire.is_valid():
        actuel = formulaire.cleaned_data["actuel"]
        if service.verifier_identifiants(request=request, courriel=lui.courriel, mot_de_passe=actuel) == lui:
            mots_de_passe.changer(
                compte=lui,
                mot_de_passe=formulaire.cleaned_data["nouveau"],
                session=request.session.session_key,
            )
            update_session_auth_hash(request, lui)
            messages.success(request, "Votre mot de passe est changé. Vos autres sessions sont fermées.")
            return redirect("acteurs:compte")
        formulaire.add_error("actuel", "Ce n’est pas votre mot de passe actuel.")
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/mot_de_passe.html", {"formulaire": formulaire}, status=statut)


@exige(COMPTE)
@require_POST
def fermer_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    service.revoquer_session(compte=moi(request), public_id=public_id)
    messages.success(request, "La session est fermée.")
    return redirect("acteurs:compte")


@exige(COMPTE)
@require_POST
def fermer_autres_sessions(request: HttpRequest) -> HttpResponse:
    service.revoquer_sessions(compte=moi(request), sauf=request.session.session_key)
    messages.success(request, "Vos autres sessions sont fermées.")
    return redirect("acteurs:compte")
