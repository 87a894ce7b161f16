"""Light or dark, and the way out."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from maillage.interface import affichage
from maillage.interface.views import SITE_NEUTRE

pytestmark = pytest.mark.django_db


def test_le_choix_de_l_affichage_est_retenu_et_ramene_a_la_page(client: Client) -> None:
    reponse = client.post("/affichage/", {"theme": "sombre", "suite": "/composants/?a=1"})
    assert reponse.status_code == 303
    assert reponse["Location"] == "/composants/?a=1"
    assert reponse.cookies[affichage.TEMOIN].value == "sombre"
    assert reponse.cookies[affichage.TEMOIN]["httponly"]
    assert 'data-theme="sombre"' in client.get("/composants/").content.decode()


@pytest.mark.parametrize(
    "suite", ["https://ailleurs.example/", "//ailleurs.example", "javascript:alert(1)", ""]
)
def test_on_ne_part_pas_ailleurs_par_l_affichage(client: Client, suite: str) -> None:
    assert client.post("/affichage/", {"theme": "clair", "suite": suite})["Location"] == "/"


def test_un_affichage_inconnu_n_est_pas_retenu(client: Client) -> None:
    reponse = client.post("/affichage/", {"theme": "<b>", "suite": "/"})
    assert affichage.TEMOIN not in reponse.cookies


def test_l_affichage_ne_se_change_pas_par_une_adresse(client: Client) -> None:
    assert client.get("/affichage/").status_code == 405


def test_un_temoin_trafique_compte_comme_aucun_choix() -> None:
    requete = RequestFactory().get("/")
    requete.COOKIES[affichage.TEMOIN] = '"><script>'
    assert affichage.theme_choisi(requete) == affichage.AUTOMATIQUE


def test_quitter_ferme_la_session_et_n_en_dit_rien(client: Client) -> None:
    reponse = client.get("/quitter/")
    assert reponse.status_code == 303
    assert reponse["Location"] == SITE_NEUTRE
    assert "cookies" in reponse["Clear-Site-Data"]
    assert reponse["Referrer-Policy"] == "no-referrer"
    assert reponse["Cache-Control"] == "no-store"
