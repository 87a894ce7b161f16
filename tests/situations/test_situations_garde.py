"""The guard: what it must refuse, what it must let through, and what it may never do."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.situations.garde import aplatir, examiner
from maillage.situations.garde_lexique import CATEGORIES

REFUSES = [
    ("Suivi au CMP depuis l’été.", "sante"),
    ("Il a été hospitalisé en octobre.", "sante"),
    ("Consomme régulièrement du cannabis.", "sante"),
    ("Traitement psychiatrique en cours.", "sante"),
    ("En situation de handicap, dossier MDPH.", "sante"),
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
    ("Jeune d’origine algérienne.", "origine_religion"),
    ("Famille de gens du voyage.", "origine_religion"),
    ("Pratique religieuse récente.", "origine_religion"),
    ("En voie de radicalisation.", "origine_religion"),
    ("Petit caïd du quartier.", "injure"),
    ("Multirécidiviste notoire.", "injure"),
    ("Il est dangereux pour les autres.", "injure"),
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


def test_deux_mille_phrases_a_la_seconde():
    phrases = [phrase for phrase, _ in REFUSES] + PERMIS
    depart = time.perf_counter()
    for _ in range(25):
        for phrase in phrases:
            examiner(phrase)
    assert (25 * len(phrases)) / (time.perf_counter() - depart) > 2000
