"""What surrounds a page: where it stands, what waits for this person, in a constant number of queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.instances import fabriques as f
from tests.parcours.decor_orientations import un_decor
from tests.situations.fabriques import signaler, un_groupe, une_situation

from maillage.projet import contexte_pages
from maillage.situations import selectors
from maillage.situations.models import Situation
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


def page(client, compte, adresse: str, statut: int = 200) -> str:
    client.force_login(compte)
    reponse = client.get(adresse)
    assert reponse.status_code == statut, adresse
    return " ".join(reponse.content.decode().split())


def tete(html: str) -> str:
    """What the head of the page names: the groupe or the council, and the council of the groupe."""
    trouve = re.search(r'<p class="m-instance"><strong>(.*?)</strong>(.*?)</p>', html)
    return "|".join(trouve.groups()) if trouve else ""


def compteurs(html: str) -> dict[str, str]:
    """Number and unit beside each entry of the menu that has one."""
    entrees = re.findall(
        r'</svg> ([^<]+?) <span class="m-compteur">([^<]+)<span class="visually-hidden"> ([^<]+)</span>', html
    )
    return {libelle: f"{nombre} {unite}" for libelle, nombre, unite in entrees}


# -- where the page stands --------------------------------------------------------------------------


def test_the_head_names_the_groupe_then_its_council(client):
    ici = un_groupe(nom="Groupe Jeunesse")
    situation, signalement = une_situation(ici), signaler(ici)
    conseil = ici.formation.conseil.nom
    for adresse in (
        reverse("instances:formation", args=[ici.formation.public_id]),
        reverse("situations:situation", args=[situation.public_id]),
        reverse("situations:signalement", args=[signalement.public_id]),
        reverse("situations:signaler", args=[ici.cercle]),
        reverse("situations:contact", args=[situation.public_id]),
    ):
        assert tete(page(client, ici.coordonnatrice, adresse)) == f"Groupe Jeunesse|{conseil}", adresse


def test_the_page_of_a_council_names_it_alone(client):
    conseil = f.conseil()
    html = page(client, f.coordonnateur(), reverse("instances:conseil", args=[conseil.public_id]))
    assert tete(html) == f"{conseil.nom}|"


def test_a_page_of_several_groupes_names_none_and_nothing_is_kept_from_the_page_before(client):
    ici = un_groupe()
    page(client, ici.coordonnatrice, reverse("instances:formation", args=[ici.formation.public_id]))
    for route in ("instances:liste", "acteurs:organismes", "pilotage:journee"):
        assert tete(page(client, ici.coordonnatrice, reverse(route))) == ""


def test_a_hidden_groupe_is_never_named_by_the_page_that_hides_it(client):
    ici = un_groupe(nom="Groupe Caché")
    ailleurs = f.coordonnateur(f.AUTRE)
    adresse = reverse("instances:formation", args=[ici.formation.public_id])
    html = page(client, ailleurs, adresse, statut=404)
    assert tete(html) == ""
    assert "Groupe Caché" not in html


# -- what waits for this person -----------------------------------------------------------------------


def revoir_hier(*situations: Situation) -> None:
    with en_maintenance():
        Situation.objects.filter(pk__in=[s.pk for s in situations]).update(
            revue_le=aujourd_hui() - timedelta(days=1)
        )


def test_the_coordinator_counts_what_waits_for_the_groupe_and_a_member_does_not(client):
    ici = un_groupe()
    revoir_hier(une_situation(ici), une_situation(ici))
    une_situation(ici)
    signaler(ici)
    attendu = {"Signalements": "1 à examiner", "Situations": "2 à revoir"}
    assert compteurs(page(client, ici.coordonnatrice, "/seances/")) == attendu
    assert compteurs(page(client, ici.membre, "/seances/")) == {}


def test_another_groupe_is_never_counted(client):
    ici, ailleurs = un_groupe(), un_groupe()
    revoir_hier(une_situation(ailleurs))
    signaler(ailleurs)
    assert compteurs(page(client, ici.coordonnatrice, "/seances/")) == {}


def test_a_charter_to_sign_is_counted_until_it_is_signed(client):
    groupe = f.groupe()
    compte = f.membre(groupe, signe=False)
    assert compteurs(page(client, compte, "/seances/")) == {"Membres et chartes": "1 à signer"}
    f.signer(compte, groupe)
    assert compteurs(page(client, compte, "/seances/")) == {}


def test_a_count_stops_at_its_cap_and_says_so(client, monkeypatch):
    ici = un_groupe()
    for _ in range(3):
        signaler(ici)
    monkeypatch.setattr("maillage.situations.compteurs.PLAFOND", 2)
    html = page(client, ici.coordonnatrice, "/seances/")
    assert compteurs(html)["Signalements"] == "plus de 2 à examiner"
    assert selectors.PLAFOND == 100


def test_the_head_and_the_menu_cost_two_queries_whatever_waits():
    ici = un_groupe()
    cout = []
    for _ in range(2):
        with contexte(ici.coordonnatrice.pk), CaptureQueriesContext(connection) as requetes:
            contexte_pages.compteurs()
        cout.append(len(requetes))
        for _ in range(4):
            signaler(ici)
            revoir_hier(une_situation(ici))
    assert cout == [2, 2]


def test_who_is_habilitated_nowhere_pays_one_query_and_nobody_none():
    compte = creer_compte("membre")
    with contexte(compte.pk), CaptureQueriesContext(connection) as requetes:
        contexte_pages.compteurs()
    assert len(requetes) == 1
    with contexte(None), CaptureQueriesContext(connection) as requetes:
        assert contexte_pages.compteurs() == {}
    assert len(requetes) == 0


# -- entries that depend on what the account holds --------------------------------------------------


def test_mes_accueils_is_offered_to_who_receives_people_and_to_nobody_else(client):
    decor = un_decor()
    attendu = reverse("orientations:accueils")
    assert f'href="{attendu}"' in page(client, decor.prestataire, attendu)
    for compte in (decor.referent, decor.groupe.coordonnatrice):
        assert f'href="{attendu}"' not in page(client, compte, "/seances/")


def test_the_condition_of_an_entry_asks_nothing_more_of_the_base(client, monkeypatch):
    decor = un_decor()
    client.force_login(decor.prestataire)
    client.get("/puis-je/")
    with CaptureQueriesContext(connection) as avec:
        client.get("/puis-je/")
    monkeypatch.setattr(contexte_pages, "attaches", lambda mandats: frozenset({"accueille"}))
    with CaptureQueriesContext(connection) as sans:
        client.get("/puis-je/")
    assert len(avec) == len(sans)
