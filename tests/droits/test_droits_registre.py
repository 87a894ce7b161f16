"""The DPO's page: what is held back, the start of an impact assessment, measures that can be checked."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.droits.fabriques_droits import INSTANT, JOUR, QUI, executer, interrogee, un_registre
from tests.instances import fabriques as f
from tests.situations.fabriques import signaler, un_groupe, une_situation

from maillage.droits.traitements import MOTS_DES_DONNEES, a_completer, categories, mesures_et_lieux
from maillage.projet.controles import dossiers_retenus
from maillage.situations.api import purger

RACINE = Path(__file__).parents[2]


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def test_chaque_mesure_annoncee_se_verifie_dans_un_fichier_qui_existe():
    for mesure in mesures_et_lieux():
        assert mesure.lieux, mesure.mots
        for lieu in mesure.lieux:
            assert (RACINE / lieu).is_file(), lieu


def test_les_categories_de_donnees_sont_celles_du_code():
    dites = dict(categories(JOUR))
    assert "date de naissance" in dites["Identité de la personne"]
    assert len(dites) == 6
    assert len(MOTS_DES_DONNEES) == 9
    assert a_completer()


@pytest.mark.django_db
def test_le_delegue_lit_ce_qui_est_retenu_et_exporte_les_elements_de_l_analyse(horloge):
    horloge(INSTANT)
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    conseil = ici.formation.conseil.public_id
    client = entrer(ici.dpo)
    page = client.get(reverse("droits:conseil", args=[conseil])).content.decode()
    assert "Aucun dossier n’est limité ni retenu." in page
    _, question = interrogee(ici, "effacement")
    executer(ici, question, "refus", motif="actions_en_justice")
    page = client.get(reverse("droits:conseil", args=[conseil])).content.decode()
    assert "Retenus : ne s’effacent pas" in page
    assert QUI.nom not in page
    for format_ in ("pdf", "odt"):
        faite = client.get(reverse("droits:analyse", args=[conseil, format_]))
        assert faite.status_code == 200
        assert "analyse-d-impact" in faite["Content-Disposition"]
    _, question = interrogee(ici, "opposition")
    executer(ici, question, "fait")
    purger()
    page = client.get(reverse("droits:conseil", args=[conseil])).content.decode()
    assert "Aucun certificat à montrer" not in page
    assert "Aucun dossier n’est limité ni retenu." in page
    signaler(ici.groupe, qui=QUI)
    _, question = interrogee(ici, "effacement")
    executer(ici, question, "refus", motif="actions_en_justice")
    bon, phrase = dossiers_retenus()
    assert bon
    assert "action en justice : 1" in phrase


@pytest.mark.django_db
def test_sans_registre_la_page_du_delegue_mene_a_son_ouverture_et_un_autre_ne_la_voit_pas(horloge):
    horloge(INSTANT)
    groupe = un_groupe()
    conseil = groupe.formation.conseil
    dpo = f.exercer(creer_compte(organisme=f.creer_organisme("Mairie", "commune")), "dpo", f.COMMUNE)
    page = entrer(dpo).get(reverse("droits:conseil", args=[conseil.public_id])).content.decode()
    assert reverse("instances:droits_ouvrir", args=[conseil.public_id]) in page
    ailleurs = f.exercer(creer_compte(organisme=f.creer_organisme("Mairie", "commune")), "dpo", f.VOISINE)
    cachee = entrer(ailleurs).get(reverse("droits:analyse", args=[conseil.public_id, "pdf"]))
    assert cachee.status_code == 404
    assert dossiers_retenus() == (True, "Aucun dossier n’est retenu au-delà de son terme.")
