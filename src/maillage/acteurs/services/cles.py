"""WebAuthn keys as a second factor: register, prove, take away.

The challenge lives in the session of the browser it was given to, tied to the account and to what it is
for. It serves once and five minutes. The key signs the site's own name: an imitation gets nothing.
"""

import ipaddress
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from maillage.acteurs.models import CleDAcces, Compte
from maillage.acteurs.services import essais
from maillage.droit.api import Force, Motif, Verdict
from maillage.socle.contexte import contexte
from maillage.socle.journal import journaliser
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.services import commande
from maillage.socle.temps import maintenant

CLE: Final = "defi_webauthn"
CREATION, CONNEXION, CONFIRMATION = "creation", "connexion", "confirmation"
DUREE: Final = timedelta(minutes=5)
#: Nobody carries more; a list without end would hide the key somebody else added.
CLES_AU_PLUS: Final = 10
#: Longer than any key's answer; beyond, nothing is parsed.
REPONSE_MAXIMALE: Final = 20_000
FAUTES = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError)

TROP_DE_CLES = Motif(
    code="trop_de_cles",
    texte=f"Ce compte a déjà {CLES_AU_PLUS} clés : retirez-en une qui ne sert plus.",
    base_legale="Règle de l’application",
    force=Force.USAGE,
)
CLE_DEJA_CONNUE = Motif(
    code="cle_deja_connue",
    texte="Cette clé est déjà enregistrée.",
    base_legale="Règle de l’application : une clé, un compte",
    force=Force.USAGE,
)
REPONSE_REFUSEE = Motif(
    code="reponse_de_cle_refusee",
    texte="La clé n’a pas répondu à cette demande, ou trop tard. Recommencez.",
    base_legale="Règle de l’application : une demande sert une fois, cinq minutes, à ce site",
    force=Force.USAGE,
)
DERNIER_SECOND_FACTEUR = Motif(
    code="dernier_second_facteur",
    texte="C’est le seul second facteur de ce compte, qui doit en avoir un : "
    "mettez-en un autre en place d’abord.",
    base_legale="Délibération CNIL n° 2022-100 ; règle de l’application",
    force=Force.DOCTRINE,
)


@dataclass(frozen=True, slots=True)
class Site:
    """The site as a key knows it: its name, and the origin of its pages."""

    nom: str
    origine: str


def site_de(request: HttpRequest) -> Site | None:
    """The site this request came to; None where no key can work (an address in figures)."""
    hote = request.get_host()
    nom = hote.rsplit(":", 1)[0] if not hote.endswith("]") else hote
    try:
        ipaddress.ip_address(nom.strip("[]"))
    except ValueError:
        return Site(nom, f"{request.scheme}://{hote}")
    return None


def cles_de(compte: Compte) -> list[CleDAcces]:
    """The keys of an account, the first registered first."""
    return list(CleDAcces.objects.filter(compte=compte).order_by("cree_le", "pk"))


def demande_de_creation(*, request: HttpRequest, site: Site, compte: Compte) -> str:
    """What the browser is asked in order to register a key, as JSON."""
    options = generate_registration_options(
        rp_id=site.nom,
        rp_name="Maillage",
        user_id=compte.public_id.bytes,
        user_name=compte.courriel,
        user_display_name=compte.nom_complet,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descripteurs(compte),
    )
    return _poser(request, compte, CREATION, options)


