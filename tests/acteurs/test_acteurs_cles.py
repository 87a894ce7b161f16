"""WebAuthn keys: registered, used, taken away; and what a thief, an imitation or a copy obtains."""

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.test import Client
from tests.acteurs.authentificateur import Cle
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import appareil_en_service, se_connecter

from maillage.acteurs.models import CleDAcces, Session
from maillage.acteurs.services import second_facteur
from maillage.acteurs.services.cles import CLES_AU_PLUS
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.temps import maintenant

base = pytest.mark.django_db

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)
AJOUTER = "/second-facteur/cle/"
ENTRER = "/connexion/second-facteur/"
PRESENTER = "/connexion/second-facteur/cle/"
CONFIRMER = "/compte/confirmer/"


def nouveau(**champs):
    return creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE, double_facteur_exige=True, **champs)


def enregistrer(client, cle, nom="Clé du bureau", **mensonges):
    demande = client.get(AJOUTER).context["demande"]
    return client.post(AJOUTER, {"nom": nom, "reponse": cle.creer(demande, **mensonges)})


def avec_cle(compte=None, cle=None):
    """An account whose key is in service, and the browser that registered it."""
    compte, cle, client = compte or nouveau(), cle or Cle(), Client()
    se_connecter(client, compte)
    assert enregistrer(client, cle).status_code == 200
    return compte, cle, client


def attendre_la_cle(compte):
    """The password was right; the demand that waits for the key."""
    client = Client()
    assert se_connecter(client, compte) == ENTRER
    return client, client.get(ENTRER).context["demande"]


@base
def test_une_cle_s_enregistre_a_la_premiere_connexion_puis_ouvre_les_suivantes():
    compte, cle, client = avec_cle()
    assert client.get("/compte/").status_code == 200
    assert "Clé du bureau" in client.get("/compte/").content.decode()
    assert second_facteur.en_service(compte)

    autre, demande = attendre_la_cle(compte)
    assert autre.get("/compte/").status_code == 302
    assert autre.post(PRESENTER, {"reponse": cle.prouver(demande)})["Location"] == "/compte/"
    assert autre.get("/compte/").status_code == 200
    ligne = CleDAcces.objects.get(compte=compte)
    assert (ligne.compteur, ligne.employee_le is not None) == (1, True)
    with en_maintenance():
        moyens = [e.details.get("moyen") for e in EntreeJournal.objects.filter(evenement="connexion")]
    assert moyens == ["cle", "cle"]


@base
def test_une_personne_nomme_plusieurs_cles_et_retire_l_une():
    compte, premiere, client = avec_cle()
    seconde = Cle()
    assert enregistrer(client, seconde, "Téléphone")["Location"] == "/compte/"
    public_id = CleDAcces.objects.get(nom="Clé du bureau").public_id

    assert client.post(f"/compte/cles/{public_id}/retirer/").status_code == 302

    attente, demande = attendre_la_cle(compte)
    assert len(json.loads(demande)["allowCredentials"]) == 1
    assert attente.post(PRESENTER, {"reponse": premiere.prouver(demande)}).status_code == 422
    demande = attente.get(ENTRER).context["demande"]
    assert attente.post(PRESENTER, {"reponse": seconde.prouver(demande)}).status_code == 302


@base
def test_la_seule_cle_d_un_compte_qui_doit_en_avoir_une_ne_se_retire_pas():
    compte, _, client = avec_cle()
    cle = CleDAcces.objects.get(compte=compte)
    assert client.post(f"/compte/cles/{cle.public_id}/retirer/").status_code == 422
    assert CleDAcces.objects.filter(pk=cle.pk).exists()
    appareil_en_service(compte)
    assert client.post(f"/compte/cles/{cle.public_id}/retirer/").status_code == 302


@base
def test_nul_ne_retire_la_cle_d_un_autre_meme_s_il_peut_retirer_la_sienne():
    compte, _, _ = avec_cle()
    _, _, voleur = avec_cle()
    cle = CleDAcces.objects.get(compte=compte)
    assert voleur.post(f"/compte/cles/{cle.public_id}/retirer/").status_code == 404
    assert CleDAcces.objects.count() == 2


