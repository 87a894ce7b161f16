"""One's own account: sessions, password, step-up."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from tests.acteurs.fabriques import (
    MOT_DE_PASSE,
    TOUJOURS,
    creer_compte,
    creer_organisme,
    faire_une_demonstration,
)
from tests.instances.fabriques import conseil as un_conseil
from tests.instances.territoires import creer_communes

from maillage.acteurs.models import Compte, FonctionExercee, Session
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.socle.contexte import en_maintenance
from maillage.territoires.api import Commune, Epci

pytestmark = pytest.mark.django_db

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOUVEAU = "Genevrier-Lent-58"


def client_de(compte, agent="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"):
    client = Client(HTTP_USER_AGENT=agent)
    reponse = client.post("/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE})
    assert reponse.status_code == 302
    return client


def test_la_page_du_compte_montre_identite_fonctions_et_sessions():
    organisme = creer_organisme()
    compte = creer_compte(
        "coordonnateur", mot_de_passe=MOT_DE_PASSE, civilite="F", organisme=organisme, prenom="Hélène"
    )
    page = client_de(compte).get("/compte/").content.decode()
    assert "Hélène" in page
    assert "Coordonnatrice" in page
    assert "Mission locale des Trois-Rives" in page
    assert "Firefox sur un ordinateur Windows" in page
    assert "à l’instant" in page
    assert "Mot de passe" in page


def test_la_page_du_compte_nomme_chaque_territoire():
    creer_communes({"31149": 40_000})
    with en_maintenance():
        Commune.objects.filter(code="31149").update(nom="Colomiers")
        Epci.objects.create(
            code="243100518", nom="Métropole d’Essai", nature="METRO", population=1, population_totale=1
        )
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    lieux = {"commune": "31149", "epci": "243100518", "departement": "31"}
    with en_maintenance():
        for genre, code in lieux.items():
            FonctionExercee.objects.create(
                compte=compte, code="prefecture", portee_genre=genre, portee_code=code, depuis=TOUJOURS
            )
    page = client_de(compte).get("/compte/").content.decode()
    for nom in ("Colomiers", "Métropole d’Essai", "Haute-Garonne"):
        assert nom in page
    for code in ("31149", "243100518", "(31)"):
        assert code not in page


def test_la_page_du_compte_nomme_l_instance_et_ne_dit_rien_d_un_code_qui_ne_mene_nulle_part():
    conseil = un_conseil(nom="CLSPD des Deux-Rives")
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    with en_maintenance():
        for rang, code in enumerate((str(conseil.public_id), str(uuid4()), "ancien-code")):
            FonctionExercee.objects.create(
                compte=compte,
                code=("coordonnateur", "membre", "procureur")[rang],
                portee_genre="instance",
                portee_code=code,
                depuis=TOUJOURS,
            )
    page = client_de(compte).get("/compte/").content.decode()
    assert "CLSPD des Deux-Rives" in page
    assert page.count("Une instance") == 2
    for code in (str(conseil.public_id), "ancien-code"):
        assert code not in page.split("<main", 1)[1]


def test_une_session_revoquee_n_ouvre_plus_rien():
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    ici, ailleurs = client_de(compte), client_de(compte)
    session = Session.objects.get(session_key=ailleurs.session.session_key)

    assert ici.post(f"/compte/sessions/{session.public_id}/fermer/").status_code == 302

    assert ailleurs.get("/compte/").status_code == 302
    assert ici.get("/compte/").status_code == 200


def test_nul_ne_ferme_la_session_d_un_autre_meme_s_il_peut_fermer_les_siennes():
    moi, autre = creer_compte(mot_de_passe=MOT_DE_PASSE), creer_compte(mot_de_passe=MOT_DE_PASSE)
    client_moi, client_autre = client_de(moi), client_de(autre)
    session = Session.objects.get(compte=autre)

    assert client_moi.post(f"/compte/sessions/{session.public_id}/fermer/").status_code == 404

    assert client_autre.get("/compte/").status_code == 200


def test_fermer_toutes_les_autres_sessions_garde_la_sienne():
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    ici, ailleurs = client_de(compte), client_de(compte)
    ici.post("/compte/sessions/fermer/")
    assert ici.get("/compte/").status_code == 200
    assert ailleurs.get("/compte/").status_code == 302


def test_changer_de_mot_de_passe_demande_l_ancien_et_ferme_les_autres_sessions():
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    ici, ailleurs = client_de(compte), client_de(compte)
    saisie = {"actuel": "mauvais", "nouveau": NOUVEAU, "encore": NOUVEAU}

    assert ici.post("/compte/mot-de-passe/", saisie).status_code == 422
    assert Compte.objects.get(pk=compte.pk).check_password(MOT_DE_PASSE)
    assert ici.post("/compte/mot-de-passe/", {**saisie, "actuel": MOT_DE_PASSE}).status_code == 302

    assert Compte.objects.get(pk=compte.pk).check_password(NOUVEAU)
    assert ici.get("/compte/").status_code == 200
    assert ailleurs.get("/compte/").status_code == 302


def test_un_mot_de_passe_faible_est_refuse_avec_sa_raison():
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    faible = {"actuel": MOT_DE_PASSE, "nouveau": "Password2026!", "encore": "Password2026!"}
    reponse = client_de(compte).post("/compte/mot-de-passe/", faible)
    assert reponse.status_code == 422
    assert "divulgués" in reponse.content.decode()
    assert Compte.objects.get(pk=compte.pk).check_password(MOT_DE_PASSE)


def test_le_lien_d_ouverture_ne_sert_qu_une_fois_et_trois_jours(client, settings):
    compte = creer_compte()
    adresse = f"/ouverture/{compte.public_id}/{mots_de_passe.jeton_d_ouverture(compte)}/"
    assert client.get(adresse).status_code == 200
    assert client.post(adresse, {"nouveau": NOUVEAU, "encore": NOUVEAU}).status_code == 302
    assert Compte.objects.get(pk=compte.pk).check_password(NOUVEAU)
    assert client.get(adresse).status_code == 404
    assert settings.PASSWORD_RESET_TIMEOUT == 3 * 24 * 3600


def test_le_lien_d_un_compte_ferme_ou_d_un_autre_compte_n_ouvre_rien(client):
    ferme, autre = creer_compte(actif=False), creer_compte()
    jeton = mots_de_passe.jeton_d_ouverture(ferme)
    assert client.get(f"/ouverture/{ferme.public_id}/{jeton}/").status_code == 404
    assert client.get(f"/ouverture/{autre.public_id}/{jeton}/").status_code == 404


def test_un_acte_sensible_redemande_qui_est_la_apres_dix_minutes(horloge):
    horloge(MIDI)
    administration = creer_compte("administrateur_technique", mot_de_passe=MOT_DE_PASSE)
    cible = creer_compte()
    client = client_de(administration)
    adresse = f"/comptes/{cible.public_id}/fermer/"
    horloge(MIDI + timedelta(minutes=10, seconds=1))

    assert client.post(adresse)["Location"].startswith("/compte/confirmer/?suite=")
    assert Compte.objects.get(pk=cible.pk).actif
    assert client.post("/compte/confirmer/", {"mot_de_passe": "mauvais"}).status_code == 422
    confirme = client.post("/compte/confirmer/", {"mot_de_passe": MOT_DE_PASSE, "suite": "/comptes/"})
    assert confirme["Location"] == "/comptes/"
    client.post(adresse)

    assert not Compte.objects.get(pk=cible.pk).actif


def test_dans_la_demonstration_un_clic_confirme(client, horloge):
    horloge(MIDI)
    faire_une_demonstration()
    compte = creer_compte("administrateur_technique")
    client.post("/connexion/demonstration/", {"compte": str(compte.public_id)})
    assert "un clic suffit" in client.get("/compte/confirmer/").content.decode()
    assert client.post("/compte/confirmer/", {"suite": "/comptes/"})["Location"] == "/comptes/"
