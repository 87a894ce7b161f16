"""A page asks once; a command always asks again."""

import pytest
from django.test import Client
from tests.acteurs.fabriques import creer_compte

from maillage.socle.contexte import contexte
from maillage.socle.memoire import oublier, presenter, une_fois, utilisateur
from maillage.socle.services import commande

pytestmark = pytest.mark.django_db


@pytest.fixture
def lecture():
    """A counted question, and its answers."""
    appels = []

    @une_fois
    def demander(quoi: str) -> int:
        appels.append(quoi)
        return len(appels)

    return demander, appels


def test_une_page_ne_pose_qu_une_fois_la_meme_question(lecture):
    demander, appels = lecture
    with contexte(None, lecture=True):
        assert demander("a") == demander("a") == 1
        assert demander("b") == 2
    assert appels == ["a", "b"]


def test_la_page_suivante_la_pose_de_nouveau(lecture):
    demander, _ = lecture
    for attendu in (1, 2):
        with contexte(None, lecture=True):
            assert demander("a") == attendu


def test_hors_d_une_lecture_rien_n_est_retenu(lecture):
    demander, _ = lecture
    assert demander("a") == 1
    with contexte(None):
        assert demander("a") == 2
        assert demander("a") == 3


def test_un_autre_acteur_dans_la_meme_page_ne_profite_pas_de_la_memoire(lecture):
    demander, _ = lecture
    with contexte(None, lecture=True):
        assert demander("a") == 1
        with contexte(creer_compte().pk):
            assert demander("a") == 2


def test_une_commande_oublie_ce_qui_a_ete_lu_avant_elle_et_pendant(lecture):
    demander, _ = lecture

    @commande
    def changer() -> int:
        return demander("a")

    with contexte(creer_compte().pk, lecture=True):
        assert demander("a") == 1
        assert changer() == 2
        assert demander("a") == 3
        oublier()
        assert demander("a") == 4


def test_le_compte_de_la_page_est_oublie_avec_elle():
    compte = creer_compte()
    presenter(compte)
    assert utilisateur() is None
    with contexte(compte.pk, lecture=True):
        presenter(compte)
        assert utilisateur() is compte
    assert utilisateur() is None


def test_un_droit_retire_pendant_la_page_ne_montre_aucune_ligne_de_plus():
    from tests.situations.fabriques import un_groupe, une_situation

    from maillage.instances.api import mes_cercles
    from maillage.instances.models import Habilitation
    from maillage.situations.models import Situation
    from maillage.socle.contexte import en_maintenance

    ici = un_groupe()
    une_situation(ici)
    with contexte(ici.coordonnatrice.pk, lecture=True):
        assert mes_cercles() == [ici.cle]
        assert Situation.objects.filter(cercle__in=mes_cercles()).count() == 1
        with en_maintenance():
            Habilitation.objects.filter(compte=ici.coordonnatrice).update(periode="empty")
        assert Situation.objects.filter(cercle__in=mes_cercles()).count() == 0


def test_un_envoi_ne_retient_rien():
    compte = creer_compte("coordonnateur")
    client = Client()
    client.force_login(compte)
    vus = []

    def espion(executer, *arguments):
        vus.append(arguments[0])
        return executer(*arguments)

    from django.db import connection

    with connection.execute_wrapper(espion):
        client.post("/situations/recherche/", {"q": "personne"})
    assert sum("mes_cercles" in requete for requete in vus) > 1
