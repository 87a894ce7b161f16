"""People find a commune as they type it."""

import time

import pytest

from maillage.territoires import referentiel
from maillage.territoires.recherche import distance, normaliser


@pytest.mark.parametrize(
    ("tape", "code"),
    [
        ("toulouse", "31555"),
        ("TOULOUSE", "31555"),
        ("  Toulouse  ", "31555"),
        ("31555", "31555"),
        ("31770", "31149"),
        ("2A004", "2A004"),
        ("2a004", "2A004"),
        ("Saint-Denis 93", "93066"),
        ("st denis 974", "97411"),
        ("saint-denis réunion", "97411"),
        ("Saint-Denis (93)", "93066"),
        ("L'Haÿ-les-Roses", "94038"),
        ("l’hay les roses", "94038"),
        ("lhay les roses", "94038"),
        ("hay les roses", "94038"),
        ("haye les roses", "94038"),
        ("la courneuve", "93027"),
        ("courneuve", "93027"),
        ("ste genevieve des bois", "91549"),
        ("Sainte-Geneviève-des-Bois", "91549"),
        ("villefranche lauragais", "31582"),
        ("villefranchedelauragais", "31582"),
        ("clichy s bois", "93014"),
        ("vaulx en v", "69256"),
        ("vaux-en-velin", "69256"),
        ("boulogne billancour", "92012"),
        ("villeurbane", "69266"),
        ("Marseile", "13055"),
        ("montpelier", "34172"),
        ("Mulhousse", "68224"),
        ("strasborug", "67482"),
        ("pierre de boeuf", "42272"),
        ("Saint-Pierre-de-Bœuf", "42272"),
        ("aix provence", "13001"),
        ("colomiers 31", "31149"),
        ("3177 colo", "31149"),
        ("fort de france", "97209"),
        ("papeete", "98735"),
        ("marseille 3e", "13055"),
        ("paris 15", "75056"),
        ("lyon 3", "69123"),
    ],
)
def test_the_first_answer_is_the_commune_meant(tape, code):
    resultats = referentiel.rechercher(tape)
    assert resultats, tape
    assert resultats[0].commune.code == code


@pytest.mark.parametrize(
    ("tape", "code", "mention"),
    [
        ("Arbignieu", "01015", "Arbignieu, commune déléguée"),
        ("bellegarde sur valserine", "01033", "Bellegarde-sur-Valserine, commune déléguée"),
        ("Lamarche-en-Woevre", "55386", "Lamarche-en-Woëvre, commune associée"),
        ("55273", "55386", "Lamarche-en-Woëvre, commune associée"),
        ("31770", "31149", "Code postal 31770"),
    ],
)
def test_an_answer_under_another_name_says_why(tape, code, mention):
    premier = referentiel.rechercher(tape)[0]
    assert (premier.commune.code, premier.mention) == (code, mention)


def test_namesakes_come_in_the_order_of_their_population():
    resultats = referentiel.rechercher("saint-denis")
    exacts = [r.commune for r in resultats if r.commune.nom == "Saint-Denis"]
    assert [commune.code for commune in exacts[:2]] == ["97411", "93066"]
    populations = [commune.population or 0 for commune in exacts]
    assert populations == sorted(populations, reverse=True)
    assert [r.commune for r in resultats[: len(exacts)]] == exacts


def test_a_commune_is_never_listed_twice():
    for tape in ("saint", "paris", "marseille", "lyon 3e"):
        codes = [resultat.commune.code for resultat in referentiel.rechercher(tape, limite=50)]
        assert len(codes) == len(set(codes))


def test_a_wrong_spelling_of_a_rare_name_still_offers_the_great_town():
    assert "31555" in [resultat.commune.code for resultat in referentiel.rechercher("toulouze")]


def test_a_postal_code_gives_all_its_communes():
    resultats = referentiel.rechercher("01400", limite=50)
    codes = {resultat.commune.code for resultat in resultats if resultat.mention == "Code postal 01400"}
    assert codes == {c.code for c in referentiel.communes_du_departement("01") if "01400" in c.codes_postaux}


def test_a_departement_alone_gives_its_communes():
    resultats = referentiel.rechercher("974", limite=50)
    assert len(resultats) == 24
    assert resultats[0].commune.nom == "Saint-Denis"


@pytest.mark.parametrize(
    "tape", ["", "   ", "-", "'", "zzzzzz", "%", "'; drop table", "0", "\x00", "x" * 5000, "ﷺ"]
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(tape):
    assert referentiel.rechercher(tape) == []


def test_the_limit_is_respected():
    assert len(referentiel.rechercher("saint", limite=7)) == 7


def test_a_warm_search_answers_at_once():
    referentiel.rechercher("toulouse")
    debut = time.perf_counter()
    for tape in ("toulouse", "saint", "montpelier", "a", "villeurbane"):
        referentiel.rechercher(tape)
    assert (time.perf_counter() - debut) / 5 < 0.15


@pytest.mark.parametrize(
    ("a", "b", "ecart"), [("lyon", "lyon", 0), ("lyno", "lyon", 1), ("lion", "lyon", 1), ("ly", "lyon", 2)]
)
def test_slips_are_counted_as_people_make_them(a, b, ecart):
    assert distance(a, b, 3) == ecart


def test_saint_is_read_however_it_is_shortened():
    assert normaliser("Ste-Foy-lès-Lyon") == normaliser("SAINTE FOY LES LYON") == "sainte foy les lyon"
