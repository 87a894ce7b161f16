"""Community work and restorative justice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.droit.api import anniversaire
from maillage.parcours.rules.justice_restaurative import Mesure
from maillage.parcours.rules.tig import Nature, tig


def peine(heures=100, naissance=date(2000, 1, 1), decision=date(2026, 2, 1), faits=date(2025, 10, 1), **cles):
    return tig(
        naissance=naissance,
        heures=heures,
        decision=decision,
        faits=faits,
        **{"habilitation_accueil": True, **cles},
    )


@pytest.mark.parametrize(
    ("nature", "heures", "attendus"),
    [
        ("delit", 0, ("heures_min",)),
        ("delit", 19, ("heures_min",)),
        ("delit", 20, ()),
        ("delit", 399, ()),
        ("delit", 400, ()),
        ("delit", 401, ("heures_max",)),
        ("contravention", 19, ("heures_min",)),
        ("contravention", 20, ()),
        ("contravention", 120, ()),
        ("contravention", 121, ("heures_max",)),
        ("contravention", 400, ("heures_max",)),
    ],
)
def test_hours_are_bounded_and_less_for_a_contravention(nature, heures, attendus):
    assert codes("tig", heures=heures, nature=nature) == attendus


def test_the_hours_of_a_contravention_are_said_to_be_checked():
    assert juger("tig", heures=130, nature="contravention").motifs[0].a_verifier
    assert not juger("tig", heures=401).motifs[0].a_verifier


@given(heures=st.integers(0, 10**9), nature=st.sampled_from(Nature))
def test_more_hours_go_from_too_few_to_right_to_too_many(heures, nature):
    maximum = 400 if nature is Nature.DELIT else 120
    attendu = "heures_min" if heures < 20 else "heures_max" if heures > maximum else None
    assert peine(heures, nature=nature).codes == ((attendu,) if attendu else ())


@pytest.mark.parametrize("heures", [True, 100.0, "100", -1, None, 10**12, [100]])
def test_hours_are_a_whole_number(heures):
    assert codes("tig", heures=heures) == ("entree_invalide",)


@given(
    naissance=st.dates(date(2006, 1, 1), date(2012, 12, 31)) | st.just(date(2008, 2, 29)),
    ecart=st.integers(-2, 2),
)
def test_sixteen_at_the_decision_and_thirteen_at_the_facts(naissance, ecart):
    jour = timedelta(days=ecart)
    seize, treize = anniversaire(naissance, 16), anniversaire(naissance, 13)
    jugement = peine(naissance=naissance, decision=seize + jour, faits=treize)
    assert jugement.codes == (("age_decision",) if ecart < 0 else ())
    assert jugement.echeances.get("premier_jour_possible") == (seize if ecart < 0 else None)
    jugement = peine(naissance=naissance, decision=seize, faits=treize + jour)
    assert jugement.codes == (("age_faits",) if ecart < 0 else ())


def test_the_basis_is_that_of_the_day_of_the_decision():
    enfant = {"naissance": date(2010, 1, 1), "faits": date(2021, 1, 1)}
    avant = peine(decision=date(2021, 9, 29), **enfant)
    apres = peine(decision=date(2021, 9, 30), **enfant)
    assert avant.codes == apres.codes == ("age_decision", "age_faits")
    assert "1945" in avant.motifs[0].base_legale
    assert avant.motifs[0].a_verifier
    assert "justice pénale des mineurs" in apres.motifs[0].base_legale
    assert not apres.motifs[0].a_verifier


def test_the_sentence_is_served_within_eighteen_months():
    assert peine(decision=date(2026, 8, 31)).echeances["execution_avant"] == date(2028, 2, 29)


def test_a_decision_before_the_facts_or_facts_before_birth_are_impossible():
    assert codes("tig", faits="2026-02-02") == ("entree_invalide",)
    assert codes("tig", faits="2026-02-01") == ()
    assert codes("tig", {"personne.naissance": "2025-10-02"}) == ("entree_invalide",)


@pytest.mark.parametrize("mesure", Mesure)
def test_only_circles_of_support_do_without_a_victim(mesure):
    sans_victime = {"mesure": mesure.value, "consentements.victime": None}
    cercle = mesure in {Mesure.CERCLE_SOUTIEN, Mesure.CERCLE_ACCOMPAGNEMENT}
    assert codes("justice_restaurative", sans_victime) == (() if cercle else ("consentement_manquant",))
    sans_auteur = {"mesure": mesure.value, "consentements.auteur": None}
    assert codes("justice_restaurative", sans_auteur) == ("consentement_manquant",)


def test_the_reason_names_whose_consent_is_missing():
    verdict = juger("justice_restaurative", {"consentements.auteur": None, "consentements.victime": None})
    assert "de l’auteur et de la victime" in verdict.motifs[0].texte
    assert verdict.echeances["premier_jour_possible"] is None


@pytest.mark.parametrize(("jour", "ok"), [("2026-02-19", True), ("2026-02-20", True), ("2026-02-21", False)])
def test_a_consent_counts_from_its_day(jour, ok):
    verdict = juger("justice_restaurative", {"consentements.victime": jour})
    assert verdict.codes == (() if ok else ("consentement_manquant",))
    assert verdict.echeances["premier_jour_possible"] == date.fromisoformat(jour)


def test_the_conditions_of_the_law_start_with_it():
    rien = {
        "faits_reconnus": False,
        "consentements": {"auteur": None, "victime": None},
        "animateur_forme": False,
        "tiers_independant": False,
        "controle_judiciaire": False,
    }
    assert codes("justice_restaurative", rien, le="2014-09-30") == ()
    assert len(codes("justice_restaurative", rien, le="2014-10-01")) == 5


def test_preparation_is_a_doctrine_and_the_rest_is_the_law():
    verdict = juger("justice_restaurative", preparation_faite=False, faits_reconnus=False)
    assert [motif.levee_possible for motif in verdict.motifs] == [False, True]


def test_a_consent_is_a_date_and_both_are_told():
    assert codes("justice_restaurative", {"consentements.victime": True}) == ("entree_invalide",)
    assert codes("justice_restaurative", consentements={"auteur": "2026-01-01"}) == ("entree_manquante",)
    assert codes("justice_restaurative", consentements=None) == ("entree_invalide",)
