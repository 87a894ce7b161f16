"""A session in plain words: which device, by what proof, when it was last used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localtime

from maillage.acteurs import selectors
from maillage.acteurs.models import Compte, Session
from maillage.acteurs.regles_sessions import PAS_DE_VUE
from maillage.interface.typographie import accord, date_longue, heure

#: How the session was opened, by the code its sign-in left.
MOYENS: Final[Mapping[str, str]] = {
    "mot_de_passe": "Mot de passe",
    "second_facteur": "Mot de passe et code",
    "cle": "Mot de passe et clé",
    "code_de_secours": "Mot de passe et code de secours",
    "oidc": "ProConnect",
    "demonstration": "Un clic (démonstration)",
}
TELEPHONES: Final = ("Android", "iPhone")


@dataclass(frozen=True, slots=True)
class LigneDeSession:
    """What its owner recognises it by."""

    session: Session
    ici: bool
    appareil: str
    moyen: str
    vue: str


def appareil_lisible(navigateur: str) -> str:
    """« Firefox sur un ordinateur Windows », from the short name kept with the session."""
    nom, _, systeme = navigateur.partition(", ")
    if not nom or nom == "Navigateur inconnu":
        return "Appareil inconnu"
    if not systeme:
        return nom
    if systeme == "iPad":
        return f"{nom} sur une tablette iPad"
    genre = "téléphone" if systeme in TELEPHONES else "ordinateur"
    return f"{nom} sur un {genre} {systeme}"


def il_y_a(avant: datetime, instant: datetime) -> str:
    """« il y a 20 minutes »; the use is noted every five minutes, so below that it is now."""
    ecart = max(instant - avant, timedelta())
    if ecart <= PAS_DE_VUE:
        return "à l’instant"
    if ecart < timedelta(hours=1):
        return f"il y a {accord(int(ecart.total_seconds() // 60), 'minute,minutes')}"
    if ecart < timedelta(hours=12):
        return f"il y a {accord(int(ecart.total_seconds() // 3600), 'heure,heures')}"
    ici = localtime(avant)
    return f"le {date_longue(ici.date())}, {heure(ici)}"


def lignes(compte: Compte, *, courante: str | None, instant: datetime) -> list[LigneDeSession]:
    """The open sessions of an account, this one first."""
    lues = [
        LigneDeSession(
            session=session,
            ici=session.session_key == courante,
            appareil=appareil_lisible(session.navigateur),
            moyen=MOYENS.get(str(session.get_decoded().get("moyen_de_connexion", "")), ""),
            vue=il_y_a(session.vue_le, instant) if session.vue_le else "",
        )
        for session in selectors.sessions_de(compte, instant=instant)
    ]
    return sorted(lues, key=lambda ligne: not ligne.ici)
