"""Councils and formations: what the law allows, what it refuses, and that a refusal changes nothing."""

from datetime import date, timedelta

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances import fabriques as f
from tests.instances.territoires import creer_communes, creer_epci

from maillage.instances.models import Cercle, Conseil, Formation, Siege, Texte, VoletConfirme
from maillage.instances.models.seance import Seance
from maillage.instances.services.conseils import (
    confirmer_volet,
    creer_conseil,
    dissoudre_conseil,
    retirer_volet,
)
from maillage.instances.services.formations import (
    ajouter_siege,
    creer_formation,
    dissoudre_formation,
    retirer_siege,
)
from maillage.instances.territoire import conseils_couvrant
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui, maintenant

pytestmark = pytest.mark.django_db

HIER = date(2026, 1, 10)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


@pytest.fixture
def communes():
    creer_communes({f.COMMUNE: 500_000, f.VOISINE: 6_000, f.AUTRE: 4_000}, qpv=[f.COMMUNE])


# --- Councils ----------------------------------------------------------------------------------------


def test_a_council_is_recorded_with_the_verdict_of_the_day(communes, au_nom_de):
    with au_nom_de(f.coordonnateur()):
        conseil = creer_conseil(genre="clspd", commune_code=f.COMMUNE, delibere_le=HIER, schema="communal")
    assert conseil.nom == "CLSPD de Commune 31555"
    assert conseil.departement_code == "31"
    assert conseil.obligatoire["ok"] is True
    assert {motif["code"] for motif in conseil.obligatoire["motifs"]} == {
        "seuil_population",
        "quartier_prioritaire",
    }
    assert [c.commune_code for c in conseil.communes.all()] == [f.COMMUNE]
    assert conseils_couvrant(f.COMMUNE, aujourd_hui())[0].nom == conseil.nom


def test_a_second_active_council_of_the_same_kind_is_refused(communes, au_nom_de):
    f.conseil()
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        creer_conseil(genre="clspd", commune_code=f.COMMUNE, delibere_le=HIER, schema="communal")
    assert codes(refus) == ("conseil_existant",)
    assert Conseil.objects.count() == 1


def test_a_dissolved_council_leaves_its_place(communes, au_nom_de):
    ancien = f.conseil()
    with au_nom_de(f.coordonnateur()):
        dissoudre_conseil(public_id=ancien.public_id, version=1)
        creer_conseil(genre="clspd", commune_code=f.COMMUNE, delibere_le=HIER, schema="communal")
    assert Conseil.objects.count() == 2


def test_a_deliberation_to_come_is_refused(communes, au_nom_de):
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        creer_conseil(
            genre="clspd",
            commune_code=f.COMMUNE,
            delibere_le=aujourd_hui() + timedelta(days=2),
            schema="communal",
        )
    assert codes(refus) == ("deliberation_a_venir",)


def test_the_coordinator_of_another_commune_cannot_record_it(communes, au_nom_de):
    with au_nom_de(f.coordonnateur(f.VOISINE)), pytest.raises(Refus) as refus:
        creer_conseil(genre="clspd", commune_code=f.COMMUNE, delibere_le=HIER, schema="communal")
    assert (codes(refus), refus.value.statut) == (("hors_territoire",), 403)
    assert not Conseil.objects.exists()


def test_the_prefecture_records_the_councils_of_its_departement_and_no_other(communes, au_nom_de):
    ici = f.exercer(creer_compte(), "prefecture", "31", "departement")
    ailleurs = f.exercer(creer_compte(), "prefecture", "32", "departement")
    with au_nom_de(ailleurs), pytest.raises(Refus):
        creer_conseil(genre="clspd", commune_code=f.COMMUNE, delibere_le=HIER, schema="communal")
    with au_nom_de(ici):
        assert creer_conseil(genre="clspd", commune_code=f.COMMUNE, delibere_le=HIER, schema="communal")


