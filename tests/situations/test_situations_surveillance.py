"""What ``maillage controler`` says of the retention: rows without an end, late erasures, the last run."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.situations.fabriques import decider, personne, signaler, un_groupe

from maillage.instances.models import Point
from maillage.projet import controles
from maillage.projet.commandes.conserver import purger as commande_purger
from maillage.situations import identites
from maillage.situations.identites import DonneesIdentite
from maillage.situations.services.conservation import purger
from maillage.socle.journal import journaliser

pytestmark = pytest.mark.django_db


def a_midi(jour):
    return datetime.combine(jour, time(12, tzinfo=UTC))


def test_une_base_vide_est_sans_objet_et_ne_fait_echouer_aucun_controle():
    for examen in (controles.echeances_portees, controles.purge_passee, controles.purges_en_attente):
        assert examen()[0]
    assert controles.echeances_portees()[1].startswith("Sans objet")
    assert controles.purge_passee()[1].startswith("Sans objet")
    assert controles.sauvegardes()[0]
    assert controles.sauvegardes()[1].startswith("Sans objet")


def test_une_base_reelle_sans_sauvegarde_depuis_deux_jours_echoue(horloge):
    recu = signaler(un_groupe())
    jour = recu.recu_le
    horloge(a_midi(jour))
    assert not controles.sauvegardes()[0]
    journaliser(controles.SAUVEGARDE)
    assert controles.sauvegardes()[0]
    assert "il y a 0 h" in controles.sauvegardes()[1]
    horloge(a_midi(jour + timedelta(days=2)))
    ok, detail = controles.sauvegardes()
    assert not ok
    assert "maillage sauvegarder" in detail


def test_une_purge_en_retard_de_plus_d_un_jour_echoue_puis_reussit_une_fois_faite(horloge):
    recu = signaler(un_groupe())
    for retard, attendu in ((0, True), (1, True), (2, False)):
        horloge(a_midi(recu.expire_le + timedelta(days=retard)))
        assert controles.purges_en_attente()[0] is attendu
    detail = controles.purges_en_attente()[1]
    assert "1, le plus ancien" in detail
    assert f"{recu.expire_le:%d/%m/%Y}" in detail
    purger()
    assert controles.purges_en_attente()[0]


def test_une_purge_jamais_passee_ou_trop_ancienne_echoue_et_dit_son_age(horloge):
    recu = signaler(un_groupe())
    assert not controles.purge_passee()[0]
    commande_purger(None, essai=False, json=False)
    assert controles.purge_passee()[0]
    assert "il y a 0 h" in controles.purge_passee()[1]
    horloge(a_midi(recu.recu_le + timedelta(days=4)))
    ok, detail = controles.purge_passee()
    assert not ok
    assert "Dernière purge le" in detail


def test_une_ligne_que_rien_n_effacerait_est_comptee(fabrique):
    ici = un_groupe()
    signaler(ici)
    assert controles.echeances_portees()[0]
    with fabrique():
        identites.creer(cercle=ici.cle, donnees=DonneesIdentite(nom="Sans", prenom="Dossier"))
    ok, detail = controles.echeances_portees()
    assert not ok
    assert ": 1." in detail


def test_un_suivi_d_adulte_ouvert_attend_sa_cloture_sans_faire_echouer_le_controle():
    ici = un_groupe(volet="majeur")
    decider(ici, signaler(ici, qui=personne()))
    ok, detail = controles.echeances_portees()
    assert ok
    assert "la clôture fixera l’échéance : 1." in detail


def test_les_points_d_un_dossier_efface_s_effacent_avec_lui(fabrique, horloge):
    ici = un_groupe()
    recu = signaler(ici)
    decider(ici, recu, "non_retenu")
    with fabrique():
        recu.refresh_from_db()
        assert Point.objects.filter(objet=recu.public_id).exists()
    horloge(a_midi(recu.expire_le))
    purger()
    with fabrique():
        assert not Point.objects.filter(objet=recu.public_id).exists()
