from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.droit.api import anniversaire, echeance_mois
from maillage.maire.rules.transaction import (
    Autorite,
    Homologation,
    Infraction,
    Nature,
    Proposition,
    transaction,
)

JOURS = st.dates(date(2010, 1, 1), date(2060, 1, 1))


def regler(pv=date(2026, 1, 15), naissance=date(1990, 1, 1), proposee=None, heures=10, le=None):
    return transaction(
        le=le or pv,
        naissance=naissance,
        proposition=Proposition(pv, proposee or pv, Nature.TRAVAIL, heures),
        infraction=Infraction(contravention_pm=True, bien_communal=True, action_publique=False),
        acceptation=True,
        homologation=Homologation(Autorite.JUGE_TRIBUNAL_POLICE, pv),
        protocole=True,
    )


@given(pv=JOURS, ecart=st.integers(-3, 3))
def test_the_proposal_comes_within_a_month_of_the_report_that_day_included(pv, ecart):
    dernier = echeance_mois(pv, 1)
    verdict = regler(pv=pv, proposee=dernier + timedelta(days=ecart))
    assert verdict.codes == (("delai_proposition",) if ecart > 0 else ())
    assert verdict.echeances["proposition_au_plus_tard"] == dernier


@pytest.mark.parametrize(
    ("pv", "proposition", "ok"),
    [
        ("2026-01-15", "2026-02-15", True),
        ("2026-01-15", "2026-02-16", False),
        ("2026-01-31", "2026-02-28", True),
        ("2026-01-31", "2026-03-01", False),
        ("2024-01-31", "2024-02-29", True),
        ("2024-01-31", "2024-03-01", False),
        ("2026-02-28", "2026-03-28", True),
        ("2026-02-28", "2026-03-29", False),
    ],
)
def test_a_month_after_a_long_month_ends_with_the_short_one(pv, proposition, ok):
    attendus = () if ok else ("delai_proposition",)
    assert codes("transaction", pv=pv, proposition=proposition) == attendus


@given(naissance=st.dates(date(1990, 1, 1), date(2012, 12, 31)), ecart=st.integers(-3, 3))
def test_the_contravener_is_of_age_on_the_day_of_the_report(naissance, ecart):
    pv = anniversaire(naissance, 18) + timedelta(days=ecart)
    verdict = regler(pv=pv, naissance=naissance, le=pv + timedelta(days=20))
    assert verdict.codes == (("majeur_requis",) if ecart < 0 else ())


@given(heures=st.integers(0, 10**6))
def test_thirty_hours_of_work_at_most(heures):
    assert regler(heures=heures).codes == (("heures_max",) if heures > 30 else ())


def test_hours_count_for_unpaid_work_only():
    reparation = {"nature": "reparation", "homologation.autorite": "procureur"}
    assert codes("transaction", reparation, heures=None) == ()
    assert codes("transaction", reparation, heures=31) == ()
    assert codes("transaction", heures=None) == ("entree_invalide",)
    assert codes("transaction", heures=True) == ("entree_invalide",)


@pytest.mark.parametrize(
    ("nature", "autorite", "ok"),
    [
        ("travail", "juge_tribunal_police", True),
        ("travail", "procureur", False),
        ("reparation", "procureur", True),
        ("reparation", "juge_tribunal_police", False),
    ],
)
def test_a_repair_is_approved_by_the_prosecutor_and_work_by_the_judge(nature, autorite, ok):
    verdict = juger("transaction", {"nature": nature, "homologation.autorite": autorite})
    assert verdict.codes == (() if ok else ("homologation_autorite",))


@pytest.mark.parametrize(
    ("le", "attendus"),
    [
        ("2026-02-10", ()),
        ("2026-03-09", ()),
        ("2026-03-10", ()),
        ("2026-03-11", ("refus_ou_silence",)),
        ("2027-01-01", ("refus_ou_silence",)),
    ],
)
def test_silence_is_a_refusal_once_the_delay_is_over(le, attendus):
    verdict = juger("transaction", le=le, acceptation=None, homologation=None)
    assert verdict.codes == attendus
    assert verdict.echeances["reponse_au_plus_tard"] == date(2026, 3, 10)
    if attendus:
        assert "R. 15-33-61" in verdict.motifs[0].base_legale


def test_the_delay_written_in_the_proposal_wins_over_ours():
    attente = {"acceptation": None, "homologation": None, "reponse_avant": "2026-02-19"}
    assert codes("transaction", attente, le="2026-02-19") == ()
    assert codes("transaction", attente, le="2026-02-20") == ("refus_ou_silence",)
    assert codes("transaction", {**attente, "reponse_avant": "2026-06-30"}, le="2026-06-30") == ()
    assert codes("transaction", {**attente, "reponse_avant": "2026-02-09"}) == ("entree_invalide",)


def test_approval_is_awaited_from_the_answer_on():
    assert codes("transaction", acceptation=None, homologation=None) == ()
    assert codes("transaction", acceptation=True, homologation=None) == ("homologation_manquante",)
    assert codes("transaction", acceptation=False) == ("refus_ou_silence",)


def test_the_future_code_bounds_the_execution_from_its_first_day_only():
    def execution(le):
        verdict = juger("transaction", {"homologation.date": "2028-12-31"}, le=le)
        return verdict.echeances.get("execution_avant")

    assert execution("2028-12-31") is None
    assert execution("2029-01-01") == date(2029, 3, 31)


def test_a_proposal_before_the_report_or_a_report_before_birth_is_impossible():
    assert codes("transaction", proposition="2026-01-14") == ("entree_invalide",)
    assert codes("transaction", proposition="2026-01-15") == ()
    assert codes("transaction", {"personne.naissance": "2026-01-16"}) == ("entree_invalide",)


def test_the_protocol_is_a_doctrine_and_the_rest_is_the_law():
    verdict = juger("transaction", protocole=False, heures=31, bien_communal=False, action_publique=True)
    assert {motif.code: motif.levee_possible for motif in verdict.motifs} == {
        "heures_max": False,
        "prejudice_non_communal": False,
        "action_publique_engagee": False,
        "protocole_manquant": True,
    }


@pytest.mark.parametrize(
    "changements",
    [
        {"homologation": {"autorite": "prefet", "date": "2026-02-18"}},
        {"homologation": []},
        {"acceptation": "oui"},
        {"nature": "amende"},
        {"pv": None},
    ],
)
def test_an_impossible_input_is_refused(changements):
    assert codes("transaction", changements) == ("entree_invalide",)


def test_an_approval_without_its_date_is_incomplete():
    assert codes("transaction", homologation={"autorite": "procureur"}) == ("entree_manquante",)
