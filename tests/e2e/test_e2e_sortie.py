"""Ways out of prison, on screen: one without a day uncovered; one whose gap is shown, then mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.e2e.gestes import COORDINATION
from tests.e2e.navigation import Visiteur, jour

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

SPIP = "Julie Peyrolles"
UN_JOUR = timedelta(days=1)
RELAIS = (
    ("Hébergement", "SIAO"),
    ("Insertion professionnelle", "Mission locale"),
    ("Accès aux soins", "Maison de santé"),
    ("Accès aux droits", "CCAS ou CIAS"),
    ("Soutien à la famille", "Soutien à la parentalité"),
)


def choisir(lui: Visiteur, qui: str) -> None:
    """The first choice of the list whose words say that actor."""
    liste = lui.page.get_by_label("Qui prend le relais")
    mots = [texte for texte in liste.locator("option").all_inner_texts() if texte.startswith(qui)]
    liste.select_option(label=mots[0])


def prevoir(lui: Visiteur, domaine: str, qui: str, le: date) -> None:
    lui.suivre(f"Prévoir un relais : {domaine}")
    choisir(lui, qui)
    lui.page.get_by_label("Premier jour prévu").fill(le.isoformat())
    assert lui.presser("Prévoir le relais") == 200


def ouvrir_une_situation_sans_plan(lui: Visiteur) -> None:
    lui.menu("Situations")
    adresses = lui.page.locator("table tbody th a")
    for rang in range(adresses.count()):
        adresse = adresses.nth(rang).get_attribute("href") or ""
        lui.aller(f"{adresse}sortie/")
        if "Aucun plan de sortie" in lui.texte:
            return
        lui.menu("Situations")
    pytest.fail("Chaque situation de la démonstration a déjà un plan.")


def test_une_sortie_de_prison_sans_un_jour_decouvert(visiter: Callable[..., Visiteur]) -> None:
    lui = visiter(SPIP)
    ouvrir_une_situation_sans_plan(lui)
    lui.suivre("Préparer la sortie")
    lui.page.get_by_label("Établissement pénitentiaire").check()
    fin = jour(45)
    lui.page.get_by_label("Dernier jour de la mesure").fill(fin.isoformat())
    assert lui.presser("Ouvrir le plan") == 200
    assert "Cinq domaines n’ont aucun relais daté" in lui.texte
    for domaine, qui in RELAIS:
        prevoir(lui, domaine, qui, fin + UN_JOUR)
    assert "Aucun jour sans relais après la fin de la mesure" in lui.texte
    assert "sans relais :" not in lui.texte.lower()
    lui.capturer("sortie-sans-trou")


def test_un_trou_est_montre_avant_d_arriver_se_comble_et_disparait(visiter: Callable[..., Visiteur]) -> None:
    elle = visiter(COORDINATION)
    elle.aller("/journee/")
    tache = (
        elle.page.locator("main li").filter(has_text="Trouver un relais pour").filter(has_text="hébergement")
    )
    assert "sans relais" in tache.first.inner_text()
    elle.suivre("Ouvrir le plan", dans=tache.first)
    assert "15 jours sans relais : hébergement" in elle.texte
    elle.capturer("sortie-trou")
    plan = elle.chemin
    fin = jour(35) - UN_JOUR
    a_combler = (
        elle.page.locator("main section")
        .filter(has_text="Sans relais :")
        .filter(has=elle.page.get_by_role("link", name="Modifier : "))
    )
    elle.suivre("Modifier : ", dans=a_combler.first)
    elle.page.get_by_label("Premier jour prévu").fill((fin + UN_JOUR).isoformat())
    assert elle.presser("Enregistrer") == 200
    assert "15 jours sans relais" not in elle.texte
    while "Aucun jour sans relais" not in elle.texte:
        elle.suivre("Modifier : ", dans=a_combler.first)
        elle.page.get_by_label("Premier jour prévu").fill((fin + UN_JOUR).isoformat())
        assert elle.presser("Enregistrer") == 200
    elle.aller("/journee/")
    assert plan not in [
        lien.get_attribute("href")
        for lien in elle.page.locator("main li").filter(has_text="Trouver un relais").locator("a").all()
    ]
