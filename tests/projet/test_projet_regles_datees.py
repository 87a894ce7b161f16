"""A law that changes: each rule follows the value of the day of the act, and holds no figure of its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.cas_regles import MODELES, juger

from maillage.droit import parametres
from maillage.droit.lecture import registre

#: A rule, a value the law could take, the refusal it would bring on the model case, changes to that case.
CHANGEMENTS = [
    ("pmsmp", "pmsmp.jours_12_mois", 18, "cumul_structure_12_mois", {}),
    ("pmsmp", "pmsmp.conventions_12_mois", 0, "nombre_conventions_12_mois", {}),
    ("pmsmp", "pmsmp.parties", ("structure_accompagnement",), "partie_manquante", {}),
    (
        "pmsmp",
        "pmsmp.parties_salarie",
        ("structure_accompagnement",),
        "partie_manquante",
        {"salarie": True, "parties": [*MODELES["pmsmp"]["parties"], "employeur"]},
    ),
    ("pmsmp", "pmsmp.prescripteurs", ("siae",), "prescripteur_non_habilite", {}),
    (
        "pmsmp",
        "pmsmp.periode_mois",
        24,
        "nombre_conventions_12_mois",
        {"historique": [("2024-06-03", "2024-06-03", "decouverte", False)]},
    ),
    ("tig", "tig.heures_minimum", 101, "heures_min", {}),
    ("tig", "tig.heures_maximum", 99, "heures_max", {}),
    ("tig", "tig.contravention_heures_maximum", 99, "heures_max", {"nature": "contravention"}),
    ("tig", "tig.contravention_heures_minimum", 101, "heures_min", {"nature": "contravention"}),
    ("tig", "tig.age_decision", 30, "age_decision", {}),
    ("tig", "tig.age_faits", 30, "age_faits", {}),
    ("tapaj", "tapaj.age_minimum", 26, "age_min", {}),
    ("tapaj", "tapaj.age_maximum", 24, "age_max", {}),
    ("parrainage", "parrainage.duree_minimum_semaines", 30, "duree_min", {}),
    ("parrainage", "parrainage.duree_maximum_mois", 5, "duree_max", {}),
    ("smv", "smv.territoire", "outre_mer", "territoire_exclu", {}),
    ("sma", "sma.territoire", "metropole", "territoire_exclu", {}),
    ("epide", "epide.duree_minimum_mois", 10, "duree_min", {}),
    ("epide", "epide.duree_maximum_mois", 8, "duree_max", {}),
    ("rappel_a_l_ordre", "rappel.qualifications_exclues", ("incivilite",), "qualification_exclue", {}),
    ("rappel_a_l_ordre", "rappel.autorites", ("adjoint_delegue",), "autorite_incompetente", {}),
    ("rappel_a_l_ordre", "majorite.age", 40, "mineur_sans_representant", {}),
    ("transaction", "transaction.age_minimum", 40, "majeur_requis", {}),
    ("transaction", "transaction.heures_maximum", 29, "heures_max", {}),
    ("transaction", "transaction.homologation_travail", "procureur", "homologation_autorite", {}),
    (
        "transaction",
        "transaction.delai_reponse_mois",
        0,
        "refus_ou_silence",
        {"acceptation": None, "homologation": None},
    ),
    (
        "justice_restaurative",
        "justice_restaurative.mesures_sans_victime",
        ("conference",),
        "consentement_manquant",
        {"mesure": "cercle_soutien", "consentements.victime": None},
    ),
    ("videoprotection", "videoprotection.conservation_jours", 29, "conservation_max", {}),
    ("cofinancement", "fipd.part_etat_maximum", 79, "part_etat_max", {}),
    ("cofinancement", "iscg.part_etat_minimum", 81, "part_etat_min", {"dispositif": "iscg_perenne"}),
    ("cofinancement", "fipd.porteurs_exclus", ("association",), "porteur_ineligible", {}),
    (
        "cofinancement",
        "mildeca.age_maximum",
        20,
        "public_ineligible",
        {"credit": "mildeca", "public": {"age_maximum": 25, "expose_trafic": True}},
    ),
]
#: An obligation that the law could drop, and the fault it would no longer refuse.
ABANDONS = [
    ("pmsmp", "pmsmp.tuteur", {"tuteur": False}),
    ("tig", "tig.accueil_habilite", {"habilitation_accueil": False}),
    ("sma", "sma.multireiterant_exclu", {"declaration_multireiterant": True}),
    ("rappel_a_l_ordre", "rappel.exclu_si_procedure", {"procedure_penale": True}),
    ("rappel_a_l_ordre", "rappel.mineur_avec_representants", {"personne.naissance": "2010-01-01"}),
    ("transaction", "transaction.protocole_obligatoire", {"protocole": False}),
    ("transaction", "transaction.contravention_pm", {"contravention_pm": False}),
    ("transaction", "transaction.bien_communal", {"bien_communal": False}),
    ("transaction", "transaction.avant_action_publique", {"action_publique": True}),
    ("justice_restaurative", "justice_restaurative.preparation", {"preparation_faite": False}),
    ("videoprotection", "videoprotection.diagnostic", {"diagnostic": False}),
    ("videoprotection", "videoprotection.schema_tranquillite", {"schema_tranquillite": False}),
    ("videoprotection", "videoprotection.avis_commission", {"avis_commission": False}),
    ("videoprotection", "videoprotection.information_public", {"information_public": False}),
    ("cofinancement", "subvention.budget_equilibre", {"total": "10000.01"}),
]


@pytest.fixture
def changer_la_loi(monkeypatch):
    """Give a parameter another value from a day on, for the time of a test."""

    def changer(code, valeur, depuis):
        parametre = registre()[code]
        avant = [v for v in parametre.valeurs if v.depuis is None or v.depuis < depuis]
        derniere = avant[-1]
        nouvelle = replace(derniere, valeur=valeur, depuis=depuis, jusqua=None)
        closes = (*avant[:-1], replace(derniere, jusqua=depuis - timedelta(days=1)), nouvelle)
        change = {**registre(), code: replace(parametre, valeurs=closes)}
        monkeypatch.setattr(parametres, "_registre", lambda: change)

    return changer


def jour_de_l_acte(nom):
    """The day whose law is followed; the tables below change it on that day or on the next."""
    return date.fromisoformat(MODELES[nom]["decision" if nom == "tig" else "le"])


@pytest.mark.parametrize(
    ("nom", "code", "valeur", "refus", "changements"),
    CHANGEMENTS,
    ids=[f"{c[0]}-{c[1]}" for c in CHANGEMENTS],
)
def test_an_act_follows_the_value_of_its_day_and_not_that_of_the_next(
    changer_la_loi, nom, code, valeur, refus, changements
):
    jour = jour_de_l_acte(nom)
    changer_la_loi(code, valeur, jour + timedelta(days=1))
    assert juger(nom, changements).ok
    changer_la_loi(code, valeur, jour)
    assert refus in juger(nom, changements).codes


@pytest.mark.parametrize(("nom", "code", "faute"), ABANDONS, ids=[f"{a[0]}-{a[1]}" for a in ABANDONS])
def test_an_obligation_that_ends_opposes_nothing_from_that_day(changer_la_loi, nom, code, faute):
    jour = jour_de_l_acte(nom)
    changer_la_loi(code, False, jour + timedelta(days=1))
    assert len(juger(nom, faute).codes) == 1
    changer_la_loi(code, False, jour)
    assert juger(nom, faute).ok


def test_a_longer_month_lets_a_longer_period_through(changer_la_loi):
    deux_mois = {"fin": "2026-04-30"}
    assert juger("pmsmp", deux_mois).codes == ("duree_max",)
    changer_la_loi("pmsmp.duree_mois", 2, date(2026, 3, 1))
    assert juger("pmsmp", deux_mois).ok


def test_an_authorisation_lasts_what_the_law_of_its_own_day_says(changer_la_loi):
    changer_la_loi("videoprotection.autorisation_ans", 3, date(2020, 1, 11))
    assert juger("videoprotection").ok
    changer_la_loi("videoprotection.autorisation_ans", 3, date(2020, 1, 10))
    assert juger("videoprotection").codes == ("autorisation_expiree",)


def test_a_second_renewal_passes_the_day_the_law_allows_two(changer_la_loi):
    deux = {
        "historique": [
            ("2025-07-01", "2025-07-01", "recrutement", True),
            ("2025-07-02", "2025-07-02", "recrutement", True),
        ]
    }
    assert juger("pmsmp", deux).codes == ("renouvellement_max",)
    changer_la_loi("pmsmp.renouvellements", 2, date(2026, 3, 1))
    assert juger("pmsmp", deux).ok
