"""The catalogue of schemes, as data."""

import re
from datetime import date

import pytest

from maillage.parcours import catalogue
from maillage.parcours.catalogue import FAMILLES, REGLES, Dispositif, dispositif, dispositifs
from maillage.parcours.rules.justice_restaurative import Mesure
from maillage.strategie.api import acteur, liste

NATIONAUX = [
    "tapaj",
    "parrainage",
    "pmsmp",
    "smv",
    "sma",
    "epide",
    "tig",
    "plan_de_sortie",
    "jr_rencontre_condamnes",
    "jr_rencontre_detenus",
    "jr_cercle_soutien",
    "jr_cercle_accompagnement",
    "jr_mediation",
    "jr_conference",
    "jr_cercle_restauratif",
    "soin_cmp",
    "soin_cmpp",
    "soin_mda",
    "soin_csapa",
    "soin_caarud",
    "soin_cjc",
    "ecole_decrochage",
    "ecole_exclusion",
    "ecole_responsabilisation",
    "formation_16_18",
]
REVELATEUR = re.compile(
    r"soin|santé|médic|psych|addict|judici|justice|condamn|détenu|victime|peine|TIG|TAPAJ", re.IGNORECASE
)
tous = pytest.mark.parametrize("lu", dispositifs(), ids=lambda lu: lu.code)


def test_le_catalogue_nomme_tous_les_dispositifs_de_la_strategie():
    assert {lu.code for lu in dispositifs()} == set(NATIONAUX)


@tous
def test_chaque_dispositif_dit_sa_source_sa_fiche_et_son_fondement(lu: Dispositif):
    assert lu.source
    assert lu.base_legale
    assert lu.fiche in range(6, 15)
    assert lu.libelle
    assert lu.famille in FAMILLES


@tous
def test_un_dispositif_sensible_a_un_mot_neutre_qui_ne_dit_rien(lu: Dispositif):
    if lu.sensible:
        assert not REVELATEUR.search(lu.libelle_neutre)
        assert lu.genres
    else:
        assert lu.libelle_neutre == lu.libelle


@tous
def test_les_genres_qui_savent_sont_ceux_de_la_strategie(lu: Dispositif):
    assert {acteur(genre).code for genre in lu.genres} == lu.genres


@tous
def test_chaque_resultat_propose_existe_dans_la_liste_fermee(lu: Dispositif):
    groupes = {item.attributs["groupe"] for item in liste("resultats_participation")}
    assert set(lu.resultats) <= groupes - {"tous"}
    assert lu.resultats


@tous
def test_les_phases_se_suivent_et_leurs_durees_sont_en_ordre(lu: Dispositif):
    assert [phase.rang for phase in lu.phases] == list(range(1, len(lu.phases) + 1))
    for phase in lu.phases:
        if phase.duree_min_mois is not None and phase.duree_max_mois is not None:
            assert phase.duree_min_mois <= phase.duree_max_mois


@tous
def test_un_dispositif_est_juge_par_une_regle_ou_par_ses_ages(lu: Dispositif):
    assert lu.regle is None or lu.regle in REGLES
    assert lu.age_min is None or lu.age_max is None or lu.age_min <= lu.age_max


def test_les_sept_mesures_de_justice_restaurative_y_sont_chacune_une_fois():
    assert sorted(lu.mesure for lu in dispositifs() if lu.regle == "justice_restaurative") == sorted(Mesure)


def test_les_soins_sont_tous_sensibles_et_ne_jugent_aucun_etat_de_sante():
    soins = [lu for lu in dispositifs() if lu.famille == "soin"]
    assert len(soins) == 6
    assert all(lu.sensible and not lu.conditions and lu.regle is None for lu in soins)


def test_le_service_militaire_a_deux_statuts_et_trois_phases_datees():
    for code in ("smv", "sma"):
        lu = dispositif(code)
        assert [code for code, _ in lu.statuts] == ["technicien", "stagiaire"]
        assert [(p.duree_min_mois, p.duree_max_mois) for p in lu.phases] == [(1, 1), (4, 4), (2, 7)]


def test_tapaj_monte_en_trois_phases_et_la_premiere_tient_en_quatre_heures():
    phases = dispositif("tapaj").phases
    assert [phase.heures_jour_max for phase in phases] == [4, None, None]


def test_un_dispositif_n_est_pas_propose_avant_le_jour_ou_il_existe():
    assert "formation_16_18" not in {lu.code for lu in dispositifs(date(2020, 8, 31))}
    assert "formation_16_18" in {lu.code for lu in dispositifs(date(2020, 9, 1))}
    assert dispositif("formation_16_18").debut == date(2020, 9, 1)


def test_un_code_absent_se_dit():
    with pytest.raises(catalogue.DispositifInconnuError):
        dispositif("garantie_inconnue")


@pytest.mark.parametrize(
    "change",
    [
        {"source": ""},
        {"famille": "autre"},
        {"regle": "humeur"},
        {"libelle_neutre": "Travail alternatif payé à la journée (TAPAJ)"},
        {"genres": frozenset()},
        {"code": "local_tapaj"},
    ],
)
def test_une_entree_incomplete_est_refusee_a_la_lecture(change):
    from dataclasses import replace

    with pytest.raises(catalogue.CatalogueInvalideError):
        catalogue._verifier(replace(dispositif("tapaj"), **change))


def test_les_causes_d_arret_ne_jugent_personne():
    for item in liste("causes_abandon"):
        assert item.attributs["impute"] in {"personne", "dispositif", "tiers"}
        assert not REVELATEUR.search(item.libelle) or item.code == "decision_judiciaire"
