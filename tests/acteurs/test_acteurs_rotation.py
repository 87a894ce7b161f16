"""The signing key is replaced: what the former one signed or hid is still read, until it is withdrawn."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import se_connecter

from maillage.acteurs.models import EchecDeConnexion
from maillage.acteurs.services import essais
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.droits import scellement
from maillage.droits.models import Reponse
from maillage.projet.configuration import lire

ANCIENNE, NEUVE, TROISIEME = "a" * 50, "n" * 50, "t" * 50
MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def cles(settings):
    """Put signing keys in service: the current one, then the former ones."""

    def mettre(courante: str, *anciennes: str) -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = courante, list(anciennes)

    mettre(ANCIENNE)
    return mettre


def test_une_session_ouverte_survit_a_la_rotation_et_finit_avec_l_ancienne_cle(db, client, cles):
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    se_connecter(client, compte)
    oubliee = Client()
    se_connecter(oubliee, compte)

    cles(NEUVE, ANCIENNE)
    assert client.get("/compte/").status_code == 200

    cles(NEUVE)
    assert client.get("/compte/").status_code == 200, "elle a été signée de nouveau à son passage"
    assert oubliee.get("/compte/").status_code == 302


def test_un_lien_d_ouverture_remis_avant_ouvre_encore(db, cles):
    compte = creer_compte()
    jeton = mots_de_passe.jeton_d_ouverture(compte)
    cles(NEUVE, ANCIENNE)
    assert mots_de_passe.jeton_valide(compte, jeton)
    assert not mots_de_passe.jeton_valide(creer_compte(), jeton)
    cles(TROISIEME)
    assert not mots_de_passe.jeton_valide(compte, jeton)


def test_une_attente_apres_des_echecs_survit_et_le_bon_mot_de_passe_l_efface(db, cles, horloge):
    horloge(MIDI)
    for _ in range(5):
        essais.compter_echec(courriel="a@exemple.invalid", adresse="192.0.2.1")
    cles(NEUVE, ANCIENNE)
    assert essais.bloque("a@exemple.invalid", "192.0.2.9")
    assert not essais.bloque("b@exemple.invalid", "192.0.2.9")
    essais.oublier("A@exemple.invalid")
    assert not essais.bloque("a@exemple.invalid", "192.0.2.9")
    assert EchecDeConnexion.objects.count() == 1, "celui de l’adresse réseau reste"


def test_un_extrait_ne_doit_rien_a_la_cle_de_signature(db, cles):
    ligne = uuid4()
    scelle = scellement.fermer(Reponse, b"extrait", ligne=ligne)
    cles(TROISIEME)
    assert scellement.ouvrir(Reponse, scelle, ligne=ligne) == b"extrait"


def test_un_formulaire_ouvert_avant_part_encore(db, cles):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/connexion/").content.decode()
    jeton = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    cles(NEUVE, ANCIENNE)
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    saisie = {
        "courriel": compte.courriel,
        "mot_de_passe": MOT_DE_PASSE,
        "suite": "/compte/",
        "csrfmiddlewaretoken": jeton,
    }
    assert client.post("/connexion/", saisie)["Location"] == "/compte/"


def production(**variables: str) -> tuple[str, ...]:
    env = {"MAILLAGE_CLE_SECRETE": NEUVE, "MAILLAGE_HOTES": "maillage.exemple.fr", **variables}
    return lire(env).fautes


def test_les_cles_d_avant_sont_longues_distinctes_et_ne_sont_plus_en_service():
    lue = lire({"MAILLAGE_CLES_SECRETES_ANCIENNES": f" {ANCIENNE} , {TROISIEME},"})
    assert lue.cles_anciennes == (ANCIENNE, TROISIEME)
    assert production(MAILLAGE_CLES_SECRETES_ANCIENNES=ANCIENNE) == ()
    for fautive in ("courte", NEUVE, f"{ANCIENNE},{ANCIENNE}"):
        assert len(production(MAILLAGE_CLES_SECRETES_ANCIENNES=fautive)) == 1
