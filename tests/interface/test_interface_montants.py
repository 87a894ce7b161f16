"""Amounts of money: read as people write them, never guessed, shown as they are printed."""

from decimal import Decimal

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from maillage.interface.montants import MAXIMUM, MontantField, MontantIllisible, lire_montant
from maillage.interface.typographie import euros


class Saisie(forms.Form):
    montant = MontantField(label="Montant", required=False)


@pytest.mark.parametrize(
    ("saisie", "attendu"),
    [
        ("24000", "24000.00"),
        ("24 000,50 €", "24000.50"),
        ("24\u00a0000,5", "24000.50"),
        ("1\u202f234\u202f567.89€", "1234567.89"),
        ("0", "0.00"),
    ],
)
def test_un_montant_se_lit_comme_on_l_ecrit(saisie, attendu):
    assert lire_montant(saisie) == Decimal(attendu)
    assert str(lire_montant(saisie)) == attendu


@pytest.mark.parametrize(
    "saisie", ["", "24 00", "2 4000", "1,234,5", "12,345", "-5", "environ 300", "1e3", "9999999999"]
)
def test_un_montant_douteux_est_refuse_plutot_que_devine(saisie):
    with pytest.raises(MontantIllisible):
        lire_montant(saisie)


@given(st.decimals(min_value=0, max_value=MAXIMUM, places=2))
def test_un_montant_imprime_se_relit_sans_rien_perdre(montant):
    assert lire_montant(euros(montant)) == montant


def test_le_champ_garde_ce_qui_fut_tape_et_rend_un_montant():
    refuse = Saisie({"montant": "24 00"})
    assert not refuse.is_valid()
    assert "en euros" in refuse.errors["montant"][0]
    assert 'value="24 00"' in str(refuse["montant"])
    lu = Saisie({"montant": "24 000,50 €"})
    assert lu.is_valid()
    assert lu.cleaned_data["montant"] == Decimal("24000.50")
    assert Saisie({"montant": ""}).is_valid()
    assert 'value="24\u00a0000,50"' in str(Saisie(initial={"montant": Decimal("24000.50")})["montant"])