def test_an_intercommunal_council_takes_every_commune_of_its_epci(communes, au_nom_de):
    creer_epci("200000001", [f.VOISINE, f.AUTRE])
    president = f.exercer(creer_compte(), "president_epci", "200000001", "epci")
    with au_nom_de(president):
        conseil = creer_conseil(
            genre="cispd", epci_code="200000001", delibere_le=HIER, schema="intercommunal"
        )
    assert {c.commune_code for c in conseil.communes.all()} == {f.VOISINE, f.AUTRE}
    assert conseil.obligatoire["communes"] == [f.VOISINE]
    assert conseils_couvrant(f.AUTRE, aujourd_hui())[0].intercommunal


def test_the_page_of_a_commune_is_told_the_last_plenary_held(communes):
    conseil = f.conseil()
    pleniere = f.formation(conseil)
    assert conseils_couvrant(f.COMMUNE, aujourd_hui())[0].derniere_pleniere is None
    with en_maintenance():
        for numero, etat in ((1, "close"), (2, "preparee")):
            Seance.objects.create(
                formation=pleniere,
                numero=numero,
                modele="pleniere",
                commence_le=f.DEBUT + timedelta(days=numero),
                lieu="Mairie",
                etat=etat,
                preparee_par=f.coordonnateur(),
            )
    assert conseils_couvrant(f.COMMUNE, aujourd_hui())[0].derniere_pleniere == date(2026, 1, 6)


def test_communes_of_half_the_population_prevent_the_cispd(communes, au_nom_de):
    creer_epci("200000001", [f.VOISINE, f.AUTRE])
    president = f.exercer(creer_compte(), "president_epci", "200000001", "epci")
    with au_nom_de(president), pytest.raises(Refus) as refus:
        creer_conseil(
            genre="cispd",
            epci_code="200000001",
            delibere_le=HIER,
            schema="intercommunal",
            opposees=[f.VOISINE],
        )
    assert codes(refus) == ("opposition_des_communes",)


def test_a_cispd_of_one_commune_is_refused(communes, au_nom_de):
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        creer_conseil(genre="cispd", commune_code=f.COMMUNE, delibere_le=HIER, schema="association")
    assert codes(refus) == ("territoire_inadapte",)


def test_dissolving_closes_every_cercle_the_same_second(au_nom_de):
    groupe = f.groupe()
    lectrice = f.membre(groupe)
    with au_nom_de(f.coordonnateur()):
        dissoudre_conseil(public_id=groupe.conseil.public_id, version=1)
    with au_nom_de(lectrice):
        from maillage.instances.api import mes_cercles

        assert mes_cercles() == []
    assert not Formation.objects.actives(maintenant()).exists()


def test_only_who_keeps_that_council_dissolves_it(au_nom_de):
    conseil = f.conseil()
    membre = f.membre(f.groupe(conseil))
    autre = f.coordonnateur(f.AUTRE)
    f.conseil(f.AUTRE)
    with au_nom_de(autre), pytest.raises(Introuvable):
        dissoudre_conseil(public_id=conseil.public_id, version=1)
    with au_nom_de(membre), pytest.raises(Refus) as refus:
        dissoudre_conseil(public_id=conseil.public_id, version=1)
    assert refus.value.statut == 403
    assert Conseil.objects.get(pk=conseil.pk).dissous_le is None


