"""The delay without a contact is a dated parameter of the law room, said as a usage."""

from datetime import timedelta

import pytest
from tests.situations.fabriques import un_groupe, une_situation

from maillage.droit.api import entier, valeur_datee
from maillage.situations import echeances
from maillage.situations.services.referents import designer_referent
from maillage.socle.contexte import contexte

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("jours", [30, 12])
def test_un_contact_est_du_au_bout_du_delai_du_parametre(monkeypatch, jours):
    ici = un_groupe()
    situation = une_situation(ici)
    le = situation.ouverte_le
    assert entier("situation.contact_jours", le) == 30
    assert valeur_datee("situation.contact_jours", le).force == "usage"
    monkeypatch.setattr(echeances, "entier", lambda code, _jour: {"situation.contact_jours": jours}[code])
    with contexte(ici.coordonnatrice.pk):
        designer_referent(
            situation=situation.public_id,
            referent=ici.membre.public_id,
            profession="educateur_specialise",
            depuis=le,
        )
    with contexte(ici.membre.pk):
        horizon = le + timedelta(days=jours)
        dues = echeances.echeances(jour=le, horizon=horizon, depuis=le)
        assert [due.le for due in dues if due.genre == "contact"] == [horizon]
        veille = echeances.echeances(jour=le, horizon=horizon - timedelta(days=1), depuis=le)
        assert not [due for due in veille if due.genre == "contact"]
