from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from maillage.droit.api import fin_de_periode
from maillage.parcours.rules.fenetres import premiere_fenetre

UN_JOUR = timedelta(days=1)
JOURS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(jour=JOURS, mois=st.integers(1, 24))
@example(jour=date(2024, 2, 29), mois=12)
@example(jour=date(2025, 2, 28), mois=12)
@example(jour=date(2026, 3, 31), mois=1)
def test_the_first_window_that_holds_a_day_is_the_earliest(jour, mois):
    depart = premiere_fenetre(jour, mois)
    assert depart <= jour <= fin_de_periode(depart, mois)
    assert fin_de_periode(depart - UN_JOUR, mois) < jour


@given(jour=JOURS, mois=st.integers(1, 24))
def test_a_later_window_never_ends_earlier(jour, mois):
    assert fin_de_periode(jour, mois) <= fin_de_periode(jour + UN_JOUR, mois)
