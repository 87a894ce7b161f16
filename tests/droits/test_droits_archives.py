"""A closed file that was opened is told: to its groupe's coordination and president, and to the DPO."""

import uuid
from datetime import timedelta

import psycopg
import pytest
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.droits.fabriques_droits import INSTANT, un_registre
from tests.droits.test_droits_pages import entrer, lire
from tests.instances import fabriques as f
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.droits.archives import ouvertures, ouvertures_du_conseil, surveilles
from maillage.projet import controles_conservation
from maillage.situations.services import cloture
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.models import EntreeJournal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(INSTANT)


def une_archive_ouverte(groupe=None, motif="demande_personne"):
    groupe = groupe or un_groupe()
    situation = une_situation(groupe, personne(nom="Montredon"))
    with contexte(groupe.coordonnatrice.pk):
        cloture.clore(situation=situation.public_id, version=1, issue="terme", le=situation.ouverte_le)
        cloture.ouvrir_archive(situation=situation.public_id, motif=motif)
    return groupe, situation


def president_de(groupe):
    return groupe.ajouter("commune", role="maire", fonction="maire")


def test_la_coordination_et_la_presidence_voient_qui_a_ouvert_et_pourquoi_sans_aucun_nom_suivi():
    groupe, situation = une_archive_ouverte()
    for compte in (groupe.coordonnatrice, president_de(groupe)):
        page = lire(entrer(compte), "droits:archives")
        assert "Demande de la personne" in page
        assert f"n° {situation.numero}" in page
        assert groupe.coordonnatrice.nom_complet in page
        assert "Montredon" not in page
    with en_maintenance():
        assert EntreeJournal.objects.filter(evenement="archives_vues").count() == 2


def test_un_membre_du_groupe_et_la_presidence_d_un_autre_groupe_n_en_voient_rien():
    groupe, _ = une_archive_ouverte()
    client = entrer(groupe.membre)
    assert client.get(reverse("droits:archives")).status_code == 403
    # A plain member whose own function is that of a mayor: the page opens, the groupe does not.
    elu = groupe.ajouter("autre", role="membre", fonction="maire")
    assert "Aucun groupe à surveiller" in lire(entrer(elu), "droits:archives")
    ailleurs = un_groupe()
    page = lire(entrer(president_de(ailleurs)), "droits:archives")
    assert "Aucune archive ouverte" in page
    assert groupe.coordonnatrice.nom_complet not in page


def test_la_base_ne_rend_rien_d_un_cercle_que_l_acteur_ne_lit_pas():
    """Asked with the very key of the other groupe, by an account that may ask."""
    groupe, _ = une_archive_ouverte()
    ailleurs = un_groupe()
    with contexte(groupe.coordonnatrice.pk):
        siens = surveilles()
        assert len(ouvertures(siens)) == 1
    with contexte(ailleurs.coordonnatrice.pk):
        assert ouvertures(siens) == []
        assert ouvertures_du_conseil(groupe.formation.conseil, INSTANT.year) == []


def test_le_delegue_voit_les_ouvertures_de_son_conseil_sans_dossier():
    ici = un_registre()
    une_archive_ouverte(ici.groupe, motif="controle")
    page = lire(entrer(ici.dpo), "droits:conseil", ici.groupe.formation.conseil.public_id)
    assert "Archives ouvertes" in page
    assert "Contrôle d’une autorité" in page
    assert "Montredon" not in page
    with contexte(ici.dpo.pk):
        (vue,) = ouvertures_du_conseil(ici.groupe.formation.conseil, INSTANT.year)
        assert vue.numero == ""
        assert ouvertures_du_conseil(ici.groupe.formation.conseil, INSTANT.year - 1) == []


def test_un_delegue_sans_le_registre_de_ce_conseil_n_en_voit_aucune():
    groupe, _ = une_archive_ouverte()
    autre = f.exercer(creer_compte(organisme=creer_organisme("Mairie voisine", "commune")), "dpo", f.COMMUNE)
    with contexte(autre.pk):
        assert ouvertures_du_conseil(groupe.formation.conseil, INSTANT.year) == []


def test_une_ouverture_sort_de_la_page_quand_le_journal_l_oublie(horloge):
    groupe, _ = une_archive_ouverte()
    horloge(INSTANT + timedelta(days=364))
    with contexte(groupe.coordonnatrice.pk):
        assert len(ouvertures(surveilles())) == 1
    horloge(INSTANT + timedelta(days=367))
    with contexte(groupe.coordonnatrice.pk):
        assert ouvertures(surveilles()) == []


def test_l_archive_ouverte_une_fois_est_refermee_a_la_lecture_suivante():
    groupe, situation = une_archive_ouverte()
    client = entrer(groupe.coordonnatrice)
    page = lire(client, "situations:situation", situation.public_id)
    assert "Cette archive est fermée" in page
    assert "Montredon" not in page


def test_le_controle_compte_les_archives_et_refuse_une_ouverture_sans_motif(fabrique):
    une_archive_ouverte()
    ok, detail = controles_conservation.archives_motivees()
    assert ok
    assert ": 1," in detail
    with fabrique():
        journaliser("archive_consultee", objet=uuid.uuid4())
    assert not controles_conservation.archives_motivees()[0]


def test_le_role_web_n_execute_les_deux_fonctions_que_sous_ses_murs(connexion_web: psycopg.Connection):
    connexion_web.execute("SELECT set_config('maillage.acteur', '', true)")
    assert connexion_web.execute(
        "SELECT count(*) FROM socle.archives_ouvertes(ARRAY(SELECT id FROM instances_cercle), '2000-01-01')"
    ).fetchone() == (0,)
    assert connexion_web.execute(
        "SELECT count(*) FROM socle.archives_du_conseil(1, '2000-01-01', '2100-01-01')"
    ).fetchone() == (0,)
