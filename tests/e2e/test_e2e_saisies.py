"""Bad input and bad moments: nothing is lost, nothing is half saved, the page says what to do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.gestes import (
    COORDINATION,
    GROUPE,
    PERSONNE,
    PRINCIPAL,
    inscrire_et_ouvrir,
    ouvrir_le_formulaire,
    preparer_la_seance,
    remplir_le_signalement,
    signaler,
)
from tests.e2e.navigation import Visiteur

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

MEMBRE = "Amélie Roquevert"
FOYER = "document.activeElement.id || document.activeElement.name"


def test_un_formulaire_refuse_mene_a_chaque_champ_et_ne_perd_rien(visiter: Callable[..., Visiteur]) -> None:
    lui = visiter(PRINCIPAL)
    ouvrir_le_formulaire(lui)
    page = lui.page
    page.get_by_label("Nom de naissance").fill("Vauzelle")
    for libelle, valeur in (("Jour", "31"), ("Mois", "2"), ("Année", "2011")):
        page.get_by_label(libelle, exact=True).fill(valeur)
    page.get_by_label("Précision").fill("Sa mère a été hospitalisée pour dépression.")
    page.get_by_label("Fugues").check()
    assert lui.presser("Envoyer au groupe") == 422

    liens = page.locator(".m-erreurs a")
    assert page.evaluate("document.activeElement.className") == "m-erreurs"
    assert "Rien n’a été enregistré" in lui.texte
    assert liens.count() >= 5
    for rang in range(liens.count()):
        cible = (liens.nth(rang).get_attribute("href") or "").removeprefix("#")
        liens.nth(rang).click()
        assert page.evaluate(FOYER) == cible
        assert page.locator(f"[id='{cible}']").is_visible()
    assert page.get_by_label("Nom de naissance").input_value() == "Vauzelle"
    assert page.get_by_label("Jour", exact=True).input_value() == "31"
    assert page.get_by_label("Fugues").is_checked()
    assert "hospitalisée" in page.get_by_label("Précision").input_value()
    assert page.locator(".m-garde mark").count() >= 1
    lui.capturer("refus-de-saisie")
    lui.capturer("garde", sur=".m-garde")


def test_la_garde_parle_pendant_la_frappe(visiter: Callable[..., Visiteur]) -> None:
    lui = visiter(PRINCIPAL)
    ouvrir_le_formulaire(lui)
    lui.page.get_by_label("Précision").fill("Il est suivi par un psychiatre.")
    lui.page.locator(".m-garde").get_by_text("À réécrire avant d’enregistrer").wait_for()


def test_un_membre_retire_pendant_sa_saisie_n_enregistre_rien(visiter: Callable[..., Visiteur]) -> None:
    membre, elle = visiter(MEMBRE), visiter(COORDINATION)
    membre.menu("Signalements")
    membre.suivre("Faire un signalement")
    remplir_le_signalement(membre, nom="Retirée", prenom="Nadège", naissance=("3", "3", "2010"))

    elle.menu("Instances et groupes")
    elle.suivre(GROUPE)
    elle.suivre(f"Mettre fin : {MEMBRE}")
    elle.page.get_by_label("Départ ou changement de fonction").check()
    assert elle.presser("Mettre fin au mandat") == 200

    assert membre.presser("Envoyer au groupe") == 404
    assert "n’existe pas, ou ne vous est pas ouverte" in membre.texte
    elle.menu("Signalements")
    assert "Retirée" not in elle.texte


def test_deux_decisions_sur_un_point_et_deux_clotures_ne_comptent_qu_une_fois(
    visiter: Callable[..., Visiteur],
) -> None:
    elle, ailleurs = visiter(COORDINATION), visiter(COORDINATION)
    signaler(visiter(PRINCIPAL))
    preparer_la_seance(elle)
    inscrire_et_ouvrir(elle)
    seance = elle.chemin

    for fenetre in (elle, ailleurs):
        fenetre.aller(seance)
        fenetre.suivre(f"Décider : {PERSONNE}")
        fenetre.page.get_by_label("Reporter à la prochaine séance").check()
    assert elle.presser("Enregistrer la décision") == 200
    assert ailleurs.presser("Enregistrer la décision") == 409
    assert "déjà" in ailleurs.texte
    ailleurs.capturer("point-deja-decide")

    for fenetre in (elle, ailleurs):
        fenetre.aller(seance)
    while elle.page.get_by_role("link", name="Décider").count():
        elle.page.get_by_role("link", name="Décider").first.click()
        elle.page.get_by_label("Reporter à la prochaine séance").check()
        assert elle.presser("Enregistrer la décision") == 200
        elle.aller(seance)
    ailleurs.aller(seance)
    for fenetre in (elle, ailleurs):
        fenetre.suivre("Clore la séance")
    assert elle.presser("Clore la séance") == 200
    assert ailleurs.presser("Clore la séance") == 409
