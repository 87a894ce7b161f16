"""The duty of training, as the page of a situation says it."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.situations.services import suivi

pytestmark = pytest.mark.django_db


def page(groupe, situation) -> str:
    client = Client()
    client.force_login(groupe.coordonnatrice)
    lue = client.get(reverse("situations:situation", args=[situation.public_id])).content.decode()
    return re.sub(r"\s+", " ", lue.replace("\u00a0", " "))


def ne_il_y_a(ans: int) -> date:
    return datetime.now(UTC).date().replace(month=1, day=1).replace(year=datetime.now(UTC).year - ans)


def test_la_mention_suit_ce_que_les_membres_ont_dit(au_nom_de):
    groupe = un_groupe()
    ecole = groupe.ajouter("mission_locale")
    situation = une_situation(groupe, qui=personne(naissance=ne_il_y_a(16)))
    assert "Solution à dire" in page(groupe, situation)
    with au_nom_de(ecole):
        suivi.partager_element(
            situation=situation.public_id, categorie="situation_professionnelle", precision="En formation"
        )
    assert "Une solution est dite" in page(groupe, situation)


@pytest.mark.parametrize("ans", [12, 19])
def test_hors_de_ces_ages_rien_n_est_dit(ans):
    groupe = un_groupe()
    situation = une_situation(groupe, qui=personne(naissance=ne_il_y_a(ans)))
    assert "Obligation de formation" not in page(groupe, situation)
