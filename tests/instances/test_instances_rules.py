from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.instances.rules import Forum, Habilitation, Nature, partage
from maillage.instances.verdicts import REGLES

LE = date(2026, 2, 20)
VALABLE = Habilitation(date(2025, 1, 1), date(2026, 12, 31), "2", "2")
PERMIS = {
    "le": LE,
    "forum": Forum.GROUPE,
    "nature": Nature.CONFIDENTIELLE,
    "habilitation": VALABLE,
    "membre": True,
}
ENTREE = {
    "le": "2026-02-20",
    "forum": "groupe",
    "nature": "confidentielle",
    "habilitation": {
        "debut": "2025-01-01",
        "fin": "2026-12-31",
        "charte_signee": "2",
        "charte_en_vigueur": "2",
    },
    "membre": True,
}

JOURS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
CHARTES = st.none() | st.sampled_from(["1", "2"])
HABILITATIONS = st.builds(Habilitation, JOURS, st.none() | JOURS, CHARTES, CHARTES)


def juger(**changements):
    return partage(**{**PERMIS, **changements})


@pytest.mark.parametrize("forum", [Forum.GROUPE, Forum.CDDF])
def test_a_member_with_a_mandate_and_the_charter_shares_confidential_information_in_a_groupe_or_a_cddf(forum):
    assert juger(forum=forum).ok


@pytest.mark.parametrize("forum", [Forum.PLENIERE, Forum.RESTREINTE])
def test_named_information_never_goes_to_a_plenary_or_a_restricted_formation(forum):
    assert juger(forum=forum).codes == ("forum_interdit",)
    assert juger(forum=forum, nature=Nature.SECRETE).codes == ("forum_interdit", "information_secrete")


@pytest.mark.parametrize("forum", list(Forum))
def test_public_information_goes_to_any_forum(forum):
    assert juger(forum=forum, nature=Nature.PUBLIQUE).ok


def test_a_mandate_holds_from_its_first_day_to_its_last():
    for jour, ok in [
        (VALABLE.debut - timedelta(days=1), False),
        (VALABLE.debut, True),
        (VALABLE.fin, True),
        (VALABLE.fin + timedelta(days=1), False),
    ]:
        assert juger(le=jour).ok is ok
    assert juger(le=date(2199, 1, 1), habilitation=replace(VALABLE, fin=None)).ok


@pytest.mark.parametrize(("signee", "en_vigueur"), [("1", "2"), (None, "2"), ("2", None), (None, None)])
def test_only_the_version_in_force_of_the_charter_counts(signee, en_vigueur):
    habilitation = replace(VALABLE, charte_signee=signee, charte_en_vigueur=en_vigueur)
    assert juger(habilitation=habilitation).codes == ("charte_non_signee",)


def test_a_mandate_elsewhere_gives_nothing_here():
    assert juger(membre=False).codes == ("non_membre",)


def test_every_obstacle_is_named_in_the_order_of_the_documentation():
    verdict = juger(
        forum=Forum.PLENIERE,
        nature=Nature.SECRETE,
        habilitation=Habilitation(date(2020, 1, 1), date(2020, 12, 31), "1", "2"),
        membre=False,
    )
    assert verdict.codes == (
        "forum_interdit",
        "information_secrete",
        "habilitation_invalide",
        "charte_non_signee",
        "non_membre",
    )
    assert not any(motif.levee_possible for motif in verdict.motifs)


@given(
    le=JOURS,
    forum=st.sampled_from(Forum),
    nature=st.sampled_from(Nature),
    habilitation=HABILITATIONS,
    membre=st.booleans(),
)
def test_sharing_is_allowed_exactly_when_each_wall_is_open(le, forum, nature, habilitation, membre):
    fin = habilitation.fin or date.max
    attendu = (
        nature is not Nature.SECRETE
        and (nature is Nature.PUBLIQUE or forum in (Forum.GROUPE, Forum.CDDF))
        and habilitation.debut <= le <= fin
        and habilitation.charte_signee == habilitation.charte_en_vigueur is not None
        and membre
    )
    verdict = partage(le=le, forum=forum, nature=nature, habilitation=habilitation, membre=membre)
    assert verdict.ok is attendu
    assert verdict.ok is not bool(verdict.motifs)


def test_a_mandate_that_ends_before_it_starts_is_an_impossible_input():
    entree = {**ENTREE, "habilitation": {**ENTREE["habilitation"], "fin": "2024-12-31"}}
    assert REGLES["partage"].repondre(entree, LE).codes == ("entree_invalide",)


@pytest.mark.parametrize("cle", ["forum", "nature", "habilitation", "membre"])
def test_no_input_of_the_wall_is_guessed(cle):
    entree = {autre: valeur for autre, valeur in ENTREE.items() if autre != cle}
    assert REGLES["partage"].repondre(entree, LE).codes == ("entree_manquante",)


def test_an_empty_version_of_the_charter_is_not_a_signature():
    vide = {**ENTREE["habilitation"], "charte_signee": "", "charte_en_vigueur": ""}
    verdict = REGLES["partage"].repondre({**ENTREE, "habilitation": vide}, LE)
    assert set(verdict.codes) == {"entree_invalide"}
