"""The mayor's acts in figures: steps, sums and delays, what they hide, what a closed year keeps."""

import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.instances.fabriques import VOISINE, conseil, coordonnateur, groupe, membre
from tests.pilotage.fabriques import noter

from maillage.pilotage.calcul import bilan_de_conseil, bilan_de_departement, publications_de
from maillage.pilotage.sommes import MESURES, Noeud, Somme, arbre, cachees, cellule, montree
from maillage.socle.contexte import en_maintenance
from maillage.socle.diffusion import Mention, devoilees
from maillage.socle.faits import reprendre
from maillage.socle.models import FaitStatistique
from maillage.territoires.models import Departement, Region

DB = pytest.mark.django_db
MARS_2025, MARS_2026 = date(2025, 3, 1), date(2026, 3, 1)
EUROS = MESURES[0]


@pytest.fixture
def ici(db, horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))
    return conseil()


def verser(du_conseil, mois: date, *centimes: int) -> None:
    for montant in centimes:
        noter(du_conseil, "transaction_euros", mois, nombre=montant, volet="actes")


def proposer(du_conseil, mois: date, fois: int, *, delai: int = 12, etape: str = "proposee") -> None:
    for _ in range(fois):
        fil = uuid.uuid4()
        champs = {"genre": "degradation_legere", "origine": "reparation", "fil": fil, "delai_jours": delai}
        noter(du_conseil, "transaction", mois, issue=etape, **champs)
        if etape == "proposee":
            noter(du_conseil, "transaction_proposee", mois, **champs)
        else:
            noter(du_conseil, "transaction_issue", mois, **{**champs, "genre": etape})


def test_the_steps_of_settlements_and_the_venues_and_the_notices_are_in_the_report(ici):
    proposer(ici, MARS_2026, 9)
    proposer(ici, MARS_2026, 7, etape="executee", delai=30)
    noter(ici, "sport", MARS_2026, fois=8, genre="degradation", tranche_age="de_16_a_17")
    noter(ici, "sport_decision", MARS_2026, fois=6, genre="exclusion")
    noter(ici, "avis_demande", MARS_2026, fois=10, genre="suites_signalement")
    noter(ici, "avis_recu", MARS_2026, fois=6, genre="suites_signalement", issue="poursuites", delai_jours=21)
    bilan = bilan_de_conseil(ici, 2026)
    etapes = {ligne.code: ligne.cellules[1].texte for ligne in bilan.tableau("transactions_etapes").lignes}
    assert etapes == {"proposee": "9", "executee": "7"}
    assert [ligne.libelle for ligne in bilan.tableau("sport_faits").lignes] == ["Dégradation d’un équipement"]
    assert bilan.tableau("sport_decisions").total.cellules[1].texte == "6"
    assert bilan.tableau("avis_demandes").total.cellules[1].texte == "10"
    assert bilan.chiffre("proposition").valeur.texte == "12"
    assert bilan.chiffre("execution").valeur.texte == "30"
    assert bilan.chiffre("avis").valeur.texte == "21"


def test_a_report_without_any_act_lists_neither_their_delays_nor_their_sums(ici):
    codes = {
        chiffre.code
        for chiffre in (*bilan_de_conseil(ici, 2026).chiffres, *bilan_de_conseil(ici, 2026).delais)
    }
    assert not codes & {"proposition", "execution", "avis", "transactions_euros"}


def test_a_few_proposals_are_hidden_in_every_table_that_counts_them(ici):
    proposer(ici, MARS_2026, 3)
    proposer(ici, MARS_2026, 20, etape="refus")
    bilan = bilan_de_conseil(ici, 2026)
    for code in ("transactions_contravention", "transactions_nature", "transactions_etapes"):
        assert "3" not in {c.texte for ligne in bilan.tableau(code).lignes for c in ligne.cellules}
    for publication in publications_de([ici.pk], 2026)[ici.pk].values():
        assert not devoilees(publication.comptes.valeurs, publication.cellules, publication.comptes.egalites)


def test_a_sum_is_shown_rounded_once_enough_persons_carry_it(ici):
    verser(ici, MARS_2026, *([15_050] * 5))
    assert bilan_de_conseil(ici, 2026).chiffre("transactions_euros").valeur.mention is Mention.SECRET
    verser(ici, MARS_2026, 9_900)
    chiffre = bilan_de_conseil(ici, 2026).chiffre("transactions_euros")
    assert (chiffre.valeur.texte, chiffre.unite) == ("800", "euros")


def test_the_payments_of_one_person_count_that_person_once(ici):
    fil = uuid.uuid4()
    for _ in range(9):
        noter(ici, "transaction_euros", MARS_2026, nombre=1000, fil=fil)
    assert bilan_de_conseil(ici, 2026).chiffre("transactions_euros").valeur.valeur is None


