"""An account from its opening to its key, in a real browser with a virtual authenticator (CDP WebAuthn)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.e2e.navigation import Visiteur

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

ADMINISTRATION, PERSONNE = "Thomas Rieumes", "Marc Delvigne"
MOT_DE_PASSE = "Genevrier-Lent-58"
CLE_USB: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def brancher(page: Page) -> Callable[[], None]:
    """Plug a key in; the result unplugs it."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    branchee = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": CLE_USB})["authenticatorId"]
    return lambda: cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": branchee}) and None


def lien_d_ouverture(visiter: Callable[..., Visiteur]) -> str:
    lui = visiter(ADMINISTRATION)
    lui.menu("Comptes")
    lui.page.get_by_label("Nom ou adresse électronique").fill("Delvigne")
    lui.presser("Chercher")
    lui.suivre("Delvigne Marc")
    assert lui.presser("Donner un lien") == 200
    return lui.page.locator("main code").inner_text()


def se_connecter(elle: Visiteur, courriel: str) -> int:
    elle.aller("/connexion/")
    elle.page.get_by_label("Adresse électronique professionnelle").fill(courriel)
    elle.page.get_by_label("Mot de passe", exact=True).fill(MOT_DE_PASSE)
    return elle.presser("Se connecter")


def test_une_cle_d_acces_s_enregistre_ouvre_la_session_et_se_retire(
    visiter: Callable[..., Visiteur], site: Any
) -> None:
    lien = lien_d_ouverture(visiter)
    ((courriel,),) = site.lire("SELECT courriel FROM acteurs_compte WHERE nom = 'Delvigne'")
    elle = visiter()
    # Ten codes are digested slowly on purpose, and a busy machine takes longer still.
    elle.contexte.set_default_timeout(30_000)
    # A key is tied to a name: an address in figures has none.
    elle.adresse = site.adresse.replace("127.0.0.1", "localhost")
    elle.page.goto(lien.replace("127.0.0.1", "localhost"))
    page = elle.page
    page.get_by_label("Nouveau mot de passe").fill("Soleil-2026")
    page.get_by_label("Le même, encore une fois").fill("Soleil-2026")
    assert elle.presser("Enregistrer") == 422
    assert "il en faut 80" in elle.texte
    assert "divulgués" in elle.texte
    page.get_by_label("Nouveau mot de passe").fill(MOT_DE_PASSE)
    page.get_by_label("Le même, encore une fois").fill(MOT_DE_PASSE)
    assert elle.presser("Enregistrer") == 200
    assert se_connecter(elle, courriel) == 200

    debrancher = brancher(page)
    elle.aller("/compte/")
    elle.suivre("Ajouter une clé")
    page.get_by_label("Nom de la clé").fill("Clé du bureau")
    assert elle.presser("Enregistrer cette clé") == 200
    assert page.locator("main code").count() == 10
    secours = page.locator("main code").first.inner_text()
    elle.capturer("codes-de-secours")
    elle.suivre("Je les ai gardés")
    assert "Clé du bureau" in elle.texte
    assert "10 codes restants" in elle.texte.replace("\u00a0", " ")
    elle.capturer("mon-compte-acces", sur="#sessions")

    elle.presser("Se déconnecter")
    assert se_connecter(elle, courriel) == 200
    assert elle.titre == "Second facteur"
    elle.capturer("second-facteur")
    assert elle.presser("Présenter ma clé") == 200
    elle.aller("/compte/")
    assert "Mot de passe et clé" in elle.texte

    # The key is no longer there: the page says so, and a recovery code opens, once.
    debrancher()
    elle.presser("Se déconnecter")
    brancher(page)
    se_connecter(elle, courriel)
    page.get_by_role("button", name="Présenter ma clé").click()
    page.get_by_text("La clé n’a pas répondu").wait_for()
    elle.suivre("employez un code de secours")
    page.get_by_label("Code de secours").fill(secours.lower())
    assert elle.presser("Continuer") == 200
    assert "mettez-en un autre en place" in elle.texte
    elle.aller("/compte/")
    assert elle.presser("Retirer la clé Clé du bureau") == 200
    assert "La clé est retirée" in elle.texte


def test_une_session_fermee_ailleurs_ne_fait_plus_rien_a_sa_prochaine_demande(
    visiter: Callable[..., Visiteur],
) -> None:
    ici, ailleurs = visiter(PERSONNE), visiter(PERSONNE)
    ici.aller("/compte/")
    assert "Cette session" in ici.texte
    assert ici.presser("Fermer toutes les autres sessions") == 200
    ailleurs.aller("/compte/")
    assert ailleurs.chemin.startswith("/connexion/")
    ici.aller("/compte/")
    assert ici.chemin == "/compte/"
