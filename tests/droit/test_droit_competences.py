"""Who may do what: the table is complete, dated and sourced; the wrong body is refused with the text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.droit.api import suivre_lectures
from maillage.droit.competences import (
    CONDITIONS,
    INTERCOMMUNAUX,
    QUALITES,
    TRANSFERTS,
    Acte,
    Condition,
    Qualite,
    SchemaLocal,
    Transfert,
    competences,
    juger_competence,
    schema_local,
)

LE = date(2026, 11, 23)
JOURS = st.dates(date(1990, 1, 1), date(2040, 1, 1))


def test_every_act_of_the_table_has_its_code_its_text_and_at_least_one_body():
    assert list(competences()) == list(Acte)
    assert set(QUALITES) == set(Qualite)
    assert set(CONDITIONS) == set(Condition)
    assert set(TRANSFERTS) == set(Transfert)
    for fiche in competences().values():
        valeur = fiche.au(LE)
        assert valeur is not None, fiche.acte
        assert valeur.base_legale, fiche.acte
        assert fiche.competents(LE), fiche.acte
        assert fiche.comment.endswith("."), fiche.acte


def test_no_body_of_the_intercommunality_holds_what_never_moves():
    """Reporting a crime is a duty of each authority, not a power that would have moved."""
    for fiche in competences().values():
        if fiche.transfert is Transfert.JAMAIS and fiche.acte is not Acte.SIGNALEMENT:
            tenus = {competent.qualite for competent in fiche.competents(LE)}
            assert not tenus & INTERCOMMUNAUX, fiche.acte


@pytest.mark.parametrize(
    ("acte", "qualite", "conditions", "attendus"),
    [
        ("rappel", "maire", (), ()),
        ("rappel", "elu_delegue", (), ("condition_absente",)),
        ("rappel", "elu_delegue", ("delegation",), ()),
        ("rappel", "president_epci", ("competence_epci", "transfert_accorde"), ("autorite_incompetente",)),
        ("transaction", "coordonnateur", ("delegation",), ("autorite_incompetente",)),
        ("homologation_travail", "procureur", (), ("autorite_incompetente",)),
        ("homologation_travail", "juge", (), ()),
        ("cispd_presidence", "president_epci", (), ("condition_absente",)),
        ("cispd_presidence", "president_epci", ("competence_epci",), ()),
        ("cispd_presidence", "maire", ("competence_epci",), ("autorite_incompetente",)),
        ("exclusion_epci", "president_epci", (), ()),
        ("exclusion_epci", "maire", (), ("autorite_incompetente",)),
        ("exclusion_communal", "president_epci", (), ("autorite_incompetente",)),
        ("coordonnateur", "prefet", (), ("condition_absente",)),
        ("coordonnateur", "prefet", ("carence",), ()),
        ("police_manifestations", "president_epci", ("transfert_accorde",), ()),
        ("police_generale", "president_epci", ("transfert_accorde",), ("autorite_incompetente",)),
        ("avis_suites", "procureur", (), ()),
        ("maesf", "maire", (), ("autorite_incompetente",)),
    ],
)
def test_each_body_is_told_whether_the_act_is_its_own(acte, qualite, conditions, attendus):
    verdict = juger_competence(
        Acte(acte), Qualite(qualite), LE, conditions=[Condition(condition) for condition in conditions]
    )
    assert verdict.codes == attendus
    assert all(not motif.levee_possible for motif in verdict.motifs)


def test_the_president_of_an_epci_is_told_that_the_power_does_not_move():
    verdict = juger_competence(Acte.RAPPEL, Qualite.PRESIDENT_EPCI, LE)
    assert "ne se transfère pas" in verdict.motifs[0].texte
    assert "L. 132-7" in verdict.motifs[0].base_legale


@pytest.mark.parametrize(
    ("le", "attendus"), [(date(2007, 3, 6), ("acte_sans_texte",)), (date(2007, 3, 7), ())]
)
def test_an_act_of_the_law_of_2007_had_no_text_the_day_before(le, attendus):
    assert juger_competence(Acte.RAPPEL, Qualite.MAIRE, le).codes == attendus


def test_the_answer_says_which_text_it_rests_on_even_when_it_agrees():
    with suivre_lectures() as lues:
        assert juger_competence(Acte.VIDEO_AUTORISER, Qualite.PREFET, LE).ok
    assert [(lue.parametre.code, lue.valeur.mots) for lue in lues] == [
        ("competence.video_autoriser", ("le préfet",))
    ]


@given(acte=st.sampled_from(Acte), qualite=st.sampled_from([*Qualite, None]), le=JOURS)
def test_a_condition_more_never_takes_a_power_away_and_one_code_at_most_refuses(acte, qualite, le):
    sans = juger_competence(acte, qualite, le)
    avec = juger_competence(acte, qualite, le, conditions=list(Condition))
    assert len(sans.codes) <= 1
    assert not sans.ok or avec.ok
    assert "condition_absente" not in avec.codes
    if "autorite_incompetente" in sans.codes:
        assert avec.codes == sans.codes


@pytest.mark.parametrize(
    ("intercommunal", "communal", "attendu"),
    [
        (True, False, SchemaLocal.CISPD_SEUL),
        (True, True, SchemaLocal.CISPD_ET_CLSPD),
        (False, True, SchemaLocal.CLSPD_SEULS),
        (False, False, SchemaLocal.NON_RENSEIGNE),
    ],
)
def test_the_pattern_of_a_territory_follows_from_the_councils_recorded_there(
    intercommunal, communal, attendu
):
    assert schema_local(intercommunal=intercommunal, communal=communal) is attendu
