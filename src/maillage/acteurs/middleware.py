"""An expired session must not cost what was being typed."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware as ComptesDeDjango
from django.contrib.sessions.middleware import SessionMiddleware as SessionsDeDjango
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from maillage.acteurs import saisies
from maillage.acteurs.elevation import mener_a_la_preuve, prouvee_le
from maillage.acteurs.models import Compte
from maillage.acteurs.regles_sessions import preuve_due
from maillage.acteurs.services import rythme
from maillage.acteurs.services.connexion import CLE_MOYEN, DEMONSTRATION, compte_de_session_expiree
from maillage.acteurs.sessions import SessionStore
from maillage.socle.contexte import contexte
from maillage.socle.lectures import Lectures, PreuveDemandee, compter
from maillage.socle.permissions import PUBLIQUE, permission_de

GARDEE = "Votre session a pris fin. Votre saisie est gardée quinze minutes : reconnectez-vous."


class SessionMiddleware(SessionsDeDjango):
    """Django's, but the cookie of a session that has just run out is left: it still says whose form this is.

    A session ended on purpose (signing out) loses its cookie as usual.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.session.is_empty() and not request.session.modified:
            patch_vary_headers(response, ("Cookie",))
            return response
        return super().process_response(request, response)


class AuthenticationMiddleware(ComptesDeDjango):
    """Django's, but the account that came with its session is not read a second time.

    The session's proof is checked as Django does: changing a password ends every other session.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        paresseux = request.user
        request.user = cast(Any, SimpleLazyObject(lambda: _de_la_session(request) or paresseux))


def _de_la_session(request: HttpRequest) -> Compte | None:
    """The account of the session, if it may still open it; None leaves it to Django's own reading."""
    cle = request.session.get(SESSION_KEY)
    compte: Compte | None = getattr(request.session, "compte", None)
    if compte is None or not compte.actif or str(compte.pk) != cle:
        return None
    preuve = str(request.session.get(HASH_SESSION_KEY, ""))
    return compte if constant_time_compare(preuve, compte.get_session_auth_hash()) else None


class SaisieGardeeMiddleware:
    """Keeps the form sent with a session that has expired, then leads to the sign-in page.

    Stands after the check of the form's token and before the refusal of whoever is not signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, vue: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or permission_de(vue) in {None, PUBLIQUE}:
            return None
        if not saisies.a_garder(request):
            return None
        compte = compte_de_session_expiree(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
        if compte is None:
            return None
        with contexte(compte.pk):
            temoin = saisies.garder(request)
        if temoin is None:
            return None
        messages.info(request, GARDEE)
        return saisies.mener_a("acteurs:connexion", temoin)


class LecturesMiddleware:
    """Counts the files a page opens, and asks for a proof of whoever opens more than a person reads.

    Inside the transaction: what is counted is what was read, and the journal has it. Nothing is counted over
    the journal: one row an account, updated once by each page that opens a file, after it is drawn.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not isinstance(request.user, Compte):
            return self.get_response(request)
        with compter(Lectures(preuve_exigee=_preuve_exigee(request))) as lectures:
            reponse = self.get_response(request)
            if lectures.nombre and reponse.status_code < 500:
                rythme.noter(compte=request.user, nombre=lectures.nombre)
        return reponse

    def process_exception(self, request: HttpRequest, erreur: Exception) -> HttpResponse | None:
        """The file stays closed until the person has proved themself: asked, not blocked."""
        if not isinstance(erreur, PreuveDemandee):
            return None
        messages.info(request, rythme.PREUVE_DEMANDEE)
        return mener_a_la_preuve(request)


def _preuve_exigee(request: HttpRequest) -> bool:
    """Whether this session owes a proof; a click proves nothing, so that a demonstration owes none."""
    session = request.session
    if not isinstance(session, SessionStore) or session.get(CLE_MOYEN) == DEMONSTRATION:
        return False
    return preuve_due(exigee_le=session.exigee_le, prouvee_le=prouvee_le(request))
