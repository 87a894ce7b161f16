"""Putting a second factor in service, safe from whoever holds another session of the same account.

A device being enrolled belongs to one browser: its token is kept in that browser's session, tied to the
account, serves once and dies after ten minutes. What one browser is shown, another never puts in service:
otherwise whoever knew the password first could leave their own key for its owner to confirm.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from maillage.acteurs.models import AppareilDeCodes, Compte
from maillage.acteurs.rules import ELEVATION
from maillage.acteurs.services import appareils
from maillage.socle.temps import maintenant

CLE: Final = "enrolement"


@dataclass(frozen=True, slots=True)
class Enrolement:
    """A device shown to one browser, and the token its form sends back."""

    jeton: str
    appareil: AppareilDeCodes


def commencer(*, session: SessionBase, compte: Compte) -> Enrolement:
    """The device of this browser for this account: the one already shown, or a new one."""
    en_cours = _lire(session, compte)
    if en_cours is not None:
        return en_cours
    appareil = appareils.poser(compte=compte)
    jeton = secrets.token_urlsafe(32)
    session[CLE] = {
        "jeton": jeton,
        "compte": compte.pk,
        "appareil": appareil.pk,
        "le": maintenant().isoformat(),
    }
    return Enrolement(jeton, appareil)


def retrouver(*, session: SessionBase, compte: Compte, jeton: str) -> AppareilDeCodes | None:
    """The device this form was about, if it is this browser's, this account's, fresh, and not used yet."""
    en_cours = _lire(session, compte)
    if en_cours is None or not constant_time_compare(en_cours.jeton, jeton):
        return None
    return en_cours.appareil


def oublier(*, session: SessionBase) -> None:
    """The token has served."""
    session.pop(CLE, None)


def _lire(session: SessionBase, compte: Compte) -> Enrolement | None:
    lu: Any = session.get(CLE)
    if not lu or lu["compte"] != compte.pk or maintenant() - datetime.fromisoformat(lu["le"]) > ELEVATION:
        return None
    appareil = (
        AppareilDeCodes.objects.filter(pk=lu["appareil"], compte=compte, confirme=False)
        .select_related("compte")
        .first()
    )
    return Enrolement(lu["jeton"], appareil) if appareil else None
