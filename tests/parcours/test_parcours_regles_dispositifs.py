from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.droit.api import Force, age, anniversaire, fin_de_periode
from maillage.parcours.rules import dispositifs
from maillage.parcours.rules.dispositifs import Territoire

NAISSANCES = st.dates(date(1985, 1, 1), date(2012, 12, 31)) | st.sampled_from(
    [date(1996, 2, 29), date(2000, 2, 29), date(2004, 2, 28), date(2008, 3, 1)]
)
AGES = {"tapaj": (16, 25), "parrainage": (16, 30), "smv": (18, 25), "sma": (18, 25), "epide": (16, 25)}


def entrer(nom, naissance, debut):
    """The verdict of a scheme on an entry that lasts long enough and not too long."""
    fin = {"fin": fin_de_periode(debut, 6)} if nom in {"parrainage", "epide"} else {}
    return getattr(dispositifs, nom)(le=debut, naissance=naissance, debut=debut, **fin)


@pytest.mark.parametrize("nom", AGES)
@given(naissance=NAISSANCES, ecart=st.integers(-3, 3))
def test_the_age_counts_from_the_birthday_to_the_eve_of_the_one_after_the_last(nom, naissance, ecart):
    minimum, maximum = AGES[nom]
    for ans, code, trop_tot in ((minimum, "age_min", True), (maximum + 1, "age_max", False)):
        bord = anniversaire(naissance, ans)
        jugement = entrer(nom, naissance, bord + timedelta(days=ecart))
        assert jugement.codes == ((code,) if (ecart < 0) is trop_tot else ())
        assert jugement.echeances["premier_jour_possible"] == anniversaire(naissance, minimum)
        assert jugement.echeances["dernier_jour_possible"] == anniversaire(
            naissance, maximum + 1
        ) - timedelta(days=1)


@pytest.mark.parametrize("nom", AGES)
@given(naissance=NAISSANCES, debut=st.dates(date(2012, 12, 31), date(2050, 1, 1)))
def test_the_verdict_is_that_of_the_completed_years(nom, naissance, debut):
    minimum, maximum = AGES[nom]
    assert entrer(nom, naissance, debut).ok is (minimum <= age(naissance, debut) <= maximum)


@pytest.mark.parametrize(
    ("debut", "ok"),
    [("2018-02-27", False), ("2018-02-28", True), ("2026-02-27", True), ("2026-02-28", False)],
)
def test_born_on_29_february_one_is_a_year_older_on_the_28th_of_a_common_year(debut, ok):
    verdict = juger("smv", {"personne.naissance": "2000-02-29", "debut": debut, "fin": "2027-01-01"})
    assert verdict.ok is ok


def test_the_age_is_judged_on_the_first_day_and_not_on_the_day_of_the_act():
    assert (
        codes("tapaj", {"personne.naissance": "2010-06-01", "debut": "2026-06-01", "fin": "2026-07-01"}) == ()
    )
    assert codes("tapaj", {"personne.naissance": "2010-06-01", "le": "2026-06-02"}) == ("age_min",)


def test_someone_too_young_learns_the_first_possible_day():
    verdict = juger("tapaj", {"personne.naissance": "2012-05-20"})
    assert verdict.echeances["premier_jour_possible"] == date(2028, 5, 20)
    assert "20\u00a0mai\u00a02028" in verdict.motifs[0].texte


@pytest.mark.parametrize(
    ("fin", "attendus"),
    [
        ("2026-02-14", ("duree_min",)),
        ("2026-02-15", ()),
        ("2026-02-16", ()),
        ("2026-07-03", ()),
        ("2026-07-04", ()),
        ("2026-07-05", ("duree_max",)),
        ("2026-01-05", ("duree_min",)),
    ],
)
def test_a_mentoring_lasts_from_42_days_to_six_months(fin, attendus):
    verdict = juger("parrainage", fin=fin)
    assert verdict.codes == attendus
    assert verdict.echeances["fin_au_plus_tot"] == date(2026, 2, 15)
    assert verdict.echeances["fin_au_plus_tard"] == date(2026, 7, 4)


@pytest.mark.parametrize(
    ("fin", "attendus"),
    [
        ("2026-08-30", ("duree_min",)),
        ("2026-08-31", ()),
        ("2027-02-27", ()),
        ("2027-02-28", ()),
        ("2027-03-01", ("duree_max",)),
    ],
)
def test_a_contract_with_epide_lasts_from_six_to_twelve_months(fin, attendus):
    verdict = juger("epide", fin=fin)
    assert verdict.codes == attendus
    assert verdict.echeances["fin_avec_renouvellements"] == date(2028, 2, 29)


@given(debut=st.dates(date(2010, 1, 1), date(2060, 1, 1)), jours=st.integers(0, 800))
def test_a_longer_mentoring_is_too_short_then_right_then_too_long(debut, jours):
    verdict = dispositifs.parrainage(
        le=debut, naissance=anniversaire(debut, -20), debut=debut, fin=debut + timedelta(days=jours)
    )
    attendu = "duree_min" if jours < 41 else None
    if debut + timedelta(days=jours) > fin_de_periode(debut, 6):
        attendu = "duree_max"
    assert verdict.codes == ((attendu,) if attendu else ())


@pytest.mark.parametrize(
    ("commune", "smv", "sma"),
    [
        ("31555", True, False),
        ("75056", True, False),
        ("2A004", True, False),
        ("97105", False, True),
        ("97411", False, True),
        ("97608", False, True),
        ("98818", False, True),
        (None, True, True),
    ],
)
def test_smv_is_for_metropolitan_france_and_sma_for_overseas(commune, smv, sma):
    for nom, ok in (("smv", smv), ("sma", sma)):
        assert codes(nom, commune=commune) == (() if ok else ("territoire_exclu",))


@pytest.mark.parametrize("commune", ["99999", "00000", "97000", "3155", "Toulouse", 31555, ""])
def test_a_commune_of_nowhere_is_refused(commune):
    assert codes("smv", commune=commune) == ("entree_invalide",)


def test_only_the_statement_of_the_judicial_member_closes_sma():
    verdict = juger("sma", declaration_multireiterant=True)
    assert verdict.codes == ("public_exclu",)
    assert verdict.motifs[0].force is Force.DOCTRINE
    assert verdict.motifs[0].levee_possible
    assert codes("sma", declaration_multireiterant=False) == ()
    assert codes("smv", declaration_multireiterant=True) == ("entree_inconnue",)


def test_the_law_closes_what_a_doctrine_leaves_open():
    assert not juger("epide", {"personne.naissance": "1990-01-01"}).motifs[0].levee_possible
    assert juger("tapaj", {"personne.naissance": "1990-01-01"}).motifs[0].levee_possible


@pytest.mark.parametrize("nom", AGES)
def test_a_period_the_wrong_way_round_or_before_birth_is_impossible(nom):
    assert codes(nom, debut="2026-06-01", fin="2026-05-31") == ("entree_invalide",)
    avant = {"personne.naissance": "2010-01-01", "debut": "2009-12-31", "fin": "2026-05-31"}
    assert codes(nom, avant) == ("entree_invalide",)


def test_a_territory_not_told_is_not_judged():
    debut = date(2026, 6, 1)
    naissance = date(2004, 6, 2)
    assert dispositifs.smv(le=debut, naissance=naissance, debut=debut).ok
    assert not dispositifs.smv(le=debut, naissance=naissance, debut=debut, territoire=Territoire.OUTRE_MER).ok