def test_what_was_taken_back_is_neither_summed_nor_counted_and_a_closed_year_stays(ici):
    repris, ancien = uuid.uuid4(), uuid.uuid4()
    noter(ici, "transaction_euros", MARS_2026, nombre=50_000, fil=repris)
    noter(ici, "transaction_euros", MARS_2025, nombre=70_000, fil=ancien)
    verser(ici, MARS_2026, *([10_000] * 6))
    verser(ici, MARS_2025, *([10_000] * 6))
    with en_maintenance():
        for fil in (repris, ancien):
            reprendre(fil=fil, instance=ici.pk, aujourd_hui=date(2026, 11, 24))
    chiffre = bilan_de_conseil(ici, 2026).chiffre("transactions_euros")
    assert (chiffre.precedent.valeur, chiffre.valeur.valeur) == (1300, 600)
    with en_maintenance():
        assert not FaitStatistique.objects.filter(mois__year=2025, nombre__lt=0).exists()


def test_taking_back_twice_takes_nothing_more(ici):
    fil = uuid.uuid4()
    noter(ici, "transaction", MARS_2026, issue="constatee", fil=fil, fois=2)
    with en_maintenance():
        assert reprendre(fil=fil, instance=ici.pk, aujourd_hui=date(2026, 11, 24)) == 1
        assert reprendre(fil=fil, instance=ici.pk, aujourd_hui=date(2026, 11, 24)) == 0


def test_a_departement_does_not_give_back_the_sum_its_only_small_council_hides(ici):
    autre = conseil(VOISINE)
    verser(ici, MARS_2026, *([10_000] * 8))
    verser(autre, MARS_2026, 12_000, 13_000)
    with en_maintenance():
        region, _ = Region.objects.get_or_create(code="76", defaults={"nom": "Occitanie"})
        departement, _ = Departement.objects.get_or_create(
            code=ici.departement_code,
            defaults={"nom": "Haute-Garonne", "region": region, "chef_lieu": "31555", "zone": "metro"},
        )
    assert bilan_de_conseil(ici, 2026).chiffre("transactions_euros").valeur.valeur == 800
    assert bilan_de_departement(departement, 2026).chiffre("transactions_euros").valeur.valeur is None
    verser(autre, MARS_2026, *([10_000] * 4))
    assert bilan_de_departement(departement, 2026).chiffre("transactions_euros").valeur.valeur == 1400


def _feuille(personnes: int) -> Noeud:
    return Noeud(Somme(personnes * 10_000, personnes))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(1, 10))
def test_what_a_shown_sum_leaves_once_shown_parts_are_subtracted_is_nobody_or_enough(personnes, seuil):
    noeud = Noeud(Somme(0, sum(personnes)), [_feuille(n) for n in personnes])
    caches = sum(n for n in personnes if 0 < n <= seuil)
    assert montree(noeud, seuil) == (
        sum(personnes) == 0 or (sum(personnes) > seuil and (caches == 0 or caches > seuil))
    )
    assert cachees(noeud, seuil) in (0, caches)


def test_a_country_does_not_give_back_what_a_departement_hides():
    """Two départements: one whole, one hidden because of a single small council."""
    sommes = {1: Somme(90_000, 9), 2: Somme(80_000, 8), 3: Somme(30_000, 2)}
    pays = arbre(sommes, {"31": [1], "09": [2, 3]})
    assert cellule(pays, EUROS, 5).mention is Mention.SECRET
    assert cellule(arbre(sommes, {"31": [1], "09": [2]}), EUROS, 5).valeur == 1700


@DB
def test_the_page_of_the_council_shows_pictures_with_their_tables_and_hides_small_counts(
    ici, client, horloge
):
    proposer(ici, MARS_2026, 12)
    proposer(ici, MARS_2026, 2, etape="non_homologuee")
    verser(ici, MARS_2026, 15_000)
    client.force_login(coordonnateur())
    reponse = client.get("/actes/chiffres/", follow=True)
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert reponse.redirect_chain[-1][0] == f"/actes/chiffres/{ici.public_id}/"
    assert "<svg" in page
    assert "Homologation refusée" in page
    assert "5 ou moins" in page
    assert "150" not in page.split("m-chiffres")[1].split("</dl>")[0]
    assert "Réparations versées à la commune" in page


@DB
def test_a_council_nobody_reads_there_and_a_year_to_come_are_the_same_nothing(ici, client):
    """The same right, held in the council next door, opens nothing here."""
    ailleurs = conseil(VOISINE)
    client.force_login(membre(groupe(ailleurs), coordonnateur(VOISINE)))
    assert client.get(f"/actes/chiffres/{ailleurs.public_id}/").status_code == 200
    assert client.get(f"/actes/chiffres/{ici.public_id}/").status_code == 404
    assert client.get(f"/actes/chiffres/{ailleurs.public_id}/2031/").status_code == 404


@DB
def test_a_year_without_an_act_says_so(ici, client):
    client.force_login(coordonnateur())
    assert (
        "Aucun acte compté en 2025" in client.get(f"/actes/chiffres/{ici.public_id}/2025/").content.decode()
    )
