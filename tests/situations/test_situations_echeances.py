"""The delay without a contact is a dated parameter of the law room, said as a usage."""

from datetime import timedelta

import pytest
from tests.situations.fabriques import un_groupe, une_situation

from maillage.droit.api import entier, valeur_datee
from maillage.situations import echeances
from maillage.situations.services.referents import designer_referent
from maillage.situations.services.suivi import contresigner_bilan, ecrire_bilan
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


def test_un_bilan_attend_un_membre_du_travail_social_qui_ne_l_a_pas_ecrit():
    ici, ailleurs = un_groupe(), un_groupe()
    situation = une_situation(ici)
    sociale = ici.ajouter("ccas")
    autres = (ici.coordonnatrice, ici.ajouter("bailleur"), ailleurs.ajouter("ccas"))
    with contexte(ici.coordonnatrice.pk):
        designer_referent(
            situation=situation.public_id,
            referent=ici.membre.public_id,
            profession="educateur_specialise",
            depuis=situation.ouverte_le,
        )
    with contexte(ici.membre.pk):
        bilan = ecrire_bilan(situation=situation.public_id, texte="Cours repris quatre matins sur cinq.")

    def attendus(qui: object) -> list[echeances.Echeance]:
        with contexte(qui.pk):
            toutes = echeances.echeances(jour=bilan.le, horizon=bilan.le, depuis=bilan.le)
        return [due for due in toutes if due.genre == "contreseing"]

    [due] = attendus(sociale)
    assert (due.objet, due.le) == (situation.public_id, bilan.le)
    assert [attendus(qui) for qui in (*autres, ici.membre)] == [[]] * 4
    with contexte(sociale.pk):
        contresigner_bilan(bilan=bilan.public_id, version=bilan.version)
    assert attendus(sociale) == []
