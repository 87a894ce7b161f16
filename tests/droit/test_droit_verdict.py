from datetime import date

import pytest

from maillage.droit.api import Force, Motif, Verdict, valeur_datee

MOTIF = Motif("seuil", "Un seuil est passé.", "CSI, art. L. 132-4", Force.LOI)


def test_only_the_law_cannot_be_set_aside():
    assert {force: Motif("x", "X.", "Y", force).levee_possible for force in Force} == {
        Force.LOI: False,
        Force.DOCTRINE: True,
        Force.USAGE: True,
    }


def test_a_refusal_always_has_a_reason():
    with pytest.raises(ValueError, match="sans motif"):
        Verdict.refus([])


def test_a_verdict_is_yes_when_nothing_opposes_it():
    assert Verdict.selon([]).ok
    assert not Verdict.selon([MOTIF]).ok
    assert Verdict.accord(motifs=[MOTIF]).codes == ("seuil",)


def test_a_verdict_cannot_be_changed_after_it_was_given():
    verdict = Verdict.accord({"destruction": date(2026, 1, 1)})
    with pytest.raises(AttributeError):
        verdict.ok = False
    with pytest.raises(TypeError):
        verdict.echeances["destruction"] = None


def test_equal_verdicts_are_equal_and_can_be_kept_in_a_set():
    un, deux = (Verdict.refus([MOTIF], {"fin": date(2026, 1, 1)}) for _ in range(2))
    assert un == deux
    assert len({un, deux}) == 1


def test_the_written_form_is_the_documented_one():
    verdict = Verdict.refus([MOTIF], {"fin": date(2026, 1, 1), "destruction": None})
    assert verdict.en_dict() == {
        "ok": False,
        "motifs": [
            {
                "code": "seuil",
                "texte": "Un seuil est passé.",
                "base_legale": "CSI, art. L. 132-4",
                "force": "loi",
                "levee_possible": False,
            }
        ],
        "echeances": {"fin": "2026-01-01", "destruction": None},
    }


def test_a_reason_resting_on_a_value_to_verify_says_so():
    motif = valeur_datee("clspd.seuil_population", date(2022, 1, 1)).motif("seuil", "Un seuil.")
    assert motif.a_verifier
    assert motif.en_dict()["a_verifier"] is True
