from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cas_regles import codes, juger

from maillage.financements.rules import Apport, Dispositif, Financeur, Porteur, cofinancement

CENTIMES = st.integers(1, 10**9)


def plan(*apports, total=None, dispositif=Dispositif.FIPD, porteur=Porteur.ASSOCIATION):
    tous = [Apport(financeur, Decimal(montant)) for financeur, montant in apports]
    somme = sum((a.montant for a in tous), Decimal(0)) if total is None else Decimal(total)
    return cofinancement(
        le=date(2026, 2, 20), apports=tous, total=somme, porteur=porteur, dispositif=dispositif
    )


@pytest.mark.parametrize(
    ("etat", "attendus"), [("7999.99", ()), ("8000", ()), ("8000.01", ("part_etat_max",))]
)
def test_the_state_pays_eighty_per_cent_at_most_to_the_cent(etat, attendus):
    reste = Decimal(10000) - Decimal(etat)
    assert plan((Financeur.ETAT, etat), (Financeur.COMMUNE, reste)).codes == attendus


@pytest.mark.parametrize(
    ("etat", "attendus"), [("999.99", ("part_etat_min",)), ("1000", ()), ("1000.01", ()), ("10000", ())]
)
def test_the_state_keeps_a_tenth_of_a_lasting_post(etat, attendus):
    reste = Decimal(10000) - Decimal(etat)
    apports = [(Financeur.ETAT, etat), (Financeur.DEPARTEMENT, reste)]
    assert plan(*apports, dispositif=Dispositif.ISCG_PERENNE).codes == attendus
    assert plan(*apports, dispositif=Dispositif.ISCG_CONVENTION).codes == ()


@given(etat=CENTIMES, reste=CENTIMES)
def test_the_share_is_exact_whatever_the_amounts(etat, reste):
    apports = [(Financeur.ETAT, Decimal(etat) / 100), (Financeur.PROPRE, Decimal(reste) / 100)]
    depasse = etat * 100 > 80 * (etat + reste)
    assert plan(*apports).codes == (("part_etat_max",) if depasse else ())
    manque = etat * 100 < 10 * (etat + reste)
    perenne = plan(*apports, dispositif=Dispositif.ISCG_PERENNE)
    assert perenne.codes == (("part_etat_min",) if manque else ())


@given(montants=st.lists(CENTIMES, min_size=1, max_size=6))
def test_the_same_funder_twice_counts_together(montants):
    apports = [(Financeur.ETAT, Decimal(m) / 100) for m in montants]
    assert plan(*apports).codes == ("part_etat_max",)
    assert plan(*apports).motifs[0].texte.startswith("L’État finance 100,00\u00a0%")


def test_a_total_is_the_sum_to_the_cent():
    apports = [(Financeur.ETAT, "0.10"), (Financeur.COMMUNE, "0.20")]
    assert plan(*apports, total="0.30").ok
    assert plan(*apports, total="0.31").codes == ("total_incoherent",)
    assert "0,30\u00a0€" in plan(*apports, total="0.31").motifs[0].texte


def test_amounts_are_numbers_or_strings_of_two_decimals():
    deux = [{"financeur": "etat", "montant": "0.10"}, {"financeur": "caf", "montant": 0.2}]
    assert codes("cofinancement", credits=deux, total="0.30") == ()
    for montant in ("0.101", "1e2", "1_0", " 1", "-1", -1, True, None, "NaN", 1e300, [], "１"):
        assert codes("cofinancement", total=montant) == ("entree_invalide",), montant


def test_a_plan_of_nothing_is_impossible_and_one_without_funders_is_incoherent():
    assert codes("cofinancement", total=0) == ("entree_invalide",)
    assert codes("cofinancement", credits=[]) == ("total_incoherent",)
    with pytest.raises(ValueError, match="supérieur à zéro"):
        plan(total=0)


@pytest.mark.parametrize("porteur", Porteur)
def test_neither_the_state_nor_a_person_carries_an_action(porteur):
    exclu = porteur in {Porteur.ETAT, Porteur.PERSONNE_PHYSIQUE}
    verdict = plan((Financeur.COMMUNE, 10), porteur=porteur)
    assert verdict.codes == (("porteur_ineligible",) if exclu else ())


@pytest.mark.parametrize(
    ("credit", "public", "ok"),
    [
        ("fipd", {}, True),
        ("mildeca", {}, False),
        ("mildeca", {"age_maximum": 25}, False),
        ("mildeca", {"expose_trafic": True}, False),
        ("mildeca", {"age_maximum": 25, "expose_trafic": True}, True),
        ("mildeca", {"age_maximum": 26, "expose_trafic": True}, False),
        ("mildeca", {"amorcage_tapaj": True}, True),
        ("politique_ville", {"quartier_prioritaire": True}, False),
        ("politique_ville", {"sensibilisation_formation": True}, False),
        ("politique_ville", {"quartier_prioritaire": True, "sensibilisation_formation": True}, True),
        ("caf", {}, False),
        ("caf", {"soutien_parentalite": True}, True),
    ],
)
def test_each_credit_serves_its_own_public(credit, public, ok):
    verdict = juger("cofinancement", credit=credit, public=public)
    assert verdict.codes == (() if ok else ("public_ineligible",))


def test_a_credit_and_its_public_are_told_together():
    assert codes("cofinancement", credit="caf") == ("entree_manquante",)
    assert codes("cofinancement", public={}) == ("entree_manquante",)
    assert codes("cofinancement", credit="caf", public={"couleur": "bleu"}) == ("entree_inconnue",)


def test_the_financial_report_is_due_six_months_after_the_year():
    assert juger("cofinancement").echeances["compte_rendu_financier"] == date(2027, 6, 30)
    assert juger("cofinancement", le="2199-12-31").echeances["compte_rendu_financier"] == date(2200, 6, 30)


def test_what_a_call_for_projects_sets_may_be_lifted():
    assert juger("cofinancement", {"porteur.nature": "etat"}).motifs[0].levee_possible