def demande_de_preuve(*, request: HttpRequest, site: Site, compte: Compte, usage: str) -> str:
    """What the browser is asked in order to prove that one of the account's keys is there, as JSON."""
    options = generate_authentication_options(
        rp_id=site.nom,
        allow_credentials=_descripteurs(compte),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return _poser(request, compte, usage, options)


def enregistrer(*, request: HttpRequest, compte: Compte, nom: str, reponse: str) -> CleDAcces:
    """Register the key that answered. Raises ``Refus``: wrong or stale answer, known key, too many."""
    site, defi = site_de(request), _reprendre(request, compte, CREATION)
    if site is None or defi is None or len(reponse) > REPONSE_MAXIMALE:
        raise Refus(Verdict.refus([REPONSE_REFUSEE]), objet=compte.public_id)
    try:
        lue = verify_registration_response(
            credential=reponse,
            expected_challenge=defi,
            expected_rp_id=site.nom,
            expected_origin=site.origine,
        )
    except FAUTES:
        raise Refus(Verdict.refus([REPONSE_REFUSEE]), objet=compte.public_id) from None
    with contexte(compte.pk):
        return _ajouter(
            compte=compte,
            nom=nom,
            identifiant=lue.credential_id,
            cle_publique=lue.credential_public_key,
            compteur=lue.sign_count,
            synchronisee=lue.credential_backed_up,
        )


@commande
def _ajouter(*, compte: Compte, nom: str, identifiant: bytes, **valeurs: Any) -> CleDAcces:
    if CleDAcces.objects.filter(compte=compte).count() >= CLES_AU_PLUS:
        raise Refus(Verdict.refus([TROP_DE_CLES]), objet=compte.public_id)
    try:
        with transaction.atomic():
            cle = CleDAcces.objects.create(
                compte=compte, nom=nom, identifiant=identifiant, cree_le=maintenant(), **valeurs
            )
    except IntegrityError:
        raise Refus(Verdict.refus([CLE_DEJA_CONNUE]), objet=compte.public_id) from None
    journaliser("cle_ajoutee", objet=compte.public_id)
    return cle


def prouver(*, request: HttpRequest, compte: Compte, reponse: str, usage: str, adresse: str) -> bool:
    """Whether one of the account's keys answered this very demand. Failures slow down like wrong codes."""
    defi, site = _reprendre(request, compte, usage), site_de(request)
    if essais.bloque(compte.courriel, adresse):
        return False
    if defi is not None and site is not None and _repond(compte, site, defi, reponse):
        essais.oublier(compte.courriel)
        return True
    essais.compter_echec(courriel=compte.courriel, adresse=adresse)
    journaliser("second_facteur_refuse", objet=compte.public_id, details={"moyen": "cle"})
    return False


def _repond(compte: Compte, site: Site, defi: bytes, reponse: str) -> bool:
    """Verify the signature, then note the use; a counter that goes back is a copied key, and is refused."""
    if len(reponse) > REPONSE_MAXIMALE:
        return False
    try:
        identifiant = base64url_to_bytes(str(json.loads(reponse)["rawId"]))
        cle = CleDAcces.objects.filter(compte=compte, identifiant=identifiant).first()
        if cle is None:
            return False
        lue = verify_authentication_response(
            credential=reponse,
            expected_challenge=defi,
            expected_rp_id=site.nom,
            expected_origin=site.origine,
            credential_public_key=bytes(cle.cle_publique),
            credential_current_sign_count=cle.compteur,
        )
    except FAUTES:
        return False
    suivie = CleDAcces.objects.filter(pk=cle.pk, compteur=cle.compteur)
    return bool(suivie.update(compteur=lue.new_sign_count, employee_le=maintenant()))


@commande
def retirer(*, compte: Compte, public_id: UUID, reste_un_facteur: bool) -> None:
    """Take one of one's own keys away. Raises ``Introuvable``; ``Refus`` for the last factor required."""
    cle = CleDAcces.objects.filter(compte=compte, public_id=public_id).first()
    if cle is None:
        raise Introuvable(public_id)
    seule = not reste_un_facteur and CleDAcces.objects.filter(compte=compte).count() == 1
    if seule and compte.double_facteur_exige:
        raise Refus(Verdict.refus([DERNIER_SECOND_FACTEUR]), objet=compte.public_id)
    CleDAcces.objects.filter(pk=cle.pk).delete()
    journaliser("cle_retiree", objet=compte.public_id)


def _descripteurs(compte: Compte) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(cle.identifiant)) for cle in cles_de(compte)]


def _poser(request: HttpRequest, compte: Compte, usage: str, options: Any) -> str:
    request.session[CLE] = {
        "defi": bytes_to_base64url(options.challenge),
        "compte": compte.pk,
        "usage": usage,
        "le": maintenant().isoformat(),
    }
    return options_to_json(options)


def _reprendre(request: HttpRequest, compte: Compte, usage: str) -> bytes | None:
    """The challenge given to this browser, taken out of its session: whatever follows, it has served."""
    lu: Any = request.session.pop(CLE, None)
    if not lu or lu["compte"] != compte.pk or lu["usage"] != usage:
        return None
    if maintenant() - datetime.fromisoformat(lu["le"]) > DUREE:
        return None
    return base64url_to_bytes(lu["defi"])
