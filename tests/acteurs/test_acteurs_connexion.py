"""Signing in and out, through the pages."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte, faire_une_demonstration
from tests.acteurs.totp import appareil_en_service, code_de, remettre_a_zero

from maillage.acteurs.models import AppareilDeCodes, Compte, EchecDeConnexion, Session
from maillage.acteurs.regles_secrets import ESSAIS_PAR_ADRESSE
from maillage.acteurs.services.comptes import preparer_lien
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal

pytestmark = pytest.mark.django_db

MIDI = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONNEXION = "/connexion/"


def se_connecter(client, courriel, mot_de_passe=MOT_DE_PASSE, **champs):
    return client.post(CONNEXION, {"courriel": courriel, "mot_de_passe": mot_de_passe, **champs})


def journal(evenement):
    with en_maintenance():
        return list(EntreeJournal.objects.filter(evenement=evenement))


def test_une_personne_se_connecte_et_sa_session_change_de_cle(client):
    compte = creer_compte("membre", mot_de_passe=MOT_DE_PASSE)
    client.get(CONNEXION)
    session = client.session
    session["avant"] = 1
    session.save()
    avant = session.session_key

    reponse = se_connecter(client, compte.courriel.upper())

    assert reponse.status_code == 302
    ouverte = Session.objects.get(compte=compte)
    assert ouverte.session_key != avant
    assert not Session.objects.filter(session_key=avant).exists()
    assert client.get("/compte/").status_code == 200
    assert [entree.acteur for entree in journal("connexion")] == [compte.pk]


def test_la_reponse_est_la_meme_pour_un_compte_inconnu_ferme_ou_un_mauvais_mot_de_passe():
    ouvert = creer_compte(mot_de_passe=MOT_DE_PASSE)
    ferme = creer_compte(mot_de_passe=MOT_DE_PASSE, actif=False)
    pages = []
    for courriel, mot_de_passe in (
        (ouvert.courriel, "mauvais"),
        (ferme.courriel, MOT_DE_PASSE),
        ("inconnu@exemple.invalid", MOT_DE_PASSE),
    ):
        reponse = se_connecter(Client(), courriel, mot_de_passe)
        assert reponse.status_code == 422
        texte = re.sub(r'value="[^"]*"', "", reponse.content.decode())
        pages.append(texte)
    assert len(set(pages)) == 1


def test_cinq_echecs_suspendent_le_compte_un_quart_d_heure_meme_avec_le_bon_mot_de_passe(client, horloge):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    autre = creer_compte(mot_de_passe=MOT_DE_PASSE)
    horloge(MIDI)
    for _ in range(5):
        assert se_connecter(client, compte.courriel, "mauvais").status_code == 422

    assert se_connecter(client, compte.courriel).status_code == 422
    assert se_connecter(Client(), autre.courriel).status_code == 302

    horloge(MIDI + timedelta(minutes=14, seconds=59))
    assert se_connecter(client, compte.courriel).status_code == 422
    horloge(MIDI + timedelta(minutes=15))
    assert se_connecter(client, compte.courriel).status_code == 302


def test_la_seconde_attente_est_deux_fois_plus_longue_et_le_lien_de_l_administration_y_met_fin(
    client, horloge, au_nom_de
):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    administration = creer_compte("administrateur_technique")
    horloge(MIDI)
    for _ in range(5):
        se_connecter(client, compte.courriel, "mauvais")
    horloge(MIDI + timedelta(minutes=15))
    for _ in range(5):
        se_connecter(client, compte.courriel, "mauvais")

    horloge(MIDI + timedelta(minutes=44))
    assert se_connecter(client, compte.courriel).status_code == 422
    with au_nom_de(administration):
        preparer_lien(public_id=compte.public_id)
    assert se_connecter(client, compte.courriel).status_code == 302


def test_le_bon_mot_de_passe_remet_le_compte_a_zero_mais_pas_l_adresse(client, horloge):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    horloge(MIDI)
    for _ in range(4):
        se_connecter(client, compte.courriel, "mauvais")
    assert se_connecter(Client(), compte.courriel).status_code == 302
    assert [ligne.echecs for ligne in EchecDeConnexion.objects.all()] == [4]
    for _ in range(4):
        se_connecter(client, compte.courriel, "mauvais")
    assert se_connecter(Client(), compte.courriel).status_code == 302


def test_une_adresse_declaree_par_le_visiteur_ne_trompe_pas_le_frein(horloge, settings):
    """Only the last hop, written by the declared proxy, is believed; without a proxy, nothing is."""
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    horloge(MIDI)
    for rang in range(ESSAIS_PAR_ADRESSE):
        menteur = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{rang}")
        se_connecter(menteur, f"personne{rang}@exemple.invalid", "mauvais")
    assert se_connecter(Client(HTTP_X_FORWARDED_FOR="203.0.113.99"), compte.courriel).status_code == 422

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for rang in range(ESSAIS_PAR_ADRESSE):
        menteur = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{rang}, 198.51.100.4")
        se_connecter(menteur, f"autre{rang}@exemple.invalid", "mauvais")
    memes = Client(HTTP_X_FORWARDED_FOR="203.0.113.200, 198.51.100.4")
    assert se_connecter(memes, compte.courriel).status_code == 422
    ailleurs = Client(HTTP_X_FORWARDED_FOR="198.51.100.5")
    assert se_connecter(ailleurs, compte.courriel).status_code == 302


def test_une_adresse_qui_essaie_beaucoup_de_comptes_est_suspendue(client, horloge):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    horloge(MIDI)
    for rang in range(ESSAIS_PAR_ADRESSE):
        se_connecter(client, f"personne{rang}@exemple.invalid", "mauvais")

    assert se_connecter(client, compte.courriel).status_code == 422
    ailleurs = Client(REMOTE_ADDR="198.51.100.7")
    assert se_connecter(ailleurs, compte.courriel).status_code == 302


def test_le_compteur_d_echecs_ne_garde_ni_adresse_electronique_ni_adresse_reseau(client):
    se_connecter(client, "quelqu.un@exemple.invalid", "mauvais")
    cles = list(EchecDeConnexion.objects.values_list("cle", flat=True))
    assert len(cles) == 2
    assert all(re.fullmatch(r"[0-9a-f]{64}", cle) for cle in cles)


def test_ni_le_mot_de_passe_ni_l_adresse_ne_passent_dans_les_traces(client, caplog):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    with caplog.at_level(logging.DEBUG):
        se_connecter(client, compte.courriel, "Un-Secret-Mal-Saisi-1")
        se_connecter(client, compte.courriel)
    for interdit in (compte.courriel, compte.nom, "Un-Secret-Mal-Saisi-1", MOT_DE_PASSE):
        assert interdit not in caplog.text
    details = [entree.details for entree in journal("connexion_refusee") + journal("connexion")]
    assert details == [{}, {"moyen": "mot_de_passe"}]


@pytest.mark.parametrize(
    "suite",
    ["https://ailleurs.exemple/", "//ailleurs.exemple/", "/\\ailleurs.exemple", "javascript:alert(1)"],
)
def test_la_connexion_ne_mene_jamais_a_un_autre_site(client, suite):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    assert se_connecter(client, compte.courriel, suite=suite)["Location"] == reverse("accueil")


def test_la_connexion_mene_a_la_page_demandee(client):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    demandee = client.get("/compte/")
    assert demandee["Location"] == "/connexion/?suite=%2Fcompte%2F"
    assert se_connecter(client, compte.courriel, suite="/compte/")["Location"] == "/compte/"


def test_sans_le_second_facteur_exige_le_mot_de_passe_n_ouvre_rien(client):
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE, double_facteur_exige=True)

    reponse = se_connecter(client, compte.courriel)

    assert reponse["Location"] == "/second-facteur/activer/"
    assert client.get("/compte/").status_code == 302
    assert not Session.objects.filter(compte=compte).exists()


def test_le_second_facteur_s_enrole_a_la_premiere_connexion_puis_il_est_demande(client):
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE, double_facteur_exige=True)
    se_connecter(client, compte.courriel, suite="/compte/")
    page = client.get("/second-facteur/activer/")
    assert "data:image/svg+xml" in page.content.decode()
    assert "style=" not in page.content.decode()
    appareil = AppareilDeCodes.objects.get(compte=compte)

    jeton = page.context["jeton"]
    faux = client.post("/second-facteur/activer/", {"code": "000000", "enrolement": jeton})
    assert faux.status_code == 422
    remettre_a_zero(appareil)
    fait = client.post("/second-facteur/activer/", {"code": code_de(appareil), "enrolement": jeton})

    assert fait.status_code == 200
    assert len(fait.context["codes"]) == 10
    assert fait.context["suite"] == "/compte/"
    assert client.get("/compte/").status_code == 200
    autre = Client()
    assert se_connecter(autre, compte.courriel)["Location"] == "/connexion/second-facteur/"
    assert autre.get("/compte/").status_code == 302
    assert autre.get("/second-facteur/activer/")["Location"] == "/connexion/"
    appareil.refresh_from_db()
    assert autre.post("/connexion/second-facteur/", {"code": code_de(appareil)}).status_code == 422
    remettre_a_zero(appareil)
    entre = autre.post("/connexion/second-facteur/", {"code": code_de(appareil, 30)})
    assert entre.status_code == 302
    assert autre.get("/compte/").status_code == 200


def test_l_attente_du_second_facteur_tient_dix_minutes(client, horloge):
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE, double_facteur_exige=True)
    horloge(MIDI)
    se_connecter(client, compte.courriel)
    horloge(MIDI + timedelta(minutes=10, seconds=1))
    assert client.get("/second-facteur/activer/")["Location"] == "/connexion/"


def test_cinq_mauvais_codes_suspendent_aussi(client, horloge):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE, double_facteur_exige=True)
    appareil = appareil_en_service(compte)
    horloge(MIDI)
    se_connecter(client, compte.courriel)
    for _ in range(5):
        client.post("/connexion/second-facteur/", {"code": "000000"})
    remettre_a_zero(appareil)

    assert client.post("/connexion/second-facteur/", {"code": code_de(appareil)}).status_code == 422
    assert not Session.objects.filter(compte=compte).exists()


def test_un_clic_suffit_dans_une_demonstration_et_seulement_la(client):
    compte = creer_compte("coordonnateur", double_facteur_exige=True, prenom="Hélène", nom="Olivet")
    assert "Hélène" not in client.get(CONNEXION).content.decode()
    assert client.post("/connexion/demonstration/", {"compte": str(compte.public_id)}).status_code == 404
    assert client.get("/compte/").status_code == 302

    faire_une_demonstration()

    assert "Hélène" in client.get(CONNEXION).content.decode()
    assert client.post("/connexion/demonstration/", {"compte": str(compte.public_id)}).status_code == 302
    assert client.get("/compte/").status_code == 200


def test_la_deconnexion_efface_la_session(client):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    se_connecter(client, compte.courriel)
    assert client.get("/deconnexion/").status_code == 405
    assert Session.objects.filter(compte=compte).exists()

    client.post("/deconnexion/")

    assert not Session.objects.filter(compte=compte).exists()
    assert client.get("/compte/").status_code == 302


def test_un_autre_site_ne_deconnecte_personne():
    """Signing somebody out from elsewhere would be a way to lose their work."""
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client = Client(enforce_csrf_checks=True)
    client.force_login(compte)
    for entetes in (
        {},
        {"HTTP_ORIGIN": "https://mechant.invalid"},
        {"HTTP_REFERER": "https://mechant.invalid/"},
    ):
        assert client.post("/deconnexion/", **entetes).status_code == 403
        faux = client.post("/deconnexion/", {"csrfmiddlewaretoken": "a" * 64}, **entetes)
        assert faux.status_code == 403
    assert Session.objects.filter(compte=compte).exists()
    assert client.get("/compte/").status_code == 200

    jeton = client.cookies["maillage_csrf"].value
    mechant = client.post(
        "/deconnexion/", {"csrfmiddlewaretoken": jeton}, HTTP_ORIGIN="https://mechant.invalid"
    )
    assert mechant.status_code == 403
    assert client.post("/deconnexion/", {"csrfmiddlewaretoken": jeton}).status_code == 302
    assert not Session.objects.filter(compte=compte).exists()


def test_quitter_vite_ferme_la_session_et_mene_a_un_site_neutre(client):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    se_connecter(client, compte.courriel)

    reponse = client.get("/quitter/")

    assert reponse.status_code == 303
    assert reponse["Clear-Site-Data"]
    assert not Session.objects.filter(compte=compte).exists()


def test_un_lien_pose_ailleurs_ne_fait_quitter_personne(client):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    se_connecter(client, compte.courriel)
    for site in ("cross-site", "same-site"):
        reponse = client.get("/quitter/", HTTP_SEC_FETCH_SITE=site)
        assert reponse.status_code == 303
        assert "Clear-Site-Data" not in reponse
        assert Session.objects.filter(compte=compte).exists()
    client.get("/quitter/", HTTP_SEC_FETCH_SITE="same-origin")
    assert not Session.objects.filter(compte=compte).exists()


def test_un_compte_ferme_perd_l_acces_a_l_instant(client):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    se_connecter(client, compte.courriel)
    with en_maintenance():
        Compte.objects.filter(pk=compte.pk).update(actif=False)
    assert client.get("/compte/").status_code == 302
