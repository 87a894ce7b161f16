from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.droit.api import anniversaire, echeance_mois, entier
from maillage.socle.rules import Volet, archive_par_defaut, conservation
from maillage.socle.verdicts import ARCHIVE_MAXIMUM, REGLES

LE = date(2026, 2, 1)
JOURS = st.dates(date(1985, 1, 1), date(2026, 1, 31))
AUTRES = [Volet.MAJEUR, Volet.VICTIME, Volet.SIGNALEMENT]


def juger(**cas):
    return conservation(**{"le": LE, "volet": Volet.JEUNE, "naissance": date(2005, 6, 15), **cas}).echeances


def test_a_closed_file_of_a_young_person_is_archived_then_destroyed():
    assert juger(cloture=date(2026, 1, 10), archive_mois=3) == {
        "fin_base_active": date(2026, 1, 10),
        "fin_archive": date(2026, 4, 10),
        "destruction": date(2026, 4, 10),
    }


def test_the_twenty_fifth_birthday_cuts_the_archive_of_the_youth_strand():
    echeances = juger(naissance=date(2001, 3, 1), cloture=date(2026, 1, 10))
    assert echeances["destruction"] == date(2026, 3, 1)


def test_an_open_file_of_a_young_person_still_ends_on_the_twenty_fifth_birthday():
    assert juger(cloture=None) == {
        "fin_base_active": None,
        "fin_archive": None,
        "destruction": date(2030, 6, 15),
    }


def test_a_birth_on_29_february_ends_on_the_last_day_of_february():
    assert juger(naissance=date(2004, 2, 29), cloture=None)["destruction"] == date(2029, 2, 28)


@pytest.mark.parametrize("volet", AUTRES)
def test_other_strands_have_no_birthday_cap_and_an_open_file_has_no_end(volet):
    assert juger(volet=volet, naissance=date(1990, 1, 1), cloture=None)["destruction"] is None
    fermee = juger(volet=volet, naissance=date(1950, 1, 1), cloture=date(2026, 1, 31), archive_mois=1)
    assert fermee["destruction"] == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("volet", "mois"), [(Volet.JEUNE, 3), (Volet.MAJEUR, 3), (Volet.VICTIME, 3), (Volet.SIGNALEMENT, 1)]
)
def test_the_archive_defaults_to_the_parameter_of_the_strand(volet, mois):
    assert archive_par_defaut(volet, LE) == mois
    assert juger(volet=volet, cloture=LE)["fin_archive"] == echeance_mois(LE, mois)


def test_an_archive_of_no_month_destroys_on_the_day_of_closing():
    assert juger(cloture=LE, archive_mois=0)["destruction"] == LE


def test_no_cap_existed_before_the_cnil_set_one():
    assert juger(le=date(2014, 7, 21), cloture=None)["destruction"] is None
    assert juger(le=date(2014, 7, 22), cloture=None)["destruction"] == date(2030, 6, 15)


def test_the_youth_strand_cannot_be_judged_without_a_birth_date():
    with pytest.raises(ValueError, match="naissance"):
        juger(naissance=None, cloture=None)


@given(naissance=JOURS, cloture=st.none() | JOURS, mois=st.none() | st.integers(0, 36))
def test_nothing_of_the_youth_strand_outlives_the_twenty_fifth_birthday_nor_its_archive(
    naissance, cloture, mois
):
    echeances = juger(naissance=naissance, cloture=cloture, archive_mois=mois)
    plafond = anniversaire(naissance, 25)
    assert echeances["destruction"] <= plafond
    if cloture is not None:
        assert echeances["destruction"] == min(plafond, echeances["fin_archive"])
        assert echeances["fin_base_active"] <= echeances["fin_archive"]


@given(volet=st.sampled_from(Volet), cloture=JOURS, a=st.integers(0, 36), b=st.integers(0, 36))
def test_a_longer_archive_never_destroys_earlier(volet, cloture, a, b):
    court, long = sorted((a, b))
    destructions = [juger(volet=volet, cloture=cloture, archive_mois=m)["destruction"] for m in (court, long)]
    assert destructions == sorted(destructions)


def repondre(**entree):
    return REGLES["conservation"].repondre({"le": "2026-02-01", **entree}, LE)


@pytest.mark.parametrize("mois", [-1, 37, 3.0, "3", True])
def test_an_archive_beyond_three_years_or_not_a_number_is_an_impossible_input(mois):
    verdict = repondre(volet="majeur", cloture=None, archive_mois=mois)
    assert verdict.codes == ("entree_invalide",)
    assert entier("conservation.archive_mois_maximum", LE) == ARCHIVE_MAXIMUM


def test_the_youth_strand_asks_for_the_birth_date_and_the_others_do_not():
    assert repondre(volet="jeune", cloture=None).codes == ("entree_manquante",)
    assert repondre(volet="victime", cloture=None).ok


def test_a_closing_before_birth_is_an_impossible_input():
    verdict = repondre(volet="jeune", cloture="2000-01-01", personne={"naissance": "2005-01-01"})
    assert verdict.codes == ("entree_invalide",)
