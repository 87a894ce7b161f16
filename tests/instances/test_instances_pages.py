"""The pages: what each role sees, what each form accepts, what a refusal answers."""

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.instances.territoires import creer_communes, creer_epci

from maillage.instances.models import (
    Conseil,
    Formation,
    Habilitation,
    Siege,
    Signature,
    Texte,
    VoletConfirme,
)
from maillage.socle.temps import maintenant

pytestmark = pytest.mark.django_db

PROPOSITION = "Chaque membre garde pour lui ce qui se dit ici, et le rappelle à ceux qui l’oublieraient."


@pytest.fixture
def entrer(client):
    """Sign in as an account, with a proof of identity of the last minutes."""

    def _entrer(compte):
        client.force_login(compte)
        session = client.session
        session["eleve_le"] = maintenant().isoformat()
        session.save()
        return client

    return _entrer


def lire(client, nom, *args, statut=200, **kwargs) -> str:
    reponse = client.get(reverse(f"instances:{nom}", args=args), kwargs)
    assert reponse.status_code == statut, reponse.content.decode()[:600]
    return reponse.content.decode()


def envoyer(client, page, /, *args, **donnees):
    jeton = donnees.pop("jeton", uuid.uuid4())
    adresse = reverse(f"instances:{page}", args=args) + donnees.pop("suite", "")
    return client.post(adresse, {"jeton": str(jeton), **donnees})


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
    with django_assert_max_num_queries(16):
        lire(client, "liste")
    for _ in range(30):
        f.membre(f.groupe(conseil))
    with django_assert_max_num_queries(16):
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


# --- Charters ----------------------------------------------------------------------------------------


def test_signing_needs_the_box_then_opens_the_groupe(entrer):
    groupe = f.groupe()
    membre = f.membre(groupe, signe=False)
    texte = Texte.objects.get()
    client = entrer(membre)
    assert "À signer" in lire(client, "chartes")
    refus = envoyer(client, "signer", texte.public_id)
    assert refus.status_code == 422
    assert "Cochez la case" in refus.content.decode()
    assert not Signature.objects.filter(compte=membre).exists()
    assert envoyer(client, "signer", texte.public_id, lu="on").status_code == 302
    assert "Qui lit ce groupe" in lire(client, "formation", groupe.public_id)
    lire(client, "signer", texte.public_id, statut=404)


def test_a_charter_of_another_groupe_is_not_mine_to_sign(entrer):
    groupe = f.groupe()
    texte = Texte.objects.get()
    ailleurs = f.membre(f.groupe(f.conseil(f.AUTRE)))
    client = entrer(ailleurs)
    lire(client, "signer", texte.public_id, statut=404)
    assert envoyer(client, "signer", texte.public_id, lu="on").status_code == 404
    assert Signature.objects.filter(texte__formation=groupe).count() == 0


def test_a_member_proposes_and_the_coordinator_records_the_adoption(entrer):
    groupe = f.groupe()
    membre = f.membre(groupe)
    client = entrer(membre)
    assert "Chaque membre garde" in lire(client, "texte_proposer", groupe.public_id, "charte")
    reponse = envoyer(client, "texte_proposer", groupe.public_id, "charte", contenu=PROPOSITION)
    texte = Texte.objects.get(etat="propose")
    assert reponse.url == reverse("instances:texte", args=[texte.public_id])
    assert "Enregistrer l’adoption" not in lire(client, "texte", texte.public_id)
    client = entrer(f.coordonnateur())
    page = lire(client, "texte_adopter", texte.public_id)
    assert membre.nom_complet in page  # who stops reading until they sign again
    refus = envoyer(client, "texte_adopter", texte.public_id, delibere_le="2999-01-01")
    assert refus.status_code == 422
    assert "deliberation_a_venir" in refus.content.decode()
    envoyer(client, "texte_adopter", texte.public_id, delibere_le="2026-02-03")
    assert Texte.objects.get(pk=texte.pk).etat == "adopte"
    assert "Ne lit pas" in lire(client, "formation", groupe.public_id)


