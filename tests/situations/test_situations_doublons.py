"""Two records that may be of one person: what is brought together, why, and what is not."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.situations.doublons import (
    Personne,
    a_rapprocher,
    a_une_frappe_pres,
    correspond,
    plat,
    raison_de_date,
    raisons,
)

NE = date(2011, 5, 14)

MEMES = [
    (Personne("Sabarthès", "Éliott", NE), Personne("SABARTHES", "Eliott", NE)),
    (Personne("Sabarthès", "Eliott", NE), Personne("Sabartes", "Eliot", NE)),
    (Personne("Le Goff", "Anne-Marie", NE), Personne("LEGOFF", "Anne Marie", NE)),
    (Personne("Moreau", "Philippe", NE), Personne("Moraux", "Filipe", NE)),
    (Personne("Maravalle", "Théo", NE), Personne("Théo", "Maravalle", NE)),
    (Personne("Maravalle", "Théo", date(2011, 5, 4)), Personne("Maravalle", "Théo", date(2011, 4, 5))),
    (Personne("Maravalle", "Théo", NE), Personne("Maravalle", "Théo", date(2011, 5, 15))),
    (Personne("Maravalle", "Théo", NE), Personne("Maravalle", "Théo", date(2010, 5, 14))),
    (Personne("Maravalle", "Théo", NE), Personne("Maravalle", "Théo", None)),
    (Personne("Benali", "Yacine", NE), Personne("Ben Ali", "Yassine", NE)),
    (Personne("Maravalle", "Théo", NE), Personne("Maravalle-Dupuis", "Théo", NE)),
]

AUTRES = [
    (Personne("Maravalle", "Théo", NE), Personne("Maravalle", "Théo", date(2004, 9, 2))),
    (Personne("Maravalle", "Théo", NE), Personne("Maravalle", "Camille", date(2014, 1, 3))),
    (Personne("Maravalle", "Théo", NE), Personne("Castelviel", "Théo", date(2012, 1, 3))),
    (Personne("Ali", "Noé", NE), Personne("Aly", "Zoé", date(2012, 1, 3))),
    (Personne("Maravalle", "Théo", None), Personne("Castelviel", "Inès", None)),
]


@pytest.mark.parametrize(("une", "autre"), MEMES)
def test_la_meme_personne_ecrite_autrement_est_a_rapprocher(une, autre):
    assert raisons(une, autre)
    assert raisons(autre, une)


@pytest.mark.parametrize(("une", "autre"), AUTRES)
def test_deux_personnes_ne_sont_pas_rapprochees(une, autre):
    assert raisons(une, autre) == ()


def test_les_raisons_sont_des_mots_et_jamais_un_nombre():
    for une, autre in MEMES:
        for raison in raisons(une, autre):
            assert not any(signe.isdigit() or signe == "%" for signe in raison)
    assert raisons(*MEMES[5]) == ("même nom et même prénom", "jour et mois de naissance inversés")


def test_l_ordre_rendu_est_celui_de_depart_jamais_un_classement():
    connues = [(rang, autre) for rang, (_, autre) in enumerate(MEMES)]
    trouves = [cle for cle, _ in a_rapprocher(Personne("Maravalle", "Théo", NE), connues)]
    assert trouves == sorted(trouves)


noms = st.text(alphabet="abcdeéèïôulmnrst' -", min_size=2, max_size=14).filter(
    lambda nom: len(plat(nom)) >= 2
)
personnes = st.builds(Personne, noms, noms, st.none() | st.dates(date(2000, 1, 1), date(2015, 1, 1)))


@given(personnes, personnes)
def test_rapprocher_est_symetrique(une, autre):
    assert bool(raisons(une, autre)) == bool(raisons(autre, une))


@given(personnes)
def test_chacun_est_a_rapprocher_de_soi(une):
    assert raisons(une, une)


@given(st.dates(), st.dates())
def test_une_date_se_rapproche_dans_les_deux_sens(un, autre):
    assert raison_de_date(un, autre) == raison_de_date(autre, un)


@pytest.mark.parametrize(
    ("un", "autre", "oui"),
    [
        ("theo", "teho", True),
        ("theo", "thea", True),
        ("theo", "theoo", True),
        ("theo", "toe", False),
        ("ab", "ba", True),
    ],
)
def test_une_frappe_est_une_lettre_de_plus_de_moins_changee_ou_echangee(un, autre, oui):
    assert a_une_frappe_pres(un, autre) is oui
    assert a_une_frappe_pres(autre, un) is oui


@pytest.mark.parametrize("demande", ["maravalle", "Théo", "mara", "theo maravalle", "MARAVALE", "Marraval"])
def test_on_trouve_une_personne_comme_on_l_ecrit(demande):
    assert correspond(demande, Personne("Maravalle", "Théo"))


@pytest.mark.parametrize("demande", ["", "  ", "castel", "theo castelviel"])
def test_on_ne_trouve_pas_une_autre(demande):
    assert not correspond(demande, Personne("Maravalle", "Théo"))


def test_dix_mille_identites_se_comparent_en_memoire():
    cherchee = Personne("Sabarthès", "Eliott", NE)
    connues = [
        (rang, Personne(f"{a}{b}", f"{b}{a}", date(2000 + rang % 15, 1 + rang % 12, 1 + rang % 28)))
        for rang, (a, b) in enumerate(combinations([f"ba{c}u" for c in "bcdfghjklmnpqrstvwxz"] * 8, 2))
    ][:10_000]
    assert len(connues) == 10_000
    assert a_rapprocher(cherchee, connues) == []
