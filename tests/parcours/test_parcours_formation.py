"""The duty of training from 16 to 18, day by day; the dates around a military service."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.droit.api import age
from maillage.parcours.rules.formation import Occupation, formation_16_18, periode_16_18
from maillage.parcours.rules.service_militaire import phases_datees, relancer_le, retour

NAISSANCE = date(2009, 2, 3)


@pytest.mark.parametrize(
    ("le", "codes"),
    [
        (date(2025, 2, 2), ()),
        (date(2025, 2, 3), ("sans_formation",)),
        (date(2027, 2, 2), ("sans_formation",)),
        (date(2027, 2, 3), ()),
    ],
)
def test_l_obligation_va_du_seizieme_anniversaire_a_la_veille_du_dix_huitieme(le, codes):
    verdict = formation_16_18(le=le, naissance=NAISSANCE, occupation=Occupation.AUCUNE)
    assert verdict.codes == codes
    assert verdict.ok == (not codes)
    assert verdict.echeances["premier_jour"] == date(2025, 2, 3)
    assert verdict.echeances["dernier_jour"] == date(2027, 2, 2)


@pytest.mark.parametrize(
    "occupation", [o for o in Occupation if o not in {Occupation.AUCUNE, Occupation.INCONNUE}]
)
def test_une_solution_dite_suffit(occupation):
    assert formation_16_18(le=date(2026, 1, 1), naissance=NAISSANCE, occupation=occupation).ok


def test_ce_que_nul_n_a_dit_n_est_pas_suppose():
    verdict = formation_16_18(le=date(2026, 1, 1), naissance=NAISSANCE)
    assert verdict.codes == ("occupation_inconnue",)
    assert verdict.motifs[0].force == "loi"


def test_avant_la_loi_aucune_obligation():
    assert periode_16_18(date(2003, 5, 1), date(2019, 6, 1)) is None
    assert formation_16_18(le=date(2020, 8, 31), naissance=date(2004, 5, 1)).ok
    assert not formation_16_18(le=date(2020, 9, 1), naissance=date(2004, 5, 1)).ok


def test_qui_avait_dix_sept_ans_le_premier_jour_de_la_loi_y_entre_ce_jour_la():
    assert periode_16_18(date(2003, 5, 1), date(2020, 10, 1)) == (date(2020, 9, 1), date(2021, 4, 30))
    assert periode_16_18(date(2002, 9, 1), date(2020, 10, 1)) is None


@given(st.dates(date(2000, 1, 1), date(2015, 12, 31)), st.dates(date(2020, 9, 1), date(2035, 1, 1)))
def test_l_obligation_est_celle_des_seize_et_dix_sept_ans(naissance: date, le: date):
    if le < naissance:
        return
    attendu = age(naissance, le) in {16, 17}
    assert (not formation_16_18(le=le, naissance=naissance).ok) == attendu


def test_les_phases_se_suivent_sans_un_jour_entre_elles():
    phases = phases_datees(
        date(2026, 1, 5), [("militaire", 1), ("complementaire", 4), ("professionnelle", 7)]
    )
    assert [(p.debut, p.fin) for p in phases] == [
        (date(2026, 1, 5), date(2026, 2, 4)),
        (date(2026, 2, 5), date(2026, 6, 4)),
        (date(2026, 6, 5), date(2027, 1, 4)),
    ]
    assert all(b.debut == a.fin + timedelta(days=1) for a, b in pairwise(phases))


def test_le_retour_se_prepare_un_mois_avant_et_se_verifie_un_mois_apres():
    prevu = retour(date(2027, 3, 31))
    assert (prevu.preparer_le, prevu.verifier_le) == (date(2027, 2, 28), date(2027, 4, 30))
    assert relancer_le(date(2027, 1, 1)) == date(2027, 1, 31)