def test_the_coordinator_follows_signatures_and_ends_of_mandates(entrer):
    groupe = f.groupe()
    f.membre(groupe)
    f.membre(groupe, signe=False)
    page = lire(entrer(f.coordonnateur()), "chartes")
    assert groupe.nom in page
    assert "Groupes que vous coordonnez" in page
    assert "Groupes que vous coordonnez" not in lire(entrer(f.coordonnateur(f.AUTRE)), "chartes")


# --- Councils, formations, seats ---------------------------------------------------------------------


def test_a_council_is_recorded_from_the_page_of_its_commune(entrer):
    creer_communes({f.COMMUNE: 500_000})
    client = entrer(f.coordonnateur())
    page = client.get(reverse("instances:conseil_nouveau"), {"commune": f.COMMUNE}).content.decode()
    assert "Commune 31555" in page
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


def test_an_unknown_commune_is_not_found_and_without_one_the_page_asks(entrer):
    client = entrer(f.coordonnateur())
    assert client.get(reverse("instances:conseil_nouveau"), {"commune": "99999"}).status_code == 404
    assert "Code Insee" in lire(client, "conseil_nouveau")


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


# --- Mandates ----------------------------------------------------------------------------------------


def test_an_agent_is_habilitated_renewed_then_ended(entrer):
    groupe = f.groupe()
    agent = creer_compte("membre", organisme=creer_organisme())
    siege = f.siege(groupe, agent.organisme)
    client = entrer(f.coordonnateur())
    assert agent.nom_complet in lire(client, "habilitation_nouvelle", groupe.public_id)
    envoyer(
        client,
        "habilitation_nouvelle",
        groupe.public_id,
        agent=f"{agent.public_id}.{siege.public_id}",
        role="membre",
        fin_jour="2999-01-01",
        fin_heure="17:30",
    )
    mandat = Habilitation.objects.get()
    assert mandat.fin.isoformat() == "2999-01-01T16:30:00+00:00"
    assert "17 h 30" in lire(client, "formation", groupe.public_id).replace("\xa0", " ")
    envoyer(client, "habilitation_renouveler", mandat.public_id, fin_jour="3000-01-01", fin_heure="17:30")
    assert Habilitation.objects.count() == 2
    envoyer(client, "habilitation_fin", mandat.public_id, motif="depart")
    mandat.refresh_from_db()
    assert mandat.fin_motif == "depart"


def test_membership_changes_ask_again_who_is_there(client):
    groupe = f.groupe()
    client.force_login(f.coordonnateur())
    reponse = client.get(reverse("instances:habilitation_nouvelle", args=[groupe.public_id]))
    assert reponse.status_code == 302
    assert reponse.url.startswith(reverse("acteurs:confirmer"))


def test_an_agent_outside_the_list_is_not_habilitated(entrer):
    groupe = f.groupe()
    siege, etranger = f.siege(groupe), creer_compte("membre", organisme=creer_organisme())
    reponse = envoyer(
        entrer(f.coordonnateur()),
        "habilitation_nouvelle",
        groupe.public_id,
        agent=f"{etranger.public_id}.{siege.public_id}",
        role="membre",
        fin_jour="2999-01-01",
        fin_heure="17:30",
    )
    assert reponse.status_code == 422
    assert not Habilitation.objects.exists()


def test_dissolving_has_a_page_of_its_own_and_a_stale_one_answers_409(entrer):
    groupe = f.groupe()
    client = entrer(f.coordonnateur())
    assert "ne se reprend pas" in lire(client, "formation_dissoudre", groupe.public_id)
    assert envoyer(client, "formation_dissoudre", groupe.public_id, version=9).status_code == 409
    assert envoyer(client, "formation_dissoudre", groupe.public_id, version=1).status_code == 302
    assert "Formation dissoute" in lire(client, "formation", groupe.public_id)
    assert envoyer(client, "conseil_dissoudre", groupe.conseil.public_id, version=1).status_code == 302
    assert "Conseil dissous" in lire(client, "conseil", groupe.conseil.public_id)
