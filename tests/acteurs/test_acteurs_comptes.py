"""Accounts and functions, for the person who administers them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte, creer_organisme, donner
from tests.acteurs.totp import appareil_en_service

from maillage.acteurs.models import AppareilDeCodes, Compte, FonctionExercee, Session
from maillage.acteurs.services import comptes as service
from maillage.socle.contexte import SansActeur, en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.refus import Refus

pytestmark = pytest.mark.django_db

FICHE = {
    "courriel": "Nouvelle@Exemple.invalid",
    "prenom": "Aline",
    "nom": "Brassac",
    "double_facteur_exige": "on",
}


def client_de(compte):
    client = Client()
    reponse = client.post("/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE})
    assert reponse.status_code == 302
    return client


@pytest.fixture
def administration():
    return creer_compte("administrateur_technique", mot_de_passe=MOT_DE_PASSE)


def test_l_administration_ouvre_un_compte_sans_connaitre_son_mot_de_passe(administration):
    client = client_de(administration)
    ouvert = client.post("/comptes/nouveau/", FICHE)
    compte = Compte.objects.get(courriel="nouvelle@exemple.invalid")
    assert ouvert["Location"] == f"/comptes/{compte.public_id}/"
    assert not compte.has_usable_password()
    page = client.post(f"/comptes/{compte.public_id}/lien/").content.decode()
    assert f"/ouverture/{compte.public_id}/" in page


def test_deux_comptes_ne_portent_pas_la_meme_adresse(administration):
    client = client_de(administration)
    client.post("/comptes/nouveau/", FICHE)
    reponse = client.post("/comptes/nouveau/", FICHE)
    assert reponse.status_code == 422
    assert "porte déjà cette adresse" in reponse.content.decode()
    assert Compte.objects.filter(courriel="nouvelle@exemple.invalid").count() == 1


def test_une_fonction_donnee_ouvre_ses_pages_et_retiree_les_ferme_a_l_instant(administration):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE, double_facteur_exige=False)
    client, sien = client_de(administration), client_de(compte)
    assert sien.get("/organismes/nouveau/").status_code == 403

    donner(compte, "coordonnateur")
    assert sien.get("/organismes/nouveau/").status_code == 200
    exercice = FonctionExercee.objects.get(compte=compte)
    client.post(f"/comptes/{compte.public_id}/fonctions/{exercice.pk}/retirer/")

    assert sien.get("/organismes/nouveau/").status_code == 403


def test_une_fonction_sensible_exige_le_second_facteur_et_ferme_les_sessions_sans(
    administration,
):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE, double_facteur_exige=False)
    client, sien = client_de(administration), client_de(compte)
    saisie = {"code": "maire", "portee_genre": "commune", "portee_code": "31149"}

    assert client.post(f"/comptes/{compte.public_id}/fonctions/", saisie).status_code == 302

    assert Compte.objects.get(pk=compte.pk).double_facteur_exige
    assert sien.get("/compte/").status_code == 302
    assert Compte.objects.get(pk=compte.pk).fonctions == {"maire"}


def test_une_fonction_ne_s_exerce_que_sur_un_territoire_qui_lui_convient(administration):
    compte = creer_compte()
    saisie = {"code": "maire", "portee_genre": "departement", "portee_code": "31"}
    reponse = client_de(administration).post(f"/comptes/{compte.public_id}/fonctions/", saisie)
    assert reponse.status_code == 422
    assert not FonctionExercee.objects.filter(compte=compte).exists()


def test_l_administration_ne_se_donne_pas_une_fonction_et_ne_cumule_pas(administration):
    client = client_de(administration)
    saisie = {"code": "coordonnateur", "portee_genre": "commune", "portee_code": "31149"}
    reponse = client.post(f"/comptes/{administration.public_id}/fonctions/", saisie)
    assert reponse.status_code == 422
    assert Compte.objects.get(pk=administration.pk).fonctions == {"administrateur_technique"}


def test_la_derniere_personne_qui_administre_ne_peut_etre_fermee(administration):
    client = client_de(administration)
    assert client.post(f"/comptes/{administration.public_id}/fermer/").status_code == 422
    assert Compte.objects.get(pk=administration.pk).actif
    assert client.get("/comptes/").status_code == 200


def test_fermer_un_compte_ferme_ses_sessions(administration):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client, sien = client_de(administration), client_de(compte)
    client.post(f"/comptes/{compte.public_id}/fermer/")
    assert not Session.objects.filter(compte=compte).exists()
    assert sien.get("/compte/").status_code == 302


def test_rouvrir_un_compte_oublie_son_mot_de_passe(administration):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE, actif=False)
    client_de(administration).post(f"/comptes/{compte.public_id}/rouvrir/")
    compte.refresh_from_db()
    assert compte.actif
    assert not compte.has_usable_password()


def test_retirer_un_second_facteur_ferme_les_sessions_et_en_demande_un_autre(administration):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    sien = client_de(compte)
    appareil_en_service(compte)
    client_de(administration).post(f"/comptes/{compte.public_id}/second-facteur/retirer/")
    assert not AppareilDeCodes.objects.filter(compte=compte).exists()
    assert sien.get("/compte/").status_code == 302


def test_la_recherche_d_un_compte_ne_met_aucun_nom_dans_une_adresse(administration):
    creer_compte(prenom="Aline", nom="Brassac")
    creer_compte(prenom="Marc", nom="Delvigne")
    client = client_de(administration)
    reponse = client.post("/comptes/", {"recherche": "brassac"})
    assert reponse["Location"] == "/comptes/"
    page = client.get("/comptes/").content.decode()
    assert "Aline" in page
    assert "Delvigne" not in page


def test_le_nombre_de_requetes_de_la_liste_ne_depend_pas_du_nombre_de_comptes(administration):
    client = client_de(administration)
    organisme = creer_organisme()
    creer_compte("membre", organisme=organisme)
    with CaptureQueriesContext(connection) as peu:
        client.get("/comptes/")
    for _ in range(48):
        creer_compte("membre", organisme=organisme)
    with CaptureQueriesContext(connection) as beaucoup:
        client.get("/comptes/")
    assert len(peu) == len(beaucoup)


def test_un_coordonnateur_d_ailleurs_ne_voit_pas_les_comptes_et_rien_ne_change():
    coordination = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    cible = creer_compte()
    client = client_de(coordination)
    assert client.get("/comptes/").status_code == 403
    assert client.post(f"/comptes/{cible.public_id}/fermer/").status_code == 403
    assert Compte.objects.get(pk=cible.pk).actif


def test_l_amorcage_ne_sert_qu_une_fois():
    compte = service.amorcer_administration(courriel="premiere@exemple.invalid", prenom="A", nom="B")
    assert compte.fonctions == {"administrateur_technique"}
    with pytest.raises(Refus):
        service.amorcer_administration(courriel="deuxieme@exemple.invalid", prenom="A", nom="B")


def test_une_commande_sans_acteur_est_une_erreur_de_programmation():
    compte = creer_compte()
    with pytest.raises(SansActeur):
        service.fermer_compte(public_id=compte.public_id)


def test_chaque_acte_sur_un_compte_est_au_journal_sans_nom(administration):
    compte = creer_compte(prenom="Aline", nom="Brassac")
    client = client_de(administration)
    client.post(f"/comptes/{compte.public_id}/fermer/")
    client.post(f"/comptes/{compte.public_id}/rouvrir/")
    with en_maintenance():
        entrees = list(EntreeJournal.objects.filter(objet=str(compte.public_id)))
    assert [entree.evenement for entree in entrees] == ["compte_ferme", "compte_rouvert"]
    assert {entree.acteur for entree in entrees} == {administration.pk}
    assert "Brassac" not in str([entree.details for entree in entrees])
