"""The second factor: asked at sign-in, put in place, renewed; the recovery codes that stand behind it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from maillage.acteurs.elevation import avec_elevation, elevation_requise, suite_sure
from maillage.acteurs.forms_secrets import Code, CodeDeSecours, NomDeCle
from maillage.acteurs.models import Compte
from maillage.acteurs.services import cles, enrolement, second_facteur, secours
from maillage.acteurs.services import connexion as service
from maillage.acteurs.views.outils import moi, refus_au_formulaire
from maillage.socle.contexte import contexte
from maillage.socle.jetons import consommer, lire, nouveau_jeton
from maillage.socle.permissions import COMPTE, PUBLIQUE, exige
from maillage.socle.refus import Refus

CODE_REFUSE = (
    "Ce code n’est pas le bon, ou il a déjà servi. Après cinq essais, il faut attendre quinze minutes."
)
ENROLEMENT_PERDU = (
    "Cette mise en place a été commencée dans un autre navigateur, ou il y a plus de dix minutes. "
    "Visez le nouveau dessin avec votre application."
)
CLE_REFUSEE = (
    "Cette clé n’a pas répondu, ou n’est pas de ce compte. Recommencez, ou choisissez un autre moyen."
)
A_REMETTRE = (
    "Vous êtes entré avec un code de secours. Si votre appareil est perdu, mettez-en un autre en place."
)


@exige(PUBLIQUE)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_facteur_page(request: HttpRequest) -> HttpResponse:
    """The code or the key, once the password was right."""
    attente = service.compte_en_attente(request)
    if attente is None:
        return redirect("acteurs:connexion")
    compte, suite = attente
    moyens = second_facteur.moyens_de(compte)
    if not moyens.en_service:
        return redirect("acteurs:second_facteur_activer")
    formulaire = Code(request.POST or None) if moyens.appareil else None
    if request.method == "POST" and moyens.appareil and formulaire and formulaire.is_valid():
        code, adresse = formulaire.cleaned_data["code"], service.adresse_de(request)
        if second_facteur.verifier_code(compte=compte, appareil=moyens.appareil, code=code, adresse=adresse):
            return _entrer(request, compte, suite, "second_facteur")
        formulaire.add_error("code", CODE_REFUSE)
    return _demander(request, compte, formulaire)


def _demander(request: HttpRequest, compte: Compte, formulaire: Code | None, refus: str = "") -> HttpResponse:
    statut = 422 if refus or (formulaire and formulaire.errors) else 200
    contexte_page = {
        "formulaire": formulaire,
        "refus": refus,
        "demande": demande_de_cle(request, compte, cles.CONNEXION),
    }
    return render(request, "acteurs/second_facteur.html", contexte_page, status=statut)


def demande_de_cle(request: HttpRequest, compte: Compte, usage: str) -> str:
    """What the browser asks of a key, empty where the account has none or the address allows none."""
    site = cles.site_de(request)
    if site is None or not cles.cles_de(compte):
        return ""
    return cles.demande_de_preuve(request=request, site=site, compte=compte, usage=usage)


@exige(PUBLIQUE)
@require_POST
def second_facteur_cle(request: HttpRequest) -> HttpResponse:
    """A key's answer, once the password was right."""
    attente = service.compte_en_attente(request)
    if attente is None:
        return redirect("acteurs:connexion")
    compte, suite = attente
    if cles.prouver(
        request=request,
        compte=compte,
        reponse=request.POST.get("reponse", ""),
        usage=cles.CONNEXION,
        adresse=service.adresse_de(request),
    ):
        return _entrer(request, compte, suite, "cle")
    formulaire = Code() if second_facteur.appareil_confirme(compte) else None
    return _demander(request, compte, formulaire, CLE_REFUSEE)


