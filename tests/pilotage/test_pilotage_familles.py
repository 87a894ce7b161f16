"""The family councils in the annual report: every act once, small numbers silent, a past year as it was."""

from datetime import UTC, date, datetime

import pytest
from tests.instances import fabriques as f
from tests.pilotage.fabriques import noter

from maillage.pilotage.calcul import bilan_de_conseil, publications_de
from maillage.socle.diffusion import Mention, devoilees

pytestmark = pytest.mark.django_db

MARS_2025, MARS_2026 = date(2025, 3, 1), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def novembre_2026(db, horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))


def colonne(tableau, rang: int = -1) -> dict[str, str]:
    return {ligne.code: ligne.cellules[rang].texte for ligne in tableau.lignes}


def saisies(ici, fois: int, le: date = MARS_2026, **champs: str) -> None:
    valeurs = {
        "motif": "absenteisme",
        "origine": "maire",
        "tranche_age": "de_12_a_15",
        **champs,
    }
    noter(ici, "famille_saisie", le, fois=fois, **valeurs)


def test_each_act_of_a_family_council_has_its_line_by_year():
    ici = f.conseil()
    saisies(ici, 7, MARS_2025)
    saisies(ici, 12)
    noter(ici, "famille_entendue", MARS_2026, fois=9, motif="absenteisme", delai_jours=21)
    noter(ici, "famille_suite", MARS_2026, fois=8, genre="recommandation")
    noter(ici, "famille_suite", MARS_2026, fois=6, genre="par")
    noter(ici, "famille_suite", MARS_2026, fois=7, genre="departement")
    noter(ici, "famille_suite", MARS_2026, fois=6, genre="accompagnement", issue="accepte")
    noter(ici, "famille_suite", MARS_2026, fois=10, genre="accompagnement", issue="refuse")
    noter(ici, "famille_departement", MARS_2026, fois=6, genre="mesure")
    noter(ici, "famille_close", MARS_2026, fois=11, issue="aidee")
    bilan = bilan_de_conseil(ici, 2026)
    motifs = bilan.tableau("familles_motif")
    assert (colonne(motifs, 0), colonne(motifs)) == ({"absenteisme": "7"}, {"absenteisme": "12"})
    assert colonne(bilan.tableau("familles_entendues")) == {"absenteisme": "9"}
    # A support answered by the parents is counted apart, never among the follow-ups of the hearing.
    assert colonne(bilan.tableau("familles_suites")) == {
        "recommandation": "8",
        "par": "6",
        "departement": "7",
    }
    assert colonne(bilan.tableau("familles_accompagnements")) == {"accepte": "6", "refuse": "10"}
    assert colonne(bilan.tableau("familles_departement")) == {"mesure": "6"}
    assert colonne(bilan.tableau("familles_issue")) == {"aidee": "11"}
    assert bilan.chiffre("audition").valeur.texte == "21"


def test_a_small_number_of_families_is_silent_and_so_is_what_would_give_it_back():
    ici = f.conseil()
    noter(ici, "famille_suite", MARS_2026, fois=3, genre="accompagnement", issue="refuse")
    noter(ici, "famille_suite", MARS_2026, fois=9, genre="accompagnement", issue="accepte")
    noter(ici, "famille_entendue", MARS_2026, fois=4, motif="absenteisme", delai_jours=21)
    bilan = bilan_de_conseil(ici, 2026)
    reponses = bilan.tableau("familles_accompagnements")
    assert colonne(reponses)["refuse"] == "5 ou moins"
    # Either of the two others would do; one of them is silent too.
    marques = [reponses.lignes[0].cellules[-1].mention, reponses.total.cellules[-1].mention]
    assert Mention.SECRET in marques
    assert bilan.chiffre("audition").valeur.mention is Mention.SECRET


def test_what_a_groupe_proposed_and_what_the_council_received_are_hidden_together():
    """The two counts are the same families under two names: none gives the other away."""
    ici = f.conseil()
    noter(ici, "decision", MARS_2026, fois=3, genre="cddf")
    noter(ici, "decision", MARS_2026, fois=20, genre="retenu")
    saisies(ici, 3, origine="groupe")
    saisies(ici, 20, origine="maire")
    saisies(ici, 9, origine="parents")
    for publication in publications_de([ici.pk], 2026)[ici.pk].values():
        assert not devoilees(publication.comptes.valeurs, publication.cellules, publication.comptes.egalites)
    cellules = publications_de([ici.pk], 2026)[ici.pk][2026].cellules
    assert not cellules["decisions.genre.cddf"].publiee
    assert not cellules["familles_saisies.origine.groupe"].publiee


def test_the_registers_of_a_council_are_counted_year_by_year_and_never_those_of_another():
    ici, ailleurs = f.conseil(), f.conseil(f.VOISINE)
    f.registre(ici)
    f.registre(ici, genre="cddf")
    f.registre(ailleurs, genre="cctp", commune=f.VOISINE)
    bilan = bilan_de_conseil(ici, 2026)
    lus = {genre: bilan.chiffre(f"registres_{genre}") for genre in ("cddf", "cctp", "actes_maire")}
    assert {genre: lu.valeur.valeur for genre, lu in lus.items()} == {"cddf": 1, "cctp": 0, "actes_maire": 1}
    assert all(lu.definition for lu in lus.values())
    assert bilan_de_conseil(ailleurs, 2026).chiffre("registres_cctp").valeur.valeur == 1


def test_a_past_year_stays_as_it_was_when_this_one_goes_on():
    ici = f.conseil()
    saisies(ici, 8, MARS_2025)
    avant = bilan_de_conseil(ici, 2025).tableau("familles_motif")
    saisies(ici, 9)
    assert bilan_de_conseil(ici, 2025).tableau("familles_motif") == avant