def test_a_stale_page_dissolves_nothing(au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        dissoudre_conseil(public_id=conseil.public_id, version=7)
    assert refus.value.statut == 409
    assert Conseil.objects.get(pk=conseil.pk).dissous_le is None


# --- Strands -----------------------------------------------------------------------------------------


def test_adults_and_victims_are_off_until_the_dpo_confirms_them(au_nom_de):
    conseil = f.conseil()
    coordonnatrice, dpo = f.coordonnateur(), f.exercer(creer_compte(), "dpo", f.COMMUNE)
    demande = {
        "conseil": conseil.public_id,
        "genre": "groupe",
        "theme": "groupe_victimes",
        "nominatif": True,
        "volet": "victime",
    }
    with au_nom_de(coordonnatrice), pytest.raises(Refus) as refus:
        creer_formation(**demande)
    assert codes(refus) == ("volet_non_confirme",)
    assert not Cercle.objects.exists()
    with au_nom_de(dpo):
        confirmer_volet(public_id=conseil.public_id, volet="victime", analyse_du=HIER)
        confirmer_volet(public_id=conseil.public_id, volet="victime", analyse_du=HIER)
    assert VoletConfirme.objects.count() == 1
    with au_nom_de(coordonnatrice):
        creer_formation(**demande)
    with au_nom_de(dpo):
        retirer_volet(public_id=conseil.public_id, volet="victime")
    assert not Cercle.objects.ouverts(maintenant()).exists()


def test_the_dpo_of_another_council_confirms_nothing_here(au_nom_de):
    conseil = f.conseil()
    f.conseil(f.AUTRE)
    with au_nom_de(f.exercer(creer_compte(), "dpo", f.AUTRE)), pytest.raises(Introuvable):
        confirmer_volet(public_id=conseil.public_id, volet="majeur", analyse_du=HIER)
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        confirmer_volet(public_id=conseil.public_id, volet="majeur", analyse_du=HIER)
    assert refus.value.statut == 403
    assert not VoletConfirme.objects.exists()


# --- Formations --------------------------------------------------------------------------------------


def test_a_nominative_groupe_has_its_cercle_and_draft_texts(au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()):
        groupe = creer_formation(
            conseil=conseil.public_id,
            genre="groupe",
            nom="Jeunes du centre",
            theme="groupe_jeunes",
            nominatif=True,
            volet="jeune",
        )
    assert groupe.cercle.volet == "jeune"
    textes = {texte.genre: texte for texte in groupe.textes.all()}
    assert set(textes) == {"charte", "reglement"}
    assert {texte.etat for texte in textes.values()} == {"projet"}
    assert "Jeunes du centre" in textes["charte"].contenu
    assert conseil.nom in textes["charte"].contenu
    assert "{" not in textes["charte"].contenu + textes["reglement"].contenu


@pytest.mark.parametrize(
    ("champs", "attendus"),
    [
        ({"genre": "pleniere", "nominatif": True, "volet": "jeune"}, ("forum_interdit",)),
        ({"genre": "restreinte", "nominatif": True, "volet": "jeune"}, ("forum_interdit",)),
        ({"theme": "groupe_tranquillite", "nominatif": True, "volet": "jeune"}, ("theme_sans_noms",)),
        ({"theme": "groupe_sante_mentale", "nominatif": True, "volet": "jeune"}, ("theme_sans_noms",)),
        ({"theme": "groupe_jeunes", "nominatif": True, "volet": ""}, ("volet_absent",)),
        ({"theme": "groupe_victimes", "nominatif": True, "volet": "jeune"}, ("victimes_a_part",)),
        (
            {"theme": "groupe_jeunes", "nominatif": True, "volet": "victime"},
            ("victimes_a_part", "volet_non_confirme"),
        ),
        ({"theme": "groupe_sortie", "nominatif": True, "volet": "majeur"}, ("volet_non_confirme",)),
    ],
)
def test_what_the_law_refuses_to_a_formation(champs, attendus, au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()), pytest.raises(Refus) as refus:
        creer_formation(conseil=conseil.public_id, **{"genre": "groupe", **champs})
    assert codes(refus) == attendus
    assert not Formation.objects.exists()
    assert not Cercle.objects.exists()


def test_there_is_one_plenary_and_it_is_without_names(au_nom_de):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()):
        pleniere = creer_formation(conseil=conseil.public_id, genre="pleniere")
        assert pleniere.cercle is None
        assert not pleniere.textes.exists()
        with pytest.raises(Refus) as refus:
            creer_formation(conseil=conseil.public_id, genre="pleniere")
    assert codes(refus) == ("formation_existante",)


def test_the_coordinator_of_another_council_creates_and_dissolves_nothing_here(au_nom_de):
    groupe = f.groupe()
    f.groupe(f.conseil(f.AUTRE))
    with au_nom_de(f.coordonnateur(f.AUTRE)):
        with pytest.raises(Introuvable):
            creer_formation(conseil=groupe.conseil.public_id, genre="pleniere")
        with pytest.raises(Introuvable):
            dissoudre_formation(public_id=groupe.public_id, version=1)
    assert Formation.objects.get(pk=groupe.pk).dissoute_le is None
    assert Formation.objects.filter(conseil=groupe.conseil).count() == 1


