from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.droit.api import (
    age,
    age_au_moins,
    age_entre,
    anniversaire,
    contient,
    echeance_mois,
    fin_de_periode,
    jours_inclus,
)

JOURS = st.dates(date(1900, 1, 1), date(2150, 12, 31))


def test_a_deadline_of_one_month_falls_on_the_same_day_of_the_next_month():
    assert echeance_mois(date(2026, 1, 15), 1) == date(2026, 2, 15)
    assert echeance_mois(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("debut", "fin"),
    [
        (date(2026, 3, 2), date(2026, 4, 1)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2026, 1, 29), date(2026, 2, 28)),
        (date(2024, 1, 29), date(2024, 2, 28)),
        (date(2026, 12, 10), date(2027, 1, 9)),
    ],
)
def test_a_month_date_to_date_ends_on_the_eve_or_on_the_last_day_of_a_shorter_month(debut, fin):
    assert fin_de_periode(debut, 1) == fin


def test_a_period_counts_at_least_one_month():
    with pytest.raises(ValueError, match="au moins un mois"):
        fin_de_periode(date(2026, 1, 1), 0)


def test_a_person_born_on_29_february_grows_older_on_the_last_day_of_february():
    naissance = date(2004, 2, 29)
    assert anniversaire(naissance, 25) == date(2029, 2, 28)
    assert anniversaire(naissance, 24) == date(2028, 2, 29)
    assert age(naissance, date(2029, 2, 27)) == 24
    assert age(naissance, date(2029, 2, 28)) == 25
    assert age(naissance, date(2028, 2, 28)) == 23


def test_the_year_of_the_upper_age_is_inside_to_the_eve_of_the_next_birthday():
    naissance = date(2000, 6, 15)
    assert not age_entre(naissance, 16, 25, date(2016, 6, 14))
    assert age_entre(naissance, 16, 25, date(2016, 6, 15))
    assert age_entre(naissance, 16, 25, date(2026, 6, 14))
    assert not age_entre(naissance, 16, 25, date(2026, 6, 15))


def test_an_age_before_birth_is_refused():
    with pytest.raises(ValueError, match="précède la naissance"):
        age(date(2020, 1, 1), date(2019, 12, 31))


def test_six_weeks_are_forty_two_days_both_ends_included():
    assert jours_inclus(date(2026, 3, 2), date(2026, 4, 12)) == 42


def test_an_open_end_of_a_period_never_closes_it():
    assert contient(None, None, date(1900, 1, 1))
    assert contient(date(2026, 1, 1), None, date(2026, 1, 1))
    assert not contient(date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3))


@given(naissance=JOURS, ans=st.integers(0, 40))
def test_age_changes_on_the_birthday_and_not_the_day_before(naissance, ans):
    jour = anniversaire(naissance, ans)
    assert age(naissance, jour) == ans
    assert age_au_moins(naissance, ans, jour)
    if ans:
        assert age(naissance, jour - timedelta(days=1)) == ans - 1


@given(naissance=JOURS, a=st.integers(0, 15_000), b=st.integers(0, 15_000))
def test_nobody_grows_younger(naissance, a, b):
    petit, grand = sorted((a, b))
    assert age(naissance, naissance + timedelta(days=petit)) <= age(
        naissance, naissance + timedelta(days=grand)
    )


@given(depart=JOURS, a=st.integers(0, 60), b=st.integers(0, 60))
def test_a_longer_deadline_never_falls_earlier(depart, a, b):
    petit, grand = sorted((a, b))
    assert echeance_mois(depart, petit) <= echeance_mois(depart, grand)


@given(depart=JOURS, mois=st.integers(1, 60))
def test_a_period_ends_at_latest_on_the_day_of_the_deadline_and_at_most_one_day_before(depart, mois):
    ecart = echeance_mois(depart, mois) - fin_de_periode(depart, mois)
    assert ecart in (timedelta(0), timedelta(days=1))
