"""The guard on its labelled corpus: what it is worth, on sentences it was not tuned on."""

import mesurer_garde
import pytest

from maillage.situations.garde import CATEGORIES

#: Floors at what is reached today on the part never used to tune (0.95 is the aim of both: docs/garde.md says
#: that it is missed). Raise them with the guard; never lower them without saying why.
PRECISION_AU_MOINS = 0.93
RAPPEL_AU_MOINS = 0.90


@pytest.fixture(scope="module")
def parties():
    return {nom: list(mesurer_garde.phrases(nom)) for nom in mesurer_garde.PARTIES}


def test_le_corpus_a_six_cents_phrases_dont_la_moitie_sont_legitimes(parties):
    toutes = [phrase for partie in parties.values() for phrase in partie]
    permises = [phrase for phrase in toutes if not phrase.attendus]
    assert len(toutes) >= 600
    assert len(permises) >= len(toutes) / 2


def test_une_phrase_n_est_que_dans_une_partie_et_une_fois(parties):
    textes = [phrase.texte for partie in parties.values() for phrase in partie]
    repetees = len(textes) - len(set(textes))
    assert repetees == 0  # a count only: a failure must not show the sentences of the test part


def test_l_epreuve_a_assez_de_phrases_de_chaque_motif(parties):
    epreuve = parties[mesurer_garde.EPREUVE]
    for categorie in CATEGORIES:
        assert sum(categorie.code in phrase.attendus for phrase in epreuve) >= 5, categorie.code
    connus = {categorie.code for categorie in CATEGORIES}
    assert all(phrase.attendus <= connus for partie in parties.values() for phrase in partie)


def test_l_epreuve_tient_les_planchers(parties):
    mesure = mesurer_garde.mesurer(parties[mesurer_garde.EPREUVE])
    assert mesure.precision >= PRECISION_AU_MOINS
    assert mesure.rappel >= RAPPEL_AU_MOINS


def test_le_reglage_est_au_dessus_de_la_cible(parties):
    mesure = mesurer_garde.mesurer(parties[mesurer_garde.REGLAGE])
    assert min(mesure.precision, mesure.rappel) >= mesurer_garde.CIBLE


def test_la_mesure_compte_juste():
    phrases = [
        mesurer_garde.Phrase("Il a été hospitalisé.", frozenset({"sante"})),
        mesurer_garde.Phrase("Il viendra lundi.", frozenset({"sante"})),
        mesurer_garde.Phrase("Il est épileptique.", frozenset()),
        mesurer_garde.Phrase("Il viendra mardi.", frozenset()),
    ]
    mesure = mesurer_garde.mesurer(phrases)
    assert (mesure.precision, mesure.rappel) == (0.5, 0.5)
    assert (mesure.refusees_a_tort, mesure.manquees) == (1, 1)
    assert mesure.par_code("sante") == (2, 1, 1, 1)
