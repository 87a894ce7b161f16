"""What a séance may do, by examples: no database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.instances import regles_seance
from maillage.instances.etats_seance import TRANSITIONS, EtatSeance, peut_passer
from maillage.instances.modeles_seance import modeles, modeles_pour

MAINTENANT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("commence_le", "codes"),
    [
        (MAINTENANT + timedelta(days=1), ()),
        (MAINTENANT, ("date_passee",)),
        (MAINTENANT - timedelta(days=1), ("date_passee",)),
        (MAINTENANT + timedelta(days=731), ("date_lointaine",)),
    ],
)
def test_a_seance_is_prepared_for_a_day_to_come(commence_le, codes):
    assert regles_seance.preparation(commence_le=commence_le, maintenant=MAINTENANT).codes == codes


def test_a_second_closing_is_told_as_such():
    verdict = regles_seance.passage(depuis=EtatSeance.CLOSE, vers=EtatSeance.CLOSE)
    assert verdict.codes == ("seance_deja_close",)


@given(st.sampled_from(EtatSeance), st.sampled_from(EtatSeance))
def test_no_passage_leads_back(depuis, vers):
    if peut_passer(depuis, vers):
        assert not peut_passer(vers, depuis)
        assert regles_seance.passage(depuis=depuis, vers=vers).ok


def test_every_state_has_its_line_in_the_table():
    assert set(TRANSITIONS) == set(EtatSeance)


def test_every_reason_against_a_decision_is_listed_in_order():
    verdict = regles_seance.decision(etat=EtatSeance.CLOSE, presents=1, deja_decide=True, ouverte=False)
    assert verdict.codes == (
        "deja_decide",
        "seance_non_ouverte",
        "decision_non_collective",
        "decision_impossible",
    )


def test_a_decision_is_collective():
    assert not regles_seance.decision(etat="ouverte", presents=1, deja_decide=False, ouverte=True).ok
    assert regles_seance.decision(etat="ouverte", presents=2, deja_decide=False, ouverte=True).ok


def test_a_seance_with_a_point_left_is_not_closed():
    assert regles_seance.cloture(etat="ouverte", sans_decision=1).codes == ("points_sans_decision",)
    assert regles_seance.cloture(etat="ouverte", sans_decision=0).ok


def test_the_school_meeting_has_its_two_parts():
    parties = list(dict.fromkeys(point.partie for point in modeles()["ecole_securite"].points))
    assert len(parties) == 2


def test_the_plenary_uses_its_own_template_only():
    assert [modele.code for modele in modeles_pour("pleniere")] == ["pleniere"]


@pytest.mark.parametrize(
    ("prevue", "confirmee", "codes"),
    [
        (date(2026, 11, 22), False, ()),
        (date(2026, 11, 23), False, ()),
        (date(2026, 11, 24), False, ("avant_la_date",)),
        (date(2026, 11, 24), True, ()),
    ],
)
def test_une_seance_s_ouvre_avant_son_jour_a_dessein_seulement(prevue, confirmee, codes):
    verdict = regles_seance.ouverture(
        prevue_le=prevue, aujourd_hui=date(2026, 11, 23), avant_sa_date=confirmee
    )
    assert verdict.codes == codes
