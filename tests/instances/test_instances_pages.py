"""The pages of councils and formations: what each role sees, what a refusal answers."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.instances.navigation import envoyer, lire
from tests.instances.territoires import creer_communes, creer_epci

from maillage.instances.models import (
    Conseil,
    Formation,
    Habilitation,
    Siege,
    Texte,
    VoletConfirme,
)
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db


# --- Lists and pages ---------------------------------------------------------------------------------


def test_the_list_shows_my_councils_and_no_other(entrer):
    ici, ailleurs = f.groupe(), f.groupe(f.conseil(f.AUTRE))
    page = lire(entrer(f.coordonnateur()), "liste")
    assert ici.conseil.nom in page
    assert ici.nom in page
    assert ailleurs.conseil.nom not in page
    assert "/conseils/nouveau/?commune=31555" in page


def test_a_list_of_thirty_groupes_costs_what_one_costs(entrer, django_assert_max_num_queries):
    conseil = f.conseil()
    f.membre(f.groupe(conseil))
    client = entrer(f.coordonnateur())
    lire(client, "liste")
    with django_assert_max_num_queries(17):
        lire(client, "liste")
    for _ in range(30):
        f.membre(f.groupe(conseil))
    with django_assert_max_num_queries(17):
        lire(client, "liste")


def test_hidden_and_absent_are_the_same_page(entrer):
    ailleurs = f.groupe(f.conseil(f.AUTRE))
    client = entrer(f.coordonnateur())
    f.conseil()
    for nom, public_id in (("conseil", ailleurs.conseil.public_id), ("formation", ailleurs.public_id)):
        cachee = lire(client, nom, public_id, statut=404)
        absente = lire(client, nom, uuid.uuid4(), statut=404)
        assert re.sub(r"[0-9a-f-]{36}|csrf\S+ value=\S+", "", cachee) == re.sub(
            r"[0-9a-f-]{36}|csrf\S+ value=\S+", "", absente
        )


def test_the_technical_administrator_and_the_public_enter_no_page_of_the_room(client, entrer):
    groupe = f.groupe()
    assert client.get(reverse("instances:liste")).status_code == 302
    administre = entrer(creer_compte("administrateur_technique"))
    assert administre.get(reverse("instances:liste")).status_code == 403
    assert administre.get(reverse("instances:formation", args=[groupe.public_id])).status_code == 403


def test_the_page_of_a_council_says_what_the_law_asks_of_its_communes(entrer):
    creer_communes({f.COMMUNE: 500_000}, qpv=[f.COMMUNE])
    conseil = f.conseil(obligatoire={"ok": True, "le": "2026-01-05", "motifs": []})
    page = lire(entrer(f.coordonnateur()), "conseil", conseil.public_id)
    assert "Commune 31555" in page
    assert "Obligatoire" in page
    assert "un conseil était obligatoire" in page
    assert "Non confirmé" in page
    assert "Créer un groupe" in page


def test_a_member_sees_the_groupe_without_the_buttons_of_who_keeps_it(entrer):
    groupe = f.groupe()
    membre = f.membre(groupe)
    page = lire(entrer(membre), "formation", groupe.public_id)
    assert membre.nom_complet in page
    assert "Qui lit ce groupe" in page
    assert "Ne lisent pas" in page
    for interdit in ("Donner un siège", "Habiliter un agent", "Mettre fin", "Dissoudre", "Retirer"):
        assert interdit not in page, interdit


def test_the_page_of_a_groupe_names_who_should_sit_with_the_fiches_that_say_so(entrer):
    groupe = f.groupe()
    f.siege(groupe, creer_organisme("SPIP 31", "spip", sensible=True))
    page = lire(entrer(f.coordonnateur()), "formation", groupe.public_id)
    assert "Qui devrait siéger et ne siège pas" in page
    assert "Nom masqué à qui mène une action" in page
    assert "?genre=pjj" in page
    assert "?genre=spip" not in page
    assert re.search(r"Fiches? \d", page)


def test_an_unsigned_member_sees_nothing_but_the_charter_to_sign(entrer):
    groupe = f.groupe()
    autre, membre = f.membre(groupe), f.membre(groupe, signe=False)
    texte = Texte.objects.get()
    client = entrer(membre)
    reponse = client.get(reverse("instances:formation", args=[groupe.public_id]))
    assert reponse.status_code == 302
    assert reponse.url == reverse("instances:signer", args=[texte.public_id])
    page = lire(client, "signer", texte.public_id)
    assert "Chaque membre garde pour lui" in page
    assert autre.nom_complet not in page


# --- Councils, formations, seats ---------------------------------------------------------------------


def test_a_council_is_recorded_from_the_page_of_its_commune(entrer):
    creer_communes({f.COMMUNE: 500_000})
    client = entrer(f.coordonnateur())
    page = client.get(reverse("instances:conseil_nouveau"), {"commune": f.COMMUNE}).content.decode()
    assert "Commune 31555" in page
    assert "Conseil local (CLSPD) : obligatoire." in page
    reponse = envoyer(
        client,
        "conseil_nouveau",
        suite=f"?commune={f.COMMUNE}",
        genre="clspd",
        delibere_le="2026-01-10",
        schema="communal",
    )
    conseil = Conseil.objects.get()
    assert reponse.url == reverse("instances:conseil", args=[conseil.public_id])
    assert conseil.delibere_le == date(2026, 1, 10)


def test_the_form_of_another_commune_is_refused_before_it_is_filled(entrer):
    creer_communes({f.COMMUNE: 500_000, f.AUTRE: 9_000})
    client = entrer(f.coordonnateur(f.AUTRE))
    assert client.get(reverse("instances:conseil_nouveau"), {"commune": f.COMMUNE}).status_code == 403


def test_an_unknown_commune_is_not_found_and_without_one_the_page_asks(entrer):
    client = entrer(f.coordonnateur())
    assert client.get(reverse("instances:conseil_nouveau"), {"commune": "99999"}).status_code == 404
    assert "code Insee" in lire(client, "conseil_nouveau")


def test_a_refused_council_answers_422_with_its_reasons_and_keeps_what_was_typed(entrer):
    creer_communes({f.COMMUNE: 500_000})
    f.conseil()
    reponse = envoyer(
        entrer(f.coordonnateur()),
        "conseil_nouveau",
        suite=f"?commune={f.COMMUNE}",
        genre="clspd",
        delibere_le="2026-01-10",
        schema="communal",
        nom="Conseil bis",
    )
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "conseil_existant" in page
    assert "Un point est à corriger" in page
    assert "Conseil bis" in page
    assert Conseil.objects.count() == 1


def test_an_intercommunal_council_is_recorded_with_the_communes_ticked(entrer):
    creer_communes({f.VOISINE: 6_000, f.AUTRE: 4_000, "31069": 3_000})
    creer_epci("200000001", [f.VOISINE, f.AUTRE, "31069"])
    client = entrer(f.exercer(creer_compte(), "president_epci", "200000001", "epci"))
    envoyer(
        client,
        "conseil_nouveau",
        suite="?epci=200000001",
        genre="cispd",
        delibere_le="2026-01-10",
        schema="intercommunal",
        communes=[f.VOISINE, f.AUTRE],
    )
    assert {c.commune_code for c in Conseil.objects.get().communes.all()} == {f.VOISINE, f.AUTRE}


def test_the_same_form_sent_twice_records_one_council_and_leads_to_it(entrer):
    creer_communes({f.COMMUNE: 500_000})
    client, jeton = entrer(f.coordonnateur()), uuid.uuid4()
    envois = [
        envoyer(
            client,
            "conseil_nouveau",
            suite=f"?commune={f.COMMUNE}",
            jeton=jeton,
            genre="clspd",
            delibere_le="2026-01-10",
            schema="communal",
        )
        for _ in range(2)
    ]
    assert envois[0].url == envois[1].url
    assert Conseil.objects.count() == 1


def test_a_nominative_groupe_is_created_and_a_plenary_never_is_nominative(entrer):
    conseil = f.conseil()
    client = entrer(f.coordonnateur())
    envoyer(
        client,
        "formation_nouvelle",
        conseil.public_id,
        nom="Jeunes",
        theme="groupe_jeunes",
        volet="jeune",
    )
    envoyer(client, "formation_nouvelle", conseil.public_id, suite="?genre=pleniere", volet="jeune")
    assert "Créer la formation restreinte" in lire(client, "conseil", conseil.public_id)
    assert "Créer la formation plénière" not in lire(client, "conseil", conseil.public_id)
    assert envoyer(client, "formation_nouvelle", conseil.public_id, suite="?genre=bal").status_code == 404
    assert dict(Formation.objects.values_list("genre", "regime")) == {
        "groupe": "nominatif",
        "pleniere": "sans_noms",
    }


def test_a_groupe_of_victims_is_refused_until_the_dpo_has_confirmed_it(entrer):
    conseil = f.conseil()
    donnees = {"nom": "Victimes", "theme": "groupe_victimes", "volet": "victime"}
    client = entrer(f.coordonnateur())
    refus = envoyer(client, "formation_nouvelle", conseil.public_id, **donnees)
    assert refus.status_code == 422
    assert "volet_non_confirme" in refus.content.decode()
    assert client.get(reverse("instances:volet", args=[conseil.public_id, "victime"])).status_code == 403
    client = entrer(f.exercer(creer_compte(), "dpo", f.COMMUNE))
    envoyer(client, "volet", conseil.public_id, "victime", analyse_du="2026-01-10")
    assert VoletConfirme.objects.get().volet == "victime"
    envoyer(entrer(f.coordonnateur()), "formation_nouvelle", conseil.public_id, **donnees)
    assert Formation.objects.get().cercle.volet == "victime"


def test_a_seat_is_given_from_a_suggestion_and_taken_back(entrer):
    groupe = f.groupe()
    organisme = creer_organisme("PJJ 31", "pjj", sensible=True)
    client = entrer(f.coordonnateur())
    adresse = reverse("instances:siege_nouveau", args=[groupe.public_id])
    page = client.get(adresse, {"genre": "pjj"}).content.decode()
    assert f'value="{organisme.public_id}" selected' in page
    assert page.index('label="Correspond au siège"') < page.index("PJJ 31") < page.index('label="Autres"')
    envoyer(client, "siege_nouveau", groupe.public_id, organisme=str(organisme.public_id))
    siege = Siege.objects.get()
    envoyer(client, "siege_retirer", siege.public_id)
    assert not Siege.objects.en_vigueur(maintenant()).exists()
    lire(client, "siege_retirer", siege.public_id, statut=404)


def test_the_coordinator_of_another_council_reaches_no_form_here(entrer):
    groupe = f.groupe()
    membre = f.membre(groupe)
    f.groupe(f.conseil(f.AUTRE))
    mandat, siege = Habilitation.objects.get(compte=membre), Siege.objects.get()
    texte = Texte.objects.get(formation=groupe)
    client = entrer(f.coordonnateur(f.AUTRE))
    for nom, args in (
        ("conseil_dissoudre", [groupe.conseil.public_id]),
        ("formation_nouvelle", [groupe.conseil.public_id]),
        ("formation_dissoudre", [groupe.public_id]),
        ("siege_nouveau", [groupe.public_id]),
        ("siege_retirer", [siege.public_id]),
        ("habilitation_nouvelle", [groupe.public_id]),
        ("habilitation_fin", [mandat.public_id]),
        ("habilitation_renouveler", [mandat.public_id]),
        ("texte", [texte.public_id]),
        ("texte_adopter", [texte.public_id]),
    ):
        lire(client, nom, *args, statut=404)
        assert envoyer(client, nom, *args, motif="depart").status_code in (404, 405), nom
    assert Habilitation.objects.get().fin_motif == ""
    assert Siege.objects.get().jusqua is None
