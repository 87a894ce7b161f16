"""Sign in and out. Nobody acts yet when one signs in: these functions have no actor."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from maillage.acteurs.elevation import elever
from maillage.acteurs.models import AppareilDeCodes, Compte, SaisieGardee, Session
from maillage.acteurs.navigateurs import navigateur_lisible
from maillage.acteurs.rules import ELEVATION
from maillage.acteurs.services import essais
from maillage.acteurs.services.second_facteur import en_service
from maillage.acteurs.sessions import NAVIGATEUR
from maillage.droit.api import entier
from maillage.socle.contexte import contexte
from maillage.socle.installation import est_demonstration
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable
from maillage.socle.services import commande
from maillage.socle.temps import aujourd_hui, maintenant

MOTEUR = "django.contrib.auth.backends.ModelBackend"
CLE_ATTENTE = "second_facteur_attendu"
CLE_MOYEN = "moyen_de_connexion"
DEMONSTRATION = "demonstration"
#: How long an ended session is still known as its account's, so that a form sent with it is not lost.


def adresse_de(request: HttpRequest) -> str:
    """The caller's network address; the proxy's word is taken only where a proxy is declared."""
    transmise = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None) and transmise:
        return transmise.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def verifier_identifiants(*, request: HttpRequest, courriel: str, mot_de_passe: str) -> Compte | None:
    """The account, or None: same answer, same work, whether unknown, closed, blocked or mistaken."""
    adresse = adresse_de(request)
    with transaction.atomic():
        if essais.bloque(courriel, adresse):
            make_password(mot_de_passe)
            return None
        compte = authenticate(request, username=courriel, password=mot_de_passe)
        if isinstance(compte, Compte):
            essais.oublier(courriel)
            return compte
        essais.compter_echec(courriel=courriel, adresse=adresse)
        vise = (
            Compte.objects.filter(courriel=courriel.strip().lower())
            .values_list("public_id", flat=True)
            .first()
        )
        journaliser("connexion_refusee", objet=vise)
        return None


def second_facteur_requis(compte: Compte) -> bool:
    """Whether this account must show a second factor: its own choice, or what it may read."""
    return compte.double_facteur_exige or en_service(compte)


def mettre_en_attente(*, request: HttpRequest, compte: Compte, suite: str) -> None:
    """The password was right; the session stays nobody's until the second factor is."""
    request.session.cycle_key()
    request.session[CLE_ATTENTE] = {"compte": compte.pk, "le": maintenant().isoformat(), "suite": suite}


def compte_en_attente(request: HttpRequest) -> tuple[Compte, str] | None:
    """The account whose second factor is awaited, and where it was going; None after ten minutes."""
    attente = request.session.get(CLE_ATTENTE)
    if not attente or maintenant() - datetime.fromisoformat(attente["le"]) > ELEVATION:
        return None
    compte = Compte.objects.filter(pk=attente["compte"], actif=True).first()
    return (compte, attente["suite"]) if compte else None


def compte_de_session_expiree(cle: str) -> Compte | None:
    """Whose session this was, when it has run out by itself less than a day ago; never a revoked one."""
    instant = timezone.now()
    session = (
        Session.objects.filter(
            session_key=cle, expire_date__lte=instant, expire_date__gt=instant - memoire(), compte__actif=True
        )
        .select_related("compte")
        .first()
    )
    return session.compte if session else None


def ouvrir_session(*, request: HttpRequest, compte: Compte, moyen: str) -> None:
    """Sign in: a new session key, the browser's short name, the journal. ``moyen`` is a code."""
    request.session.pop(CLE_ATTENTE, None)
    login(request, compte, backend=MOTEUR)
    request.session[NAVIGATEUR] = navigateur_lisible(request.headers.get("User-Agent", ""))
    request.session[CLE_MOYEN] = moyen
    elever(request)
    with contexte(compte.pk):
        journaliser("connexion", objet=compte.public_id, details={"moyen": moyen})


def ouvrir_session_de_demonstration(*, request: HttpRequest, public_id: UUID) -> Compte:
    """One click, where the database itself says that it is a demonstration; elsewhere, nothing is there."""
    compte = Compte.objects.filter(public_id=public_id, actif=True).first() if est_demonstration() else None
    if compte is None:
        raise Introuvable(public_id)
    ouvrir_session(request=request, compte=compte, moyen=DEMONSTRATION)
    return compte


def fermer_session(*, request: HttpRequest) -> None:
    """Sign out: the row of the session is erased."""
    if request.user.is_authenticated:
        journaliser("deconnexion")
    logout(request)


@commande
def revoquer_session(*, compte: Compte, public_id: UUID) -> None:
    """End one session of one's own account. Raises ``Introuvable``."""
    effacees, _ = Session.objects.filter(compte=compte, public_id=public_id).delete()
    if not effacees:
        raise Introuvable(public_id)
    journaliser("session_revoquee", objet=compte.public_id, details={"nombre": 1})


@commande
def revoquer_sessions(*, compte: Compte, sauf: str | None = None) -> int:
    """End the sessions of an account, but the one whose key is given. Returns how many."""
    effacees, _ = Session.objects.filter(compte=compte).exclude(session_key=sauf or "").delete()
    if effacees:
        journaliser("session_revoquee", objet=compte.public_id, details={"nombre": effacees})
    return effacees


def memoire() -> timedelta:
    """How long the trace of an ended session is kept, to say that it ended."""
    return timedelta(days=entier("conservation.session_jours", aujourd_hui()))


def purger_connexions() -> int:
    """Erase ended sessions, forms past their term, devices never put in service, old counters; how many."""
    limite = timezone.now() - memoire()
    sessions, _ = Session.objects.filter(expire_date__lt=limite).delete()
    saisies, _ = SaisieGardee.objects.filter(expire_le__lt=maintenant()).delete()
    anciens = AppareilDeCodes.objects.filter(confirme=False, cree_le__lt=limite)
    jamais: int = anciens.delete()[0]
    return sessions + saisies + jamais + essais.purger()
