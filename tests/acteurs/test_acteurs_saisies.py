"""A form typed when the session ended comes back to the same account, in the same browser, and only there."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte

from maillage.acteurs.models import Organisme, SaisieGardee, Session
from maillage.acteurs.services import saisies
from maillage.acteurs.services.connexion import purger_connexions
from maillage.socle.contexte import en_maintenance

pytestmark = pytest.mark.django_db

SAISIE = {"nom": "Mission « locale » & <associés>", "genre": "mission_locale", "depuis": "2010-01-01"}
ICI, REPRISE = "/organismes/nouveau/", "/compte/saisie/"


def expirer(client: Client) -> None:
    """The session runs out by itself, the page stays open."""
    Session.objects.filter(session_key=client.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )


def perdre_sa_session(compte) -> Client:
    client = Client()
    client.force_login(compte)
    expirer(client)
    return client


def connecter(client: Client, compte) -> None:
    reponse = client.post(
        "/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE, "suite": REPRISE}
    )
    assert reponse["Location"] == REPRISE


def champs_caches(page: str) -> dict[str, str]:
    trouves = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {nom: html.unescape(valeur) for nom, valeur in trouves}


def gardees() -> int:
    with en_maintenance():
        return SaisieGardee.objects.count()


def test_une_session_expiree_rend_la_saisie_a_relire_puis_l_enregistre_une_fois():
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    client = perdre_sa_session(compte)

    envoi = client.post(ICI, SAISIE)
    assert envoi["Location"] == "/connexion/?suite=%2Fcompte%2Fsaisie%2F"
    assert "quinze minutes" in client.get(envoi["Location"]).content.decode()
    assert not Organisme.objects.exists()

    connecter(client, compte)
    page = client.get(REPRISE).content.decode()
    assert f'action="{ICI}"' in page
    repris = champs_caches(page)
    assert SAISIE.items() <= repris.items()

    formulaire = client.post(ICI, repris)
    assert formulaire.status_code == 422
    assert "Rien n’est encore enregistré" in formulaire.content.decode()
    assert html.escape(SAISIE["nom"]) in formulaire.content.decode()
    assert not Organisme.objects.exists()

    assert client.post(ICI, SAISIE).status_code == 302
    assert Organisme.objects.count() == 1


def test_un_autre_compte_du_meme_navigateur_ne_lit_pas_la_saisie():
    auteur = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    curieux = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    client = perdre_sa_session(auteur)
    client.post(ICI, SAISIE)

    connecter(client, curieux)
    page = client.get(REPRISE).content.decode()
    assert "Aucune saisie à reprendre" in page
    assert "associés" not in page
    client.post("/compte/saisie/effacer/")
    assert gardees() == 1


def test_le_meme_compte_dans_un_autre_navigateur_ne_lit_pas_la_saisie():
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    perdre_sa_session(compte).post(ICI, SAISIE)
    ailleurs = Client()
    connecter(ailleurs, compte)
    assert "Aucune saisie à reprendre" in ailleurs.get(REPRISE).content.decode()


def test_la_saisie_s_efface_sur_demande_et_apres_un_quart_d_heure(horloge):
    debut = datetime(2026, 11, 24, 12, tzinfo=UTC)
    horloge(debut)
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    client = perdre_sa_session(compte)
    client.post(ICI, SAISIE)
    connecter(client, compte)
    horloge(debut + timedelta(minutes=15))
    assert "Aucune saisie à reprendre" in client.get(REPRISE).content.decode()
    horloge(debut + timedelta(minutes=14))
    assert "Votre saisie est gardée" in client.get(REPRISE).content.decode()
    client.post("/compte/saisie/effacer/")
    assert gardees() == 0


def test_la_purge_efface_les_saisies_echues(horloge):
    debut = datetime(2026, 11, 24, 12, tzinfo=UTC)
    horloge(debut)
    perdre_sa_session(creer_compte("coordonnateur")).post(ICI, SAISIE)
    with en_maintenance():
        purger_connexions()
    assert gardees() == 1
    horloge(debut + timedelta(minutes=16))
    with en_maintenance():
        purger_connexions()
    assert gardees() == 0


@pytest.mark.parametrize(
    ("adresse", "champs", "entetes"),
    [
        ("/compte/mot-de-passe/", {"actuel": "a", "nouveau": "b", "encore": "b"}, {}),
        ("/comptes/tous/", {}, {}),
        (ICI, SAISIE, {"Sec-Fetch-Mode": "cors"}),
        (ICI, SAISIE | {"nom": "x" * saisies.TAILLE_MAXIMALE}, {}),
        ("/connexion/", {"courriel": "a@exemple.invalid"}, {}),
    ],
    ids=["mot de passe", "rien de saisi", "appel d’un script", "trop long", "page publique"],
)
def test_ce_qui_ne_se_garde_pas(adresse, champs, entetes):
    client = perdre_sa_session(creer_compte("coordonnateur"))
    client.post(adresse, champs, headers=entetes)
    assert gardees() == 0


def test_les_appels_de_la_page_apres_l_expiration_n_empechent_pas_de_garder_la_saisie():
    client = perdre_sa_session(creer_compte("coordonnateur"))
    assert client.post("/garde/", {"texte": "un début"}).status_code == 302
    client.get("/journee/")
    client.post(ICI, SAISIE)
    assert gardees() == 1


def test_une_session_fermee_perd_son_temoin():
    client = Client()
    client.force_login(creer_compte("coordonnateur"))
    avant = client.session.session_key
    assert client.post("/deconnexion/").cookies[settings.SESSION_COOKIE_NAME].value != avant
    assert not Session.objects.filter(session_key=avant).exists()


def test_une_session_fermee_ou_revoquee_ne_garde_rien():
    client = Client()
    client.force_login(creer_compte("coordonnateur"))
    Session.objects.all().delete()
    assert client.post(ICI, SAISIE)["Location"] == "/connexion/"
    assert gardees() == 0


def test_un_compte_ferme_entre_temps_ne_garde_rien():
    compte = creer_compte("coordonnateur")
    client = perdre_sa_session(compte)
    with en_maintenance():
        type(compte).objects.filter(pk=compte.pk).update(actif=False)
    client.post(ICI, SAISIE)
    assert gardees() == 0


def test_un_formulaire_d_une_session_precedente_se_reprend_et_celui_d_un_autre_site_se_refuse():
    client = Client(enforce_csrf_checks=True)
    client.force_login(creer_compte("coordonnateur"))
    refuse = client.post(ICI, SAISIE, headers={"Sec-Fetch-Site": "cross-site"})
    assert refuse.status_code == 403
    assert gardees() == 0

    repris = client.post(ICI, SAISIE, headers={"Sec-Fetch-Site": "same-origin"})
    assert repris["Location"] == REPRISE
    assert SAISIE.items() <= champs_caches(client.get(REPRISE).content.decode()).items()
    assert not Organisme.objects.exists()


@pytest.mark.parametrize("temoin", ["", "x", "pas-un-uuid.AAAA", f"{'0' * 8}-0000-0000-0000-{'0' * 12}.é"])
def test_un_temoin_abime_ne_rend_rien_et_ne_casse_rien(client, temoin):
    client.force_login(creer_compte("membre"))
    client.cookies["maillage_saisie"] = temoin
    page = client.get(REPRISE)
    assert page.status_code == 200
    assert "Aucune saisie à reprendre" in page.content.decode()


def test_le_temoin_est_hors_de_portee_des_scripts():
    client = perdre_sa_session(creer_compte("coordonnateur"))
    temoin = client.post(ICI, SAISIE).cookies["maillage_saisie"]
    assert temoin["httponly"]
    assert temoin["samesite"] == "Lax"
    assert temoin["max-age"] == 900
    assert bool(temoin["secure"]) is bool(settings.SESSION_COOKIE_SECURE)
