from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.droit.api import anniversaire
from maillage.maire.rules.rappel import Presence, Qualification, Qualite, rappel_a_l_ordre

MINEUR = {"personne.naissance": "2010-01-01"}


@pytest.mark.parametrize("qualification", Qualification)
def test_a_crime_or_a_delit_goes_to_the_prosecutor(qualification):
    grave = qualification in {Qualification.DELIT, Qualification.CRIME}
    attendus = ("qualification_exclue",) if grave else ()
    assert codes("rappel_a_l_ordre", {"faits.qualification": qualification.value}) == attendus


@pytest.mark.parametrize("qualite", Qualite)
def test_only_the_mayor_and_those_he_delegated_are_competent(qualite):
    competents = {Qualite.MAIRE, Qualite.ADJOINT_DELEGUE, Qualite.CONSEILLER_DELEGUE}
    attendus = () if qualite in competents else ("autorite_incompetente",)
    assert codes("rappel_a_l_ordre", {"autorite.qualite": qualite.value}) == attendus


def test_a_president_of_another_place_is_refused_twice():
    ailleurs = {"autorite.qualite": "president_epci", "autorite.commune": "31555"}
    assert codes("rappel_a_l_ordre", ailleurs) == ("autorite_incompetente", "hors_commune")


def test_a_complaint_and_a_procedure_are_one_and_the_same_reason():
    deux = {"plainte_deposee": True, "procedure_penale": True}
    assert codes("rappel_a_l_ordre", deux) == ("plainte_ou_procedure",)
    for cle in deux:
        assert codes("rappel_a_l_ordre", {cle: True}) == ("plainte_ou_procedure",)


@pytest.mark.parametrize(
    ("presences", "ok"),
    [
        ({}, False),
        ({"representants_presents": True}, True),
        ({"impossibilite_representants": True}, True),
        ({"responsable_educatif_present": True}, True),
        ({"responsable_educatif_present": False}, False),
    ],
)
def test_a_minor_does_not_come_alone(presences, ok):
    verdict = juger("rappel_a_l_ordre", {**MINEUR, **presences})
    assert verdict.codes == (() if ok else ("mineur_sans_representant",))
    assert verdict.echeances["majorite"] == date(2028, 1, 1)


@given(
    naissance=st.dates(date(1990, 1, 1), date(2012, 12, 31)) | st.just(date(2008, 2, 29)),
    ecart=st.integers(-3, 3),
)
def test_one_is_a_minor_until_the_eve_of_eighteen(naissance, ecart):
    verdict = rappel_a_l_ordre(
        le=anniversaire(naissance, 18) + timedelta(days=ecart),
        naissance=naissance,
        qualification=Qualification.INCIVILITE,
        lieu_commune="31149",
        qualite=Qualite.MAIRE,
        commune="31149",
        plainte_ou_procedure=False,
        presence=Presence(representants=False, impossibilite=False),
    )
    assert verdict.codes == (("mineur_sans_representant",) if ecart < 0 else ())


def test_the_age_is_that_of_the_day_of_the_act_and_not_of_the_facts():
    faits = {"personne.naissance": "2008-05-10", "faits.date": "2026-05-01"}
    assert codes("rappel_a_l_ordre", faits, le="2026-05-10") == ()
    assert codes("rappel_a_l_ordre", faits, le="2026-05-09") == ("mineur_sans_representant",)


def test_before_the_law_of_2007_nobody_had_to_come_with_a_minor():
    faits = {**MINEUR, "personne.naissance": "1995-01-01", "faits.date": "2007-03-01"}
    assert codes("rappel_a_l_ordre", faits, le="2007-03-06") == ()
    assert codes("rappel_a_l_ordre", faits, le="2007-03-07") == ("mineur_sans_representant",)


def test_facts_after_the_act_or_before_birth_are_impossible():
    assert codes("rappel_a_l_ordre", {"faits.date": "2026-05-11"}) == ("entree_invalide",)
    assert codes("rappel_a_l_ordre", {"faits.date": "2026-05-10"}) == ()
    assert codes("rappel_a_l_ordre", {"faits.date": "1989-12-31"}) == ("entree_invalide",)


def test_the_law_is_not_lifted_and_the_doctrine_may_be():
    verdict = juger("rappel_a_l_ordre", {**MINEUR, "procedure_penale": True, "faits.lieu_commune": "31555"})
    forces = {motif.code: motif.levee_possible for motif in verdict.motifs}
    assert forces == {"plainte_ou_procedure": True, "hors_commune": False, "mineur_sans_representant": False}


@pytest.mark.parametrize(
    "changements",
    [
        {"faits.lieu_commune": "Colomiers"},
        {"faits.qualification": "vol"},
        {"autorite.qualite": "prefet"},
        {"autorite": "maire"},
        {"faits": []},
        {"plainte_deposee": 1},
    ],
)
def test_a_word_out_of_the_lists_is_refused(changements):
    assert codes("rappel_a_l_ordre", changements) == ("entree_invalide",)
