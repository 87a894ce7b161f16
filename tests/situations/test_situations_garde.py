"""The guard: what it must refuse, what it must let through, and what it may never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.situations.garde import CATEGORIES, aplatir, examiner, libelle

REFUSES = [
    ("Suivi au CMP depuis l’été.", "sante"),
    ("Il a été hospitalisé en octobre.", "sante"),
    ("Consomme régulièrement du cannabis.", "addiction"),
    ("Traitement psychiatrique en cours.", "sante"),
    ("En situation de handicap, dossier MDPH.", "handicap"),
    ("Propos suicidaires rapportés par l’infirmière.", "sante"),
    ("Son père est en prison.", "histoire_familiale"),
    ("Parents divorcés depuis peu.", "histoire_familiale"),
    ("Violences intrafamiliales dans l’enfance.", "histoire_familiale"),
    ("Mère dépassée par la situation.", "histoire_familiale"),
    ("Il a confié à l’éducatrice qu’il avait peur.", "travail_social"),
    ("Lors de l’entretien, elle a pleuré.", "travail_social"),
    ("Garde à vue le 12 octobre.", "procedure_judiciaire"),
    ("Une enquête est en cours.", "procedure_judiciaire"),
    ("Plainte déposée par le voisin.", "procedure_judiciaire"),
    ("Déjà condamné deux fois.", "procedure_judiciaire"),
    ("Jeune d’origine algérienne.", "origine"),
    ("Famille de gens du voyage.", "origine"),
    ("Pratique religieuse récente.", "religion"),
    ("En voie de radicalisation.", "radicalisation"),
    ("Petit caïd du quartier.", "jugement"),
    ("Multirécidiviste notoire.", "jugement"),
    ("Il est dangereux pour les autres.", "jugement"),
    ("Traîne avec Kevin et Mehdi.", "nom_de_tiers"),
    ("Mme Durand s’en est plainte au gardien.", "nom_de_tiers"),
    ("Vu avec son frère Idriss.", "nom_de_tiers"),
    ("Joindre au 06 12 34 56 78.", "coordonnees"),
]

PERMIS = [
    "",
    "Quatre demi-journées d’absence par semaine depuis la rentrée.",
    "Présence tardive répétée hall B, place Jean Jaurès.",
    "La mère est à rencontrer avant la séance.",
    "Rendez-vous avec les parents mardi à 14 h au collège Louise Michel.",
    "Inscrit à l’atelier vélo de la MJC, mercredi après-midi.",
    "Un hébergement relais est à trouver avant le 4 décembre.",
    "Suivi éducatif en cours.",
    "Orientation vers la mission locale acceptée.",
    "Carrefour dangereux devant l’école, à signaler au service voirie.",
    "Enquête de satisfaction remise aux habitants.",
    "Établissement d’origine prévenu du changement.",
    "Trois attroupements signalés par le bailleur en octobre.",
    "Reprendre les cours cinq matins sur cinq.",
    "Mesures adoptées par le conseil de classe.",
]


@pytest.mark.parametrize(("phrase", "code"), REFUSES)
def test_ce_qui_est_secret_ou_interdit_est_trouve(phrase, code):
    assert code in {signal.code for signal in examiner(phrase)}


@pytest.mark.parametrize("phrase", PERMIS)
def test_une_phrase_de_travail_passe(phrase):
    assert examiner(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "code"), [(p, c) for p, c in REFUSES if c not in {"nom_de_tiers", "coordonnees"}]
)
def test_les_accents_et_la_casse_ne_changent_rien(phrase, code):
    assert code in {signal.code for signal in examiner(aplatir(phrase))}
    assert code in {signal.code for signal in examiner(phrase.upper())}


@given(st.text(max_size=500))
def test_l_extrait_est_cite_du_texte_a_sa_place(texte):
    for signal in examiner(texte):
        assert texte[signal.debut : signal.fin] == signal.extrait
        assert signal.conseil


def test_chaque_categorie_dit_quoi_ecrire_a_la_place():
    for categorie in CATEGORIES:
        assert categorie.conseil
        assert categorie.libelle


@pytest.mark.parametrize(
    "phrase",
    [
        "Atelier de prévention des addictions au collège.",
        "Campagne contre les violences conjugales.",
        "Formation des agents à la prévention de la radicalisation.",
    ],
)
def test_le_titre_d_une_action_publique_ne_parle_de_personne(phrase):
    assert examiner(phrase) == []


def test_une_action_publique_ne_couvre_pas_ce_qui_suit_sur_une_personne():
    phrase = "Atelier de prévention manqué car il est hospitalisé."
    assert [signal.code for signal in examiner(phrase)] == ["sante"]


@pytest.mark.parametrize(
    "phrase", ["Il fume du canabis.", "Suivi en psychiatrie.", "Il est hospitalise.", "ADDICT AUX ECRANS"]
)
def test_une_faute_de_frappe_ordinaire_ne_cache_rien(phrase):
    assert examiner(phrase)


def test_chaque_code_a_son_libelle_et_un_seul():
    codes = [categorie.code for categorie in CATEGORIES]
    assert len(set(codes)) == len(codes)
    assert all(libelle(code) for code in codes)