# --- Seats -------------------------------------------------------------------------------------------


def test_a_body_of_the_directory_is_given_a_seat(au_nom_de):
    groupe, organisme = f.groupe(), creer_organisme()
    with au_nom_de(f.coordonnateur()):
        siege = ajouter_siege(
            formation=groupe.public_id, organisme=organisme.public_id, qualite="Conseiller justice"
        )
    assert siege.organisme_id == organisme.pk
    with pytest.raises(Refus) as refus, au_nom_de(f.coordonnateur()):
        ajouter_siege(formation=groupe.public_id, organisme=organisme.public_id)
    assert codes(refus) == ("siege_deja_tenu",)


@pytest.mark.parametrize("genre", ["conseil_citoyen", "commercant", "entreprise", "journaliste"])
def test_residents_traders_and_employers_sit_only_where_nobody_is_named(genre, au_nom_de):
    conseil = f.conseil()
    groupe, sans_noms = f.groupe(conseil), f.formation(conseil, "groupe")
    organisme = creer_organisme("Invité", genre)
    with au_nom_de(f.coordonnateur()):
        with pytest.raises(Refus) as refus:
            ajouter_siege(formation=groupe.public_id, organisme=organisme.public_id)
        ajouter_siege(formation=sans_noms.public_id, organisme=organisme.public_id)
    assert codes(refus) == ("siege_nominatif_interdit",)
    assert [siege.formation_id for siege in Siege.objects.all()] == [sans_noms.pk]


def test_a_collective_designation_or_a_closed_body_takes_no_seat(au_nom_de):
    groupe = f.groupe()
    with au_nom_de(f.coordonnateur()):
        for genre, actif, attendu in (
            ("services_etat", True, "ne_peut_sieger"),
            ("mission_locale", False, "organisme_inactif"),
        ):
            organisme = creer_organisme("X", genre, actif=actif)
            with pytest.raises(Refus) as refus:
                ajouter_siege(formation=groupe.public_id, organisme=organisme.public_id)
            assert codes(refus) == (attendu,)
    assert not Siege.objects.exists()


def test_taking_a_seat_back_ends_its_mandates_and_the_reading_of_its_agents(au_nom_de):
    from maillage.instances.api import mes_cercles

    groupe = f.groupe()
    compte, temoin = f.membre(groupe), f.membre(groupe)
    siege = Siege.objects.get(organisme=compte.organisme)
    with au_nom_de(f.coordonnateur()):
        retirer_siege(siege=siege.public_id)
    with au_nom_de(compte):
        assert mes_cercles() == []
    with au_nom_de(temoin):
        assert mes_cercles() == [groupe.cercle_id]
    assert compte.habilitations.get().fin_motif == "siege_retire"


def test_a_coordinator_of_another_council_takes_no_seat_here(au_nom_de):
    groupe = f.groupe()
    siege = f.siege(groupe)
    f.groupe(f.conseil(f.AUTRE))
    with au_nom_de(f.coordonnateur(f.AUTRE)):
        with pytest.raises(Introuvable):
            retirer_siege(siege=siege.public_id)
        with pytest.raises(Introuvable):
            ajouter_siege(formation=groupe.public_id, organisme=creer_organisme().public_id)
    assert Siege.objects.get().jusqua is None


def test_every_act_is_journalled_with_codes_and_without_names(au_nom_de, fabrique):
    conseil = f.conseil()
    with au_nom_de(f.coordonnateur()):
        groupe = creer_formation(
            conseil=conseil.public_id,
            genre="groupe",
            nom="Groupe de Mme Untel",
            theme="groupe_jeunes",
            nominatif=True,
            volet="jeune",
        )
        ajouter_siege(formation=groupe.public_id, organisme=creer_organisme("SPIP", "spip").public_id)
    with fabrique():
        entrees = list(EntreeJournal.objects.order_by("pk"))
    assert [entree.evenement for entree in entrees] == ["formation_creee", "siege_ajoute"]
    assert all("Untel" not in str(entree.details) for entree in entrees)
    assert Texte.objects.count() == 2
