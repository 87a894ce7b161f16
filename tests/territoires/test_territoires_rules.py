from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.territoires.rules import clspd_obligatoire, coordonnateur_obligatoire
from maillage.territoires.verdicts import REGLES

JOURS = st.dates(date(1995, 1, 1), date(2040, 1, 1))
HABITANTS = st.integers(0, 200_000)
AUJOURDHUI = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("le", "population", "qpv", "cispd", "ok", "code"),
    [
        (date(2007, 3, 6), 500_000, True, False, False, "avant_la_loi"),
        (date(2007, 3, 7), 10_001, False, False, True, "seuil_population"),
        (date(2019, 6, 1), 10_001, False, False, True, "seuil_population"),
        (date(2019, 6, 1), 10_000, False, False, False, "sous_les_seuils"),
        (date(2021, 5, 26), 5_001, False, False, False, "sous_les_seuils"),
        (date(2021, 5, 27), 5_001, False, False, True, "seuil_population"),
        (date(2021, 5, 27), 5_000, False, False, False, "sous_les_seuils"),
        (date(2010, 1, 1), 800, True, False, True, "quartier_prioritaire"),
        (date(2022, 1, 1), 800, True, False, True, "quartier_prioritaire"),
        (date(2022, 1, 1), 50_000, True, True, False, "cispd_existant"),
        (date(2022, 1, 1), 800, False, True, False, "sous_les_seuils"),
    ],
)
def test_a_council_is_compulsory_above_the_threshold_of_the_day_or_with_a_priority_district(
    le, population, qpv, cispd, ok, code
):
    verdict = clspd_obligatoire(le=le, population=population, qpv=qpv, cispd=cispd)
    assert verdict.ok is ok
    assert code in verdict.codes


def test_the_district_is_called_by_its_name_of_the_time():
    def texte(le):
        return clspd_obligatoire(le=le, population=1, qpv=True, cispd=False).motifs[0].texte

    assert "ZUS" in texte(date(2014, 12, 31))
    assert "QPV" in texte(date(2015, 1, 1))


@pytest.mark.parametrize(
    ("le", "population", "ok"),
    [
        (date(2021, 5, 26), 500_000, False),
        (date(2021, 5, 27), 15_001, True),
        (date(2022, 1, 1), 15_000, False),
    ],
)
def test_a_coordinator_is_compulsory_above_fifteen_thousand_since_2021(le, population, ok):
    assert coordonnateur_obligatoire(le=le, population=population).ok is ok


@given(le=JOURS, a=HABITANTS, b=HABITANTS, qpv=st.booleans(), cispd=st.booleans())
def test_more_inhabitants_never_lift_an_obligation(le, a, b, qpv, cispd):
    petit, grand = sorted((a, b))
    assert (
        clspd_obligatoire(le=le, population=petit, qpv=qpv, cispd=cispd).ok
        <= clspd_obligatoire(le=le, population=grand, qpv=qpv, cispd=cispd).ok
    )
    assert (
        coordonnateur_obligatoire(le=le, population=petit).ok
        <= coordonnateur_obligatoire(le=le, population=grand).ok
    )


@given(avant=JOURS, apres=JOURS, population=HABITANTS, qpv=st.booleans(), cispd=st.booleans())
def test_later_law_never_lifted_an_obligation(avant, apres, population, qpv, cispd):
    tot, tard = sorted((avant, apres))
    cas = {"population": population, "qpv": qpv, "cispd": cispd}
    assert clspd_obligatoire(le=tot, **cas).ok <= clspd_obligatoire(le=tard, **cas).ok


@given(le=JOURS, population=HABITANTS, qpv=st.booleans(), cispd=st.booleans())
def test_every_answer_is_explained_with_an_article_and_an_intercommunal_council_lifts_the_duty(
    le, population, qpv, cispd
):
    verdict = clspd_obligatoire(le=le, population=population, qpv=qpv, cispd=cispd)
    assert verdict.motifs
    assert all("L. 132-4" in motif.base_legale for motif in verdict.motifs)
    assert not (verdict.ok and cispd)


def repondre(nom, **entree):
    return REGLES[nom].repondre(entree, AUJOURDHUI)


@pytest.mark.parametrize("nom", REGLES)
def test_neither_commune_nor_population_is_a_missing_input(nom):
    assert repondre(nom).codes == ("entree_manquante",)


@pytest.mark.parametrize("nom", REGLES)
@pytest.mark.parametrize("code", ["99999", "00000", "2A999"])
def test_an_unknown_commune_is_an_impossible_input(nom, code):
    assert repondre(nom, commune=code).codes == ("entree_invalide",)


def test_a_named_commune_brings_its_population_and_its_priority_districts():
    verdict = repondre("clspd_obligatoire", commune="31555")
    assert verdict.ok
    assert verdict.codes == ("seuil_population", "quartier_prioritaire")
    assert repondre("coordonnateur_obligatoire", commune="31555").ok


def test_what_the_case_states_wins_over_the_register():
    verdict = repondre("clspd_obligatoire", commune="31555", population=900, qpv=False)
    assert verdict.codes == ("sous_les_seuils",)
    assert repondre("clspd_obligatoire", commune="31555", population=900).codes == ("quartier_prioritaire",)


def test_a_population_alone_does_not_say_whether_there_is_a_priority_district():
    assert repondre("clspd_obligatoire", population=900).codes == ("entree_manquante",)
    assert repondre("clspd_obligatoire", population=900, qpv=False).codes == ("sous_les_seuils",)


def test_the_coordinator_rule_does_not_know_priority_districts():
    assert repondre("coordonnateur_obligatoire", population=900, qpv=True).codes == ("entree_inconnue",)
