from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.droit.api import Verdict
from maillage.droit.entrees import (
    EntreeRefusee,
    RegleDeclaree,
    booleen,
    choix,
    code_insee,
    entier,
    jour,
    liste,
    montant,
    naissance,
    objet,
    texte,
    valider,
)


class Couleur(StrEnum):
    BLEU = "bleu"
    VERT = "vert"


def codes(champs, brut):
    with pytest.raises(EntreeRefusee) as prise:
        valider(champs, brut)
    return [motif.code for motif in prise.value.motifs]


def phrases(champs, brut):
    with pytest.raises(EntreeRefusee) as prise:
        valider(champs, brut)
    return " ".join(motif.texte for motif in prise.value.motifs)


def test_all_faults_are_told_at_once_in_a_fixed_order_one_code_each():
    champs = {"a": entier(), "b": booleen(), "c": jour()}
    brut = {"a": "un", "z": 1, "c": "hier"}
    assert codes(champs, brut) == ["entree_inconnue", "entree_manquante", "entree_invalide"]
    assert all(f"« {cle} »" in phrases(champs, brut) for cle in "abcz")


def test_faults_by_the_thousand_stay_readable():
    dites = phrases({}, {f"cle{rang}": rang for rang in range(5000)})
    assert len(dites) < 1500
    assert "4980 autres" in dites


def test_a_fault_names_its_key_even_nested_or_in_a_list():
    champs = {"credits": liste(objet({"montant": montant()}))}
    assert "credits[1].montant" in phrases(champs, {"credits": [{"montant": 1}, {"montant": -1}]})
    assert "credits[0].devise" in phrases(champs, {"credits": [{"montant": 1, "devise": "euro"}]})


@pytest.mark.parametrize(
    ("champ", "brut"),
    [
        (jour(), "2026-02-29"),
        (jour(), "20260228"),
        (jour(), "2026-W01-1"),
        (jour(), "1899-12-31"),
        (jour(), "2200-01-01"),
        (jour(), "٢٠٢٦-01-01"),
        (jour(), 20260101),
        (jour(), None),
        (booleen(), 1),
        (booleen(), "true"),
        (entier(), True),
        (entier(), 3.0),
        (entier(), -1),
        (entier(0, 36), 37),
        (entier(), 10**12),
        (choix(Couleur), "rouge"),
        (choix(Couleur), ["bleu"]),
        (texte(), "   "),
        (texte(3), "quatre"),
        (code_insee(), "3155"),
        (code_insee(), "2C004"),
        (montant(), "12.345"),
        (montant(), "NaN"),
        (montant(), "1_000"),
        (montant(), " 12 "),
        (montant(), "1e3"),
        (montant(), "١٢"),
        (montant(), 0.1 + 0.2),
        (montant(), 10**4000),
        (montant(), True),
        (objet({}), []),
        (objet({}), None),
        (liste(entier()), {}),
        (liste(entier()), ["1"]),
    ],
)
def test_an_impossible_value_is_refused(champ, brut):
    assert codes({"x": champ}, {"x": brut}) == ["entree_invalide"]


@pytest.mark.parametrize(
    ("champ", "brut", "lu"),
    [
        (jour(), "2024-02-29", date(2024, 2, 29)),
        (jour().ou_nul(), None, None),
        (choix(Couleur), "vert", Couleur.VERT),
        (texte(), " v2 ", "v2"),
        (code_insee(), "2A004", "2A004"),
        (montant(), "12.5", Decimal("12.50")),
        (montant(), 0.1, Decimal("0.10")),
        (liste(entier()), [1, 2], [1, 2]),
    ],
)
def test_a_possible_value_is_read_with_its_type(champ, brut, lu):
    assert valider({"x": champ}, {"x": brut}) == {"x": lu}


def test_an_optional_key_takes_its_default():
    assert valider({"x": booleen().facultatif(defaut=False)}, {}) == {"x": False}


@pytest.mark.parametrize("brut", [None, 3, "texte", [], [{}]])
def test_a_case_that_is_not_an_object_is_refused(brut):
    assert codes({}, brut) == ["entree_invalide"]


def test_the_day_defaults_to_today_and_a_birth_cannot_follow_it():
    vus = []
    regle = RegleDeclaree(champs={}, juger=lambda entree: vus.append(entree["le"]) or Verdict.accord())
    assert regle.repondre({}, date(2026, 1, 1)).ok
    assert vus == [date(2026, 1, 1)]
    verdict = regle.repondre({"le": "2020-01-01", "personne": {"naissance": "2020-01-02"}}, date(2026, 1, 1))
    assert verdict.codes == ("entree_invalide",)


@pytest.mark.parametrize(
    "brut", [{}, {"personne": None}, {"personne": {}}, {"personne": {"naissance": None}}]
)
def test_a_rule_that_needs_an_age_and_gets_none_says_it_is_missing(brut):
    regle = RegleDeclaree(champs={}, juger=lambda entree: Verdict(bool(naissance(entree))))
    assert regle.repondre(brut, date(2026, 1, 1)).codes == ("entree_manquante",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda plus: st.lists(plus, max_size=3) | st.dictionaries(st.text(max_size=8), plus, max_size=3),
    max_leaves=8,
)


@given(brut=JSON)
def test_whatever_is_given_the_answer_is_a_value_or_reasons(brut):
    champs = {"a": jour(), "b": objet({"c": liste(montant())}), "d": choix(Couleur)}
    for candidat in (brut, {"a": brut, "b": {"c": [brut]}, "d": brut}):
        with pytest.raises(EntreeRefusee) as prise:
            valider(champs, candidat)
        assert all(motif.code.startswith("entree_") for motif in prise.value.motifs)
