"""Signing in and out: pages open to all, which show nothing about anyone."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from maillage.acteurs import selectors
from maillage.acteurs.elevation import suite_sure
from maillage.acteurs.familles import FAMILLES, Famille, famille_de
from maillage.acteurs.forms_secrets import Connexion, NouveauMotDePasse
from maillage.acteurs.models import Compte
from maillage.acteurs.regles_sessions import inactivite
from maillage.acteurs.services import connexion as service
from maillage.acteurs.services import federation, second_facteur
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.acteurs.views.federation import adresse_de_sortie, nouvel_etat
from maillage.socle.installation import est_demonstration
from maillage.socle.permissions import COMPTE, PUBLIQUE, exige
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

#: One sentence whatever went wrong: it must not tell who has an account.
IDENTIFIANTS_REFUSES = (
    "Cette adresse et ce mot de passe n’ouvrent pas de session. "
    "Après cinq essais infructueux, la connexion est suspendue quinze minutes, "
    "puis de plus en plus longtemps."
)

#: One-click accounts shown: a simulated country has thousands.
COMPTES_PROPOSES = 60
SANS_FONCTION = Famille("sans_fonction", "Sans fonction", "Leur compte est ouvert, sans fonction.", ())


@exige(PUBLIQUE)
@sensitive_post_parameters("mot_de_passe")
@require_http_methods(["GET", "POST"])
def connexion(request: HttpRequest) -> HttpResponse:
    suite = suite_sure(request, request.POST.get("suite") or request.GET.get("suite"))
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(suite)
    formulaire = Connexion(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        compte = service.verifier_identifiants(
            request=request,
            courriel=formulaire.cleaned_data["courriel"],
            mot_de_passe=formulaire.cleaned_data["mot_de_passe"],
        )
        if compte is not None:
            return _apres_le_mot_de_passe(request, compte, suite)
        formulaire.add_error(None, IDENTIFIANTS_REFUSES)
    demo = est_demonstration()
    contexte = {
        "formulaire": formulaire,
        "suite": suite,
        "fournisseur": federation.reglages(),
        "familles_demo": _comptes_en_un_clic() if demo else [],
        "session_finie": request.method == "GET" and _session_finie(request),
        "inactivite": int(inactivite(aujourd_hui()).total_seconds() // 60),
    }
    return render(request, "acteurs/connexion.html", contexte, status=422 if formulaire.errors else 200)


def _session_finie(request: HttpRequest) -> bool:
    """Whether this browser comes back with a session that has just run out by itself."""
    temoin = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return bool(temoin) and service.compte_de_session_expiree(temoin) is not None


def _comptes_en_un_clic() -> list[tuple[Famille, list[selectors.LigneDeCompte]]]:
    """The invented persons by what they come to do; whoever has no function comes last."""
    lignes = selectors.lignes_de_comptes(selectors.premiers_comptes(COMPTES_PROPOSES))
    par_famille: dict[Famille, list[selectors.LigneDeCompte]] = {famille: [] for famille in FAMILLES}
    for ligne in lignes:
        par_famille.setdefault(famille_de(ligne.codes) or SANS_FONCTION, []).append(ligne)
    return [(famille, siennes) for famille, siennes in par_famille.items() if siennes]


def _apres_le_mot_de_passe(request: HttpRequest, compte: Compte, suite: str) -> HttpResponse:
    if not service.second_facteur_requis(compte):
        service.ouvrir_session(request=request, compte=compte, moyen="mot_de_passe")
        return redirect(suite)
    service.mettre_en_attente(request=request, compte=compte, suite=suite)
    if not second_facteur.en_service(compte):
        return redirect("acteurs:second_facteur_activer")
    return redirect("acteurs:second_facteur")


@exige(PUBLIQUE)
@require_POST
def connexion_demonstration(request: HttpRequest) -> HttpResponse:
    """One click, in a demonstration only; anywhere else the address does not exist."""
    try:
        public_id = UUID(request.POST.get("compte", ""))
    except ValueError:
        raise Introuvable() from None
    service.ouvrir_session_de_demonstration(request=request, public_id=public_id)
    return redirect(suite_sure(request, request.POST.get("suite")))


@exige(PUBLIQUE)
@sensitive_post_parameters("nouveau", "encore")
@require_http_methods(["GET", "POST"])
def ouverture(request: HttpRequest, public_id: UUID, jeton: str) -> HttpResponse:
    """Choose a password by a one-use link given by the person who administers accounts."""
    compte = Compte.objects.filter(public_id=public_id).first()
    if compte is None or not mots_de_passe.jeton_valide(compte, jeton):
        return render(request, "acteurs/lien_perime.html", status=404)
    formulaire = NouveauMotDePasse(request.POST or None, compte=compte)
    if request.method == "POST" and formulaire.is_valid():
        mots_de_passe.changer(compte=compte, mot_de_passe=formulaire.cleaned_data["nouveau"])
        messages.success(request, "Votre mot de passe est enregistré. Vous pouvez vous connecter.")
        return redirect("acteurs:connexion")
    statut = 422 if formulaire.errors else 200
    contexte = {
        "formulaire": formulaire,
        "fournisseur": federation.reglages(),
        "public_id": public_id,
        "jeton": jeton,
    }
    return render(request, "acteurs/ouverture.html", contexte, status=statut)


@exige(COMPTE)
@require_POST
def deconnexion(request: HttpRequest) -> HttpResponse:
    brut, etat = request.session.get(federation.CLE_JETON, ""), nouvel_etat()
    service.fermer_session(request=request)
    ailleurs = adresse_de_sortie(request, brut, etat)
    if ailleurs:
        request.session[federation.CLE_SORTIE] = etat
        return redirect(ailleurs)
    messages.success(request, "Vous êtes déconnecté.")
    return redirect("acteurs:connexion")