@base
@pytest.mark.parametrize(
    "mensonges",
    [
        {"origin": "https://maillage.exemple.mechant"},
        {"origin": "https://testserver"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"type": "webauthn.create"},
        {"drapeaux": 0},
    ],
    ids=["autre site", "autre protocole", "autre défi", "autre cérémonie", "personne"],
)
def test_une_reponse_qui_ment_n_ouvre_rien(mensonges):
    compte, cle, _ = avec_cle()
    client, demande = attendre_la_cle(compte)
    avant = Session.objects.filter(compte=compte).count()
    assert client.post(PRESENTER, {"reponse": cle.prouver(demande, **mensonges)}).status_code == 422
    assert Session.objects.filter(compte=compte).count() == avant
    assert CleDAcces.objects.get(compte=compte).compteur == 0


@base
def test_une_reponse_ne_sert_qu_une_fois_et_dans_son_navigateur():
    compte, cle, _ = avec_cle()
    client, demande = attendre_la_cle(compte)
    autre, _ = attendre_la_cle(compte)
    reponse = cle.prouver(demande)
    assert autre.post(PRESENTER, {"reponse": reponse}).status_code == 422
    assert client.post(PRESENTER, {"reponse": reponse}).status_code == 302
    client.post("/deconnexion/")
    se_connecter(client, compte)
    client.get(ENTRER)
    assert client.post(PRESENTER, {"reponse": reponse}).status_code == 422


@base
def test_une_demande_perd_sa_valeur_apres_cinq_minutes(horloge):
    horloge(MIDI)
    compte, cle, _ = avec_cle()
    client, demande = attendre_la_cle(compte)
    horloge(MIDI + timedelta(minutes=5, seconds=1))
    assert client.post(PRESENTER, {"reponse": cle.prouver(demande)}).status_code == 422


@base
def test_la_cle_d_un_autre_compte_n_ouvre_pas_celui_ci():
    mien, _, _ = avec_cle()
    _, autre_cle, _ = avec_cle()
    client, demande = attendre_la_cle(mien)
    assert client.post(PRESENTER, {"reponse": autre_cle.prouver(demande)}).status_code == 422


@base
def test_une_cle_copiee_dont_le_compteur_recule_est_refusee():
    compte, cle, _ = avec_cle()
    client, demande = attendre_la_cle(compte)
    cle.compteur = 7
    assert client.post(PRESENTER, {"reponse": cle.prouver(demande)}).status_code == 302
    cle.compteur = 3
    copie, demande = attendre_la_cle(compte)
    assert copie.post(PRESENTER, {"reponse": cle.prouver(demande)}).status_code == 422
    assert CleDAcces.objects.get(compte=compte).compteur == 8


@base
def test_une_cle_deja_connue_ne_se_lie_pas_a_un_second_compte():
    _, cle, _ = avec_cle()
    client = Client()
    autre = nouveau()
    se_connecter(client, autre)
    assert enregistrer(client, cle).status_code == 422
    assert not second_facteur.en_service(autre)


@base
@pytest.mark.parametrize(
    "mensonges", [{"origin": "https://mechant.invalid"}, {"challenge": "AAAA"}, {"type": "webauthn.get"}]
)
def test_une_creation_qui_ment_n_enregistre_rien(mensonges):
    compte, client = nouveau(), Client()
    se_connecter(client, compte)
    reponse = enregistrer(client, Cle(), **mensonges)
    assert reponse.status_code == 422
    assert "Clé du bureau" in reponse.content.decode()
    assert not CleDAcces.objects.exists()


@base
def test_la_demande_d_un_compte_ne_sert_pas_a_un_autre():
    un, autre, client, cle = nouveau(), nouveau(), Client(), Cle()
    se_connecter(client, un)
    demande = client.get(AJOUTER).context["demande"]
    se_connecter(client, autre)
    assert client.post(AJOUTER, {"nom": "Clé", "reponse": cle.creer(demande)}).status_code == 422
    assert not CleDAcces.objects.exists()


