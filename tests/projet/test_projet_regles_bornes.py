"""Around each bound of each rule: going further away from what is allowed never brings a yes back."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cas_regles import MODELES, _credits, codes

from maillage.consultation.regles import MODULES
from maillage.projet.cli import main

#: A rule, the key that is measured, the refusal its excess brings, how a number becomes a value of the key.
BORNES = [
    ("tig", "heures", "heures_max", lambda n: n),
    ("transaction", "heures", "heures_max", lambda n: n),
    ("videoprotection", "conservation_jours", "conservation_max", lambda n: n),
    ("cofinancement", "credits", "part_etat_max", lambda n: _credits(min(n, 10_000), max(0, 10_000 - n))),
]


@pytest.mark.parametrize(("nom", "cle", "code", "en_valeur"), BORNES, ids=[b[0] for b in BORNES])
@given(moins=st.integers(0, 12_000), de_plus=st.integers(0, 12_000))
def test_more_of_what_is_bounded_never_removes_the_refusal(nom, cle, code, en_valeur, moins, de_plus):
    if code in codes(nom, {cle: en_valeur(moins)}):
        assert code in codes(nom, {cle: en_valeur(moins + de_plus)})


@given(heures=st.integers(0, 500), de_plus=st.integers(0, 100))
def test_more_hours_never_bring_the_minimum_back(heures, de_plus):
    if "heures_min" not in codes("tig", heures=heures):
        assert "heures_min" not in codes("tig", heures=heures + de_plus)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda plus: st.lists(plus, max_size=3) | st.dictionaries(st.text(max_size=9), plus, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(nom=st.sampled_from(sorted(MODULES)), cas=st.lists(JSON, min_size=1, max_size=4), lignes=st.booleans())
def test_any_json_on_the_command_line_gets_one_answer_a_case_and_exit_one(nom, cas, lignes, tmp_path_factory):
    fichier = tmp_path_factory.mktemp("cas") / "cas.json"
    # JSON Lines are told from a broken list by one line that is an object.
    cas = [MODELES[nom], *cas]
    texte = "\n".join(json.dumps(un) for un in cas) if lignes else json.dumps(cas)
    fichier.write_text(texte, encoding="utf-8")
    assert main(["verdict", nom, "--entree", str(fichier), "--json"]) == 1