@exige(PUBLIQUE)
@sensitive_post_parameters("secours")
@require_http_methods(["GET", "POST"])
def second_facteur_secours(request: HttpRequest) -> HttpResponse:
    """A recovery code, once the password was right and the device is out of reach."""
    attente = service.compte_en_attente(request)
    if attente is None or not second_facteur.en_service(attente[0]):
        return redirect("acteurs:connexion")
    compte, suite = attente
    formulaire = CodeDeSecours(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        saisi, adresse = formulaire.cleaned_data["secours"], service.adresse_de(request)
        if secours.employer(compte=compte, saisi=saisi, adresse=adresse):
            messages.warning(request, A_REMETTRE)
            return _entrer(request, compte, suite, "code_de_secours")
        formulaire.add_error("secours", CODE_REFUSE)
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/second_facteur_secours.html", {"formulaire": formulaire}, status=statut)


def _entrer(request: HttpRequest, compte: Compte, suite: str, moyen: str) -> HttpResponse:
    service.ouvrir_session(request=request, compte=compte, moyen=moyen)
    return redirect(suite_sure(request, suite))


# --- Putting one in place ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _AEnroler:
    """Who may put a second factor in place here and now, and where they were going."""

    compte: Compte
    suite: str


def _a_enroler(request: HttpRequest) -> _AEnroler | HttpResponse:
    """Whoever is signed in and has just proved it, or whose password was right and who has no factor yet.

    A password alone never adds to a factor already in service.
    """
    if isinstance(request.user, Compte):
        if elevation_requise(request):
            return redirect(f"{reverse('acteurs:confirmer')}?{urlencode({'suite': request.path})}")
        return _AEnroler(request.user, "")
    attente = service.compte_en_attente(request)
    if attente is None or second_facteur.en_service(attente[0]):
        return redirect("acteurs:connexion")
    return _AEnroler(*attente)


@exige(PUBLIQUE)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_facteur_activer(request: HttpRequest) -> HttpResponse:
    """Enrol an application: at the first sign-in that requires a factor, or from one's own account."""
    qui = _a_enroler(request)
    if isinstance(qui, HttpResponse):
        return qui
    formulaire = Code(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        jeton = request.POST.get("enrolement", "")
        appareil = enrolement.retrouver(session=request.session, compte=qui.compte, jeton=jeton)
        adresse = service.adresse_de(request)
        if appareil is None:
            formulaire.add_error(None, ENROLEMENT_PERDU)
        elif second_facteur.verifier_code(
            compte=qui.compte, appareil=appareil, code=formulaire.cleaned_data["code"], adresse=adresse
        ):
            enrolement.oublier(session=request.session)
            second_facteur.activer(compte=qui.compte, appareil=appareil, session=request.session.session_key)
            return _apres_l_activation(request, qui, "second_facteur")
        else:
            formulaire.add_error("code", CODE_REFUSE)
    en_cours = enrolement.commencer(session=request.session, compte=qui.compte)
    contexte_page = {
        "formulaire": formulaire,
        "jeton": en_cours.jeton,
        "qr": second_facteur.image_qr(en_cours.appareil),
        "cle": second_facteur.cle_lisible(en_cours.appareil),
        "cle_possible": cles.site_de(request) is not None,
    }
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/second_facteur_activer.html", contexte_page, status=statut)


@exige(PUBLIQUE)
@require_http_methods(["GET", "POST"])
def cle_ajouter(request: HttpRequest) -> HttpResponse:
    """Register a key: the same persons, in the same circumstances, as for an application."""
    qui = _a_enroler(request)
    if isinstance(qui, HttpResponse):
        return qui
    formulaire = NomDeCle(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        nom, reponse = formulaire.cleaned_data["nom"], request.POST.get("reponse", "")
        try:
            cles.enregistrer(request=request, compte=qui.compte, nom=nom, reponse=reponse)
        except Refus as refus:
            refus_au_formulaire(formulaire, refus)
        else:
            with contexte(qui.compte.pk):
                second_facteur.fermer_les_autres(compte=qui.compte, session=request.session.session_key)
            return _apres_l_activation(request, qui, "cle")
    site = cles.site_de(request)
    demande = cles.demande_de_creation(request=request, site=site, compte=qui.compte) if site else ""
    contexte_page = {"formulaire": formulaire, "demande": demande}
    statut = 422 if formulaire.errors else 200
    return render(request, "acteurs/cle_ajouter.html", contexte_page, status=statut)


def _apres_l_activation(request: HttpRequest, qui: _AEnroler, moyen: str) -> HttpResponse:
    """Open the session if it was not, and hand over recovery codes to whoever has none."""
    if request.user.is_authenticated:
        messages.success(request, "Le second facteur est en service. Vos autres sessions sont fermées.")
        suite = reverse("acteurs:compte")
    else:
        service.ouvrir_session(request=request, compte=qui.compte, moyen=moyen)
        suite = suite_sure(request, qui.suite)
    if secours.restants(compte=qui.compte):
        return redirect(suite)
    with contexte(qui.compte.pk):
        codes = secours.remettre(compte=qui.compte)
    return render(request, "acteurs/codes_de_secours.html", {"codes": codes, "suite": suite})


@exige(COMPTE)
@avec_elevation
@require_http_methods(["GET", "POST"])
def codes_de_secours(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes: shown in this answer and never again."""
    compte = moi(request)
    if not second_facteur.en_service(compte):
        return redirect("acteurs:second_facteur_activer")
    if request.method == "POST":
        consommer(lire(request.POST.get("jeton", "")), reverse("acteurs:compte"))
        codes = secours.remettre(compte=compte)
        contexte_page = {"codes": codes, "suite": reverse("acteurs:compte")}
        return render(request, "acteurs/codes_de_secours.html", contexte_page)
    restants = secours.restants(compte=compte)
    saisie = {"jeton": nouveau_jeton(), "restants": restants}
    return render(request, "acteurs/codes_de_secours_refaire.html", saisie)


@exige(COMPTE)
@require_POST
@avec_elevation
def cle_retirer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    compte = moi(request)
    appareil = second_facteur.appareil_confirme(compte)
    cles.retirer(compte=compte, public_id=public_id, reste_un_facteur=appareil is not None)
    messages.success(request, "La clé est retirée.")
    return redirect("acteurs:compte")
