"""A slip taken back, and two persons who write the same thing: nothing is lost, nothing stays by mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.e2e.navigation import TELEPHONE, Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

COORDINATION, REFERENTE, MEMBRE = "Hélène Olivet", "Sonia Marquefave", "Marc Delvigne"


def premiere_situation(visiteur: Visiteur) -> str:
    """The address of a file of the groupe, opened from the list."""
    visiteur.menu("Situations")
    visiteur.page.locator("main .m-table tbody th a").first.click()
    visiteur.page.locator("#elements").wait_for()
    return visiteur.chemin


def noter_un_contact(elle: Visiteur) -> None:
    elle.suivre("Noter un contact")
    for question in ("Comment", "Avec qui", "Suite"):
        elle.page.get_by_role("group", name=question).get_by_role("radio").first.check()
    elle.page.get_by_label("Durée").select_option(label="1 h 30")
    assert elle.presser("Noter le contact") == 200


def test_un_contact_note_par_erreur_se_retire_sans_script_et_disparait_pour_tous(
    visiter: Callable[..., Visiteur],
) -> None:
    elle = visiter(REFERENTE, ecran=TELEPHONE, java_script_enabled=False)
    dossier = premiere_situation(elle)
    noter_un_contact(elle)
    assert "Noté par erreur ? Retirer" in elle.texte
    collegue = visiter(MEMBRE)
    collegue.aller(dossier)
    avant = collegue.texte.count("Durée : 90 min")
    assert avant >= 1
    assert "Noté par erreur" not in collegue.texte

    elle.suivre("Retirer : contact")
    assert "s’efface pour tout le monde" in elle.texte
    elle.capturer("retirer")
    assert elle.presser("Retirer", exact=True) == 200
    assert elle.chemin == dossier
    assert "Retiré. Plus personne ne le lit." in elle.texte
    assert "Noté par erreur" not in elle.texte
    collegue.aller(dossier)
    assert collegue.texte.count("Durée : 90 min") == avant - 1


def test_un_element_et_un_objectif_se_retirent_du_meme_geste(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(REFERENTE)
    premiere_situation(elle)
    elle.suivre("Poser un objectif")
    elle.page.get_by_label("Objectif").fill("Objectif posé sur le mauvais dossier")
    elle.page.get_by_label("Domaine").select_option(index=1)
    elle.page.get_by_label("À atteindre avant le").fill(jour(30).isoformat())
    assert elle.presser("Poser l’objectif") == 200
    elle.suivre("Retirer : Objectif posé sur le mauvais dossier")
    assert elle.presser("Retirer", exact=True) == 200
    assert "mauvais dossier" not in elle.texte


def test_deux_corrections_simultanees_se_montrent_cote_a_cote(visiter: Callable[..., Visiteur]) -> None:
    elle, lui = visiter(COORDINATION), visiter(MEMBRE)
    dossier = premiere_situation(elle)
    lui.aller(dossier)
    for visiteur in (elle, lui):
        visiteur.suivre("Corriger")
    elle.page.get_by_label("Téléphone").first.fill("05 61 00 00 01")
    assert elle.presser("Enregistrer la correction") == 200
    lui.page.get_by_label("Téléphone").first.fill("05 61 00 00 02")
    assert lui.presser("Enregistrer la correction") == 409
    assert "Quelqu’un d’autre a écrit avant vous" in lui.texte
    assert "Enregistré entre-temps" in lui.texte
    lui.capturer("modification-perimee", sur=":text('Enregistré entre-temps')")
    assert lui.presser("Enregistrer la correction") == 200
    assert "05 61 00 00 02" in lui.texte
