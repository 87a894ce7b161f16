"""The way from the page of a commune to the form that records its council."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.instances.fabriques import AUTRE, COMMUNE, conseil, coordonnateur

from maillage.instances.selectors.creation import adresse_de_creation

pytestmark = pytest.mark.django_db


def test_la_coordination_d_une_commune_sans_conseil_recoit_le_formulaire(fabrique, au_nom_de):
    with fabrique():
        compte = coordonnateur(AUTRE)
    with au_nom_de(compte):
        assert adresse_de_creation(compte, AUTRE) == f"/conseils/nouveau/?commune={AUTRE}"


def test_ni_le_visiteur_ni_la_coordination_d_ailleurs_ne_le_recoivent(fabrique, au_nom_de):
    with fabrique():
        compte = coordonnateur(AUTRE)
    assert adresse_de_creation(AnonymousUser(), AUTRE) == ""
    with au_nom_de(compte):
        assert adresse_de_creation(compte, COMMUNE) == ""


def test_une_commune_qui_a_son_conseil_n_en_propose_pas_un_second(fabrique, au_nom_de):
    with fabrique():
        compte = coordonnateur(AUTRE)
        conseil(AUTRE)
    with au_nom_de(compte):
        assert adresse_de_creation(compte, AUTRE) == ""
