from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.tranquillite.rules import videoprotection


def juger_au(le, autorisation):
    return videoprotection(
        le=le,
        diagnostic=True,
        schema_tranquillite=True,
        avis_commission=True,
        autorisation=autorisation,
        conservation_jours=30,
        information_public=True,
    )


@pytest.mark.parametrize(
    ("autorisation", "dernier"),
    [
        ("2020-01-10", "2025-01-09"),
        ("2020-03-01", "2025-02-28"),
        ("2019-03-01", "2024-02-29"),
        ("2020-02-29", "2025-02-28"),
        ("2021-01-01", "2025-12-31"),
    ],
)
def test_an_authorisation_lasts_five_years_date_to_date(autorisation, dernier):
    accordee, fin = date.fromisoformat(autorisation), date.fromisoformat(dernier)
    for ecart, attendus in ((-1, ()), (0, ()), (1, ("autorisation_expiree",))):
        verdict = juger_au(fin + timedelta(days=ecart), accordee)
        assert verdict.codes == attendus
        assert verdict.echeances["fin_autorisation"] == fin


@given(autorisation=st.dates(date(2000, 1, 1), date(2050, 1, 1)), jours=st.integers(0, 4000))
def test_an_authorisation_once_over_stays_so(autorisation, jours):
    verdict = juger_au(autorisation + timedelta(days=jours), autorisation)
    if jours < 5 * 365:
        assert verdict.ok
    if jours > 5 * 365 + 1:
        assert verdict.codes == ("autorisation_expiree",)


@given(jours=st.integers(0, 10**6))
def test_images_are_kept_thirty_days_at_most(jours):
    assert codes("videoprotection", conservation_jours=jours) == (("conservation_max",) if jours > 30 else ())


def test_thirty_days_is_our_count_of_a_month_and_says_so():
    verdict = juger("videoprotection", conservation_jours=31)
    assert verdict.motifs[0].a_verifier
    assert not verdict.motifs[0].levee_possible


def test_an_authorisation_to_come_is_impossible():
    assert codes("videoprotection", autorisation="2024-06-02") == ("entree_invalide",)
    assert codes("videoprotection", autorisation="2024-06-01") == ()


def test_the_strategy_asks_for_a_diagnostic_and_the_law_for_an_advice():
    verdict = juger("videoprotection", diagnostic=False, schema_tranquillite=False, avis_commission=False)
    assert [motif.force.value for motif in verdict.motifs] == ["doctrine", "doctrine", "loi"]


@pytest.mark.parametrize("jours", [True, 30.0, "30", -1, None, 10**12])
def test_a_number_of_days_is_a_whole_number(jours):
    assert codes("videoprotection", conservation_jours=jours) == ("entree_invalide",)
