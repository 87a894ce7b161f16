"""The guard while typing: the same words as after sending, at an address of its own."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import signaler, un_groupe

pytestmark = pytest.mark.django_db


@pytest.fixture
def membre():
    client = Client()
    client.force_login(un_groupe().coordonnatrice)
    return client


def test_un_mot_secret_est_cite_avec_ce_qu_il_faut_ecrire(membre):
    reponse = membre.post(reverse("situations:garde"), {"texte": "Il a été hospitalisé en mars."})
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert "<mark>hospitalisé</mark>" in page
    assert "À réécrire avant d’enregistrer." in page


def test_un_conseil_n_est_dit_qu_une_fois_pour_les_mots_de_la_meme_regle(membre):
    texte = "Il a été hospitalisé, puis hospitalisé de nouveau ; suivi en psychiatrie."
    page = membre.post(reverse("situations:garde"), {"texte": texte}).content.decode()
    assert page.count("Dites ce qui est à faire, sans cause médicale") == 1
    assert page.count("<mark>") == 2


def test_un_texte_permis_ne_montre_rien(membre):
    reponse = membre.post(reverse("situations:garde"), {"texte": "Absent six demi-journées en novembre."})
    assert reponse.content.decode().strip() == ""


def test_le_champ_mene_a_cette_adresse(visite_du_formulaire):
    assert f'data-garde="{reverse("situations:garde")}"' in visite_du_formulaire


def test_le_nombre_de_lecteurs_est_dit_dans_l_en_tete(visite_du_formulaire):
    assert re.search(r"Confidentielle, \d+\s(lecteurs|lecteur)", visite_du_formulaire)


@pytest.fixture
def visite_du_formulaire():
    ici = un_groupe()
    signaler(ici)
    client = Client()
    client.force_login(ici.coordonnatrice)
    return client.get(reverse("situations:signaler", args=[ici.cercle])).content.decode()
