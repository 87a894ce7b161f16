"""Signing in by an OpenID provider: a demand tied to one browser, an identity tied to one account by ``sub``.

An e-mail address never designates an account: it only confirms a link that was already being made.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare

from maillage.acteurs import fournisseur
from maillage.acteurs.models import Compte, IdentiteExterne
from maillage.acteurs.regles_oidc import (
    CONFIRMATION,
    OUVERTURE,
    ReglagesOidc,
    juger_jeton,
)
from maillage.acteurs.rules import ELEVATION
from maillage.droit.api import Force, Motif, Verdict
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande
from maillage.socle.temps import maintenant

CLE: Final = "oidc"
#: The identity token of the session, needed to end it at the provider.
CLE_JETON: Final = "oidc_jeton"
CLE_SORTIE: Final = "oidc_sortie"


def _motif(code: str, texte: str) -> Motif:
    return Motif(code, texte, "Règle de l’application : une identité, un compte", Force.USAGE)


DEMANDE_INCONNUE = _motif(
    "oidc_demande_inconnue",
    "Cette réponse n’est attendue par aucune demande de ce navigateur, ou elle a déjà servi. Recommencez.",
)
REFUSEE_LA_BAS = _motif("oidc_refusee", "Le fournisseur d’identité n’a pas accordé la connexion.")
JETON_INVALIDE = _motif(
    "oidc_jeton_invalide", "La réponse du fournisseur d’identité n’a pas pu être vérifiée."
)
INCONNUE = _motif(
    "oidc_sans_compte",
    "Aucun compte ouvert n’est lié à cette identité. Demandez un lien d’ouverture à la personne qui "
    "administre les comptes ; il vous permettra de la lier.",
)
PRISE = _motif(
    "oidc_deja_liee", "Cette identité est déjà liée à un autre compte, ou ce compte à une autre identité."
)
AUTRE_PERSONNE = _motif("oidc_autre_personne", "Ce n’est pas l’identité liée à ce compte.")
AUTRE_ADRESSE = _motif(
    "oidc_autre_adresse",
    "L’adresse électronique connue du fournisseur d’identité n’est pas celle du compte que ce lien ouvre.",
)
SEUL_MOYEN = _motif(
    "oidc_seul_moyen", "Ce compte n’a pas de mot de passe : sans cette identité, il ne s’ouvrirait plus."
)


@dataclass(frozen=True, slots=True)
class Demande:
    """What this browser asked of the provider, and why."""

    but: str
    nonce: str
    verificateur: str
    retour: str
    suite: str
    compte: int | None
    jeton: str


def reglages() -> ReglagesOidc | None:
    """The provider of this installation, or None."""
    lus: ReglagesOidc | None = getattr(settings, "OIDC", None)
    return lus


def reglages_requis() -> ReglagesOidc:
    """The same, where the page exists only with a provider. Raises ``Introuvable``."""
    lus = reglages()
    if lus is None:
        raise Introuvable()
    return lus


def partir(
    *, session: SessionBase, but: str, retour: str, suite: str, compte: Compte | None = None, jeton: str = ""
) -> str:
    """Note a new demand in this browser's session; returns the provider's address to go to."""
    etat, nonce, verificateur = (secrets.token_urlsafe(48) for _ in range(3))
    adresse = fournisseur.demande(
        reglages_requis(),
        retour=retour,
        etat=etat,
        nonce=nonce,
        verificateur=verificateur,
        redemander=but == CONFIRMATION,
    )
    session[CLE] = {
        "etat": etat,
        "le": maintenant().isoformat(),
        "but": but,
        "nonce": nonce,
        "verificateur": verificateur,
        "retour": retour,
        "suite": suite,
        "compte": compte.pk if compte else None,
        "jeton": jeton,
    }
    return adresse


def recevoir(
    *, session: SessionBase, etat: str, code: str, emetteur: str, erreur: str
) -> tuple[Demande, fournisseur.Reponse]:
    """The demand this answer belongs to, and the verified token. It serves once, whatever follows.

    All that is asked of the network is asked here, outside of any transaction: see ``FederationMiddleware``.
    Raises ``Refus`` (403) for an unknown or stale demand, a refusal there, a wrong token;
    ``FournisseurInjoignable``.
    """
    lue: Any = session.pop(CLE, None)
    if not lue or not constant_time_compare(lue["etat"], etat):
        raise refus(DEMANDE_INCONNUE)
    if maintenant() - datetime.fromisoformat(lue.pop("le")) > ELEVATION:
        raise refus(DEMANDE_INCONNUE)
    lue.pop("etat")
    demande, regles = Demande(**lue), reglages_requis()
    if erreur or not code:
        raise refus(REFUSEE_LA_BAS)
    # RFC 9207: where the provider says who answers, an answer of another is not exchanged.
    attendu = fournisseur.metadonnees(regles).rappelle_l_emetteur
    if (emetteur or attendu) and emetteur != regles.emetteur:
        raise refus(DEMANDE_INCONNUE)
    try:
        reponse = fournisseur.echanger(
            regles, code=code, retour=demande.retour, verificateur=demande.verificateur
        )
    except fournisseur.JetonRefuse:
        raise refus(JETON_INVALIDE) from None
    verdict = juger_jeton(
        reponse.dits,
        reglages=regles,
        nonce=demande.nonce,
        instant=maintenant(),
        fraiche_depuis=ELEVATION if demande.but == CONFIRMATION else None,
    )
    if not verdict.ok:
        raise Refus(verdict, statut=403)
    if demande.but != OUVERTURE:
        return demande, reponse
    try:
        return demande, replace(reponse, courriel=fournisseur.courriel(regles, reponse))
    except fournisseur.JetonRefuse:
        raise refus(JETON_INVALIDE) from None


def refus(motif: Motif) -> Refus:
    return Refus(Verdict.refus([motif]), statut=403)


def compte_de(reponse: fournisseur.Reponse) -> Compte:
    """The open account of that ``sub``. Raises ``Refus``, the same for none and for a closed one."""
    identite = _identites(reponse).filter(compte__actif=True).select_related("compte").first()
    if identite is None:
        raise refus(INCONNUE)
    IdentiteExterne.objects.filter(pk=identite.pk).update(employee_le=maintenant())
    return identite.compte


def confirmer(*, compte: Compte, reponse: fournisseur.Reponse) -> None:
    """Raises ``Refus`` unless it is the identity of this very account that has just answered."""
    if not _identites(reponse).filter(compte=compte).exists():
        raise refus(AUTRE_PERSONNE)


def verifier_l_adresse(*, compte: Compte, reponse: fournisseur.Reponse) -> None:
    """An opening link may have been stolen: the provider must know the address the account was opened for."""
    if reponse.courriel.strip().lower() != compte.courriel:
        raise refus(AUTRE_ADRESSE)


@commande
def lier(*, compte: Compte, reponse: fournisseur.Reponse) -> None:
    """Tie that ``sub`` to the account, for ever. Raises ``Refus`` when either is already tied elsewhere."""
    if _identites(reponse).filter(compte=compte).exists():
        return
    try:
        with transaction.atomic():
            IdentiteExterne.objects.create(
                compte=compte,
                emetteur=reglages_requis().emetteur,
                sub=reponse.dits["sub"],
                liee_le=maintenant(),
            )
    except IntegrityError:
        raise refus(PRISE) from None
    journaliser("identite_externe_liee", objet=compte.public_id)


@commande
def delier(*, compte: Compte) -> None:
    """Untie one's own account. Raises ``Refus`` when nothing else would open it."""
    if not compte.has_usable_password():
        raise Refus(Verdict.refus([SEUL_MOYEN]), objet=compte.public_id)
    effacees, _ = IdentiteExterne.objects.filter(compte=compte).delete()
    if not effacees:
        raise Introuvable(compte.public_id)
    journaliser("identite_externe_deliee", objet=compte.public_id)


def oublier(*, compte: Compte) -> None:
    """Untie an account whose ways in are all taken back."""
    with contexte(compte.pk):
        IdentiteExterne.objects.filter(compte=compte).delete()


def identite_de(compte: Compte) -> IdentiteExterne | None:
    """The identity tied to the account at the provider of today."""
    regles = reglages()
    if regles is None:
        return None
    return IdentiteExterne.objects.filter(compte=compte, emetteur=regles.emetteur).first()


def _identites(reponse: fournisseur.Reponse) -> QuerySet[IdentiteExterne]:
    return IdentiteExterne.objects.filter(emetteur=reglages_requis().emetteur, sub=reponse.dits["sub"])