@base
def test_une_preuve_de_connexion_ne_confirme_pas_un_acte_et_une_confirmation_le_fait(horloge):
    horloge(MIDI)
    _, cle, client = avec_cle()
    horloge(MIDI + timedelta(minutes=11))
    assert client.get("/compte/codes-de-secours/")["Location"].startswith(CONFIRMER)
    page = client.get(CONFIRMER)
    assert page.context["formulaire"] is None
    assert client.post(CONFIRMER, {"mot_de_passe": MOT_DE_PASSE}).status_code == 200
    assert client.get("/compte/codes-de-secours/").status_code == 302
    demande = client.get(CONFIRMER).context["demande"]
    assert client.post(CONFIRMER, {"reponse": Cle().prouver(demande)}).status_code == 422
    demande = client.get(CONFIRMER).context["demande"]
    assert client.post(CONFIRMER, {"reponse": cle.prouver(demande), "suite": "/compte/"}).status_code == 302
    assert client.get("/compte/codes-de-secours/").status_code == 200


@base
@pytest.mark.parametrize(
    "reponse",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"rawId": 3}',
        '{"rawId": "AA"}',
        '{"rawId":"é"}',
        "x" * 30_000,
        '{"id":{},"rawId":[]}',
    ],
)
def test_une_reponse_informe_est_refusee_sans_panne(reponse):
    compte, _, _ = avec_cle()
    client, _ = attendre_la_cle(compte)
    assert client.post(PRESENTER, {"reponse": reponse}).status_code == 422
    autre = Client()
    se_connecter(autre, nouveau())
    autre.get(AJOUTER)
    assert autre.post(AJOUTER, {"nom": "Clé", "reponse": reponse}).status_code == 422


@base
def test_cinq_reponses_fausses_suspendent_meme_la_vraie_cle(horloge):
    horloge(MIDI)
    compte, cle, _ = avec_cle()
    client, _ = attendre_la_cle(compte)
    for _ in range(5):
        assert client.post(PRESENTER, {"reponse": "{}"}).status_code == 422
    demande = client.get(ENTRER).context["demande"]
    assert client.post(PRESENTER, {"reponse": cle.prouver(demande)}).status_code == 422


@base
def test_un_compte_ne_porte_pas_plus_de_dix_cles():
    compte, _, client = avec_cle()
    with en_maintenance():
        CleDAcces.objects.bulk_create(
            CleDAcces(
                compte=compte,
                nom=f"Clé {rang}",
                identifiant=bytes([rang]),
                cle_publique=b"x",
                cree_le=maintenant(),
            )
            for rang in range(CLES_AU_PLUS - 1)
        )
    assert enregistrer(client, Cle()).status_code == 422
    assert CleDAcces.objects.filter(compte=compte).count() == CLES_AU_PLUS


@base
@pytest.mark.parametrize("nom", ["", "<b>clé</b>", "x" * 61, "a\nb"])
def test_le_nom_d_une_cle_est_court_et_simple(nom):
    client = Client()
    se_connecter(client, nouveau())
    demande = client.get(AJOUTER).context["demande"]
    assert client.post(AJOUTER, {"nom": nom, "reponse": Cle().creer(demande)}).status_code == 422
    assert not CleDAcces.objects.exists()


@base
def test_une_adresse_en_chiffres_ne_propose_pas_de_cle(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    client = Client(HTTP_HOST="127.0.0.1")
    se_connecter(client, nouveau())
    page = client.get(AJOUTER)
    assert page.context["demande"] == ""
    assert "par son nom" in page.content.decode()


def test_le_role_web_ne_change_ni_le_porteur_ni_la_cle(connexion_web):
    compte, autre = nouveau(), nouveau()
    with en_maintenance():
        CleDAcces.objects.create(
            compte=compte, nom="Clé", identifiant=b"1", cle_publique=b"1", cree_le=maintenant()
        )
    for ordre in (
        f"UPDATE acteurs_cledacces SET compte_id = {autre.pk}",
        "UPDATE acteurs_cledacces SET cle_publique = 'x'",
        "UPDATE acteurs_cledacces SET identifiant = 'x'",
        f"UPDATE acteurs_identiteexterne SET compte_id = {autre.pk}",
        "UPDATE acteurs_identiteexterne SET sub = 'x'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), connexion_web.transaction():
            connexion_web.execute(ordre)
    assert connexion_web.execute("UPDATE acteurs_cledacces SET compteur = 5").rowcount == 1
