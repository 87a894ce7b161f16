"""Signing in by an OpenID provider: the whole way, and every lie it could be told on it."""

import json
import logging
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import oidc_provider_mock
import pytest
from django.test import Client
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.faux_fournisseur import (
    AUTRE_CLE,
    CLIENT,
    ELLIPTIQUE,
    SECRET,
    altere,
    fournisseur_en_marche,
    signer_avec_la_cle_publique,
)

from maillage.acteurs import fournisseur as lecture
from maillage.acteurs.models import IdentiteExterne, Session
from maillage.acteurs.regles_oidc import ReglagesOidc, fautes_des_reglages, juger_jeton
from maillage.acteurs.services import mot_de_passe as mots_de_passe
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.temps import maintenant

base = pytest.mark.django_db

PARTIR, RETOUR = "/connexion/identite/", "/connexion/identite/retour/"


@pytest.fixture
def fournisseur(settings):
    with fournisseur_en_marche() as servi:
        settings.OIDC = servi.reglages
        yield servi


@pytest.fixture
def agent(fournisseur):
    """An account that only its identity opens, two factors required."""
    compte = creer_compte("coordonnateur", double_facteur_exige=True, courriel="agent@exemple.invalid")
    lier(fournisseur, compte)
    return compte


def lier(fournisseur, compte, sub="agent-1"):
    with en_maintenance():
        IdentiteExterne.objects.create(
            compte=compte, emetteur=fournisseur.adresse, sub=sub, liee_le=maintenant()
        )


def entrer(client, fournisseur, suite="/compte/", **mensonges):
    """The whole way, the person agreeing there; returns the answer of the last page."""
    demande = client.post(PARTIR, {"suite": suite})["Location"]
    return client.get(RETOUR, fournisseur.autoriser(demande, **mensonges))


def ouvertes(compte):
    return Session.objects.filter(compte=compte).count()


def motifs_refuses():
    with en_maintenance():
        entree = EntreeJournal.objects.filter(evenement="connexion_refusee").order_by("pk").last()
    return entree.details["motifs"] if entree else None


# --- The way -----------------------------------------------------------------------------------------


@base
def test_un_agent_entre_par_son_identite_avec_deux_facteurs(client, fournisseur, agent):
    depart = client.post(PARTIR, {"suite": "/compte/"})
    demande = dict(parse_qsl(urlsplit(depart["Location"]).query))
    assert depart["Location"].startswith(f"{fournisseur.adresse}/autoriser?")
    assert demande["code_challenge_method"] == "S256"
    assert (demande["client_id"], demande["redirect_uri"]) == (CLIENT, f"http://testserver{RETOUR}")
    acr = json.loads(demande["claims"])["id_token"]["acr"]
    assert acr["essential"] is True
    assert "eidas1" not in acr["values"]
    assert {"eidas2", "https://proconnect.gouv.fr/assurance/self-asserted-2fa"} <= set(acr["values"])
    assert SECRET not in depart["Location"]

    reponse = client.get(RETOUR, fournisseur.autoriser(depart["Location"]))

    assert reponse["Location"] == "/compte/"
    assert "ProConnect" in client.get("/compte/").content.decode()
    with en_maintenance():
        entree = EntreeJournal.objects.get(evenement="connexion")
    assert (entree.acteur, entree.details) == (agent.pk, {"moyen": "oidc"})
    assert IdentiteExterne.objects.get().employee_le is not None


@base
def test_chaque_demande_a_ses_propres_secrets(client, fournisseur):
    lues = []
    for _ in range(2):
        demande = parse_qs(urlsplit(client.post(PARTIR)["Location"]).query)
        lues.append({demande[nom][0] for nom in ("state", "nonce", "code_challenge")})
    assert len(lues[0] | lues[1]) == 6
    assert all(len(valeur) >= 43 for lue in lues for valeur in lue)


@base
def test_une_signature_elliptique_convient_aussi(client, fournisseur, agent):
    fournisseur.cle, fournisseur.entete = ELLIPTIQUE, {"alg": "ES256", "kid": "deux"}
    assert entrer(client, fournisseur)["Location"] == "/compte/"


@base
def test_une_cle_de_signature_changee_est_relue(client, fournisseur, agent):
    fournisseur.publiees = [ELLIPTIQUE]
    assert lecture._garde(f"{fournisseur.adresse}/cles", frais=True)
    fournisseur.publiees = [fournisseur.cle, ELLIPTIQUE]
    assert entrer(client, fournisseur)["Location"] == "/compte/"


@base
@pytest.mark.parametrize("publiee", [True, False])
def test_sans_fournisseur_les_pages_n_existent_pas(client, settings, publiee):
    settings.OIDC = None
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client.force_login(compte)
    for adresse in (PARTIR, "/compte/identite/lier/", "/compte/identite/confirmer/"):
        assert client.post(adresse).status_code in {302, 404}
    assert Client().post(PARTIR).status_code == 404
    assert Client().get(RETOUR).status_code == 404
    assert "S’identifier avec" not in Client().get("/connexion/").content.decode()


# --- The lies ----------------------------------------------------------------------------------------


@base
@pytest.mark.parametrize(
    ("mensonge", "code"),
    [
        ({"nonce": "celui d’une autre demande"}, "oidc_nonce"),
        ({"nonce": ""}, "oidc_nonce"),
        ({"iss": "https://mechant.invalid"}, "oidc_emetteur"),
        ({"aud": "un-autre-service"}, "oidc_destinataire"),
        ({"aud": [CLIENT, "un-autre-service"]}, "oidc_destinataire"),
        ({"aud": [CLIENT, "autre"], "azp": "autre"}, "oidc_destinataire"),
        ({"azp": "un-autre-service"}, "oidc_destinataire"),
        ({"acr": "eidas1"}, "oidc_un_seul_facteur"),
        ({"acr": "https://proconnect.gouv.fr/assurance/self-asserted"}, "oidc_un_seul_facteur"),
        ({"acr": ["eidas2"]}, "oidc_un_seul_facteur"),
        ({"acr": ""}, "oidc_un_seul_facteur"),
        ({"exp": int(time.time()) - 120}, "oidc_perime"),
        ({"iat": int(time.time()) - 3600}, "oidc_perime"),
        ({"iat": int(time.time()) + 3600}, "oidc_perime"),
        ({"nbf": int(time.time()) + 3600}, "oidc_perime"),
        ({"exp": "demain"}, "oidc_perime"),
        ({"sub": ""}, "oidc_sub"),
        ({"sub": 12}, "oidc_sub"),
        ({"at_hash": "d’un autre jeton"}, "oidc_jeton_invalide"),
    ],
)
def test_un_jeton_qui_ment_n_ouvre_rien(client, fournisseur, agent, mensonge, code):
    reponse = entrer(client, fournisseur, **mensonge)
    assert reponse.status_code == 403
    assert code in motifs_refuses()
    assert ouvertes(agent) == 0
    assert client.get("/compte/").status_code == 302
    assert IdentiteExterne.objects.get().employee_le is None


@base
@pytest.mark.parametrize("tu", ["iss", "aud", "sub", "exp", "iat", "nonce", "acr"])
def test_un_jeton_qui_se_tait_n_ouvre_rien(client, fournisseur, agent, tu):
    fournisseur.tus = {tu}
    assert entrer(client, fournisseur).status_code == 403
    assert ouvertes(agent) == 0


@base
def test_un_niveau_trop_bas_est_refuse_avec_ce_qu_il_faut_faire(client, fournisseur, agent):
    page = entrer(client, fournisseur, acr="eidas1").content.decode()
    assert "un seul facteur" in page
    assert "double authentification" in page


@base
def test_un_jeton_sans_signature_n_ouvre_rien(client, fournisseur, agent):
    fournisseur.entete = {"alg": "none"}
    assert entrer(client, fournisseur).status_code == 403
    assert ouvertes(agent) == 0


@base
def test_un_jeton_signe_par_une_autre_cle_ou_par_la_cle_publique_n_ouvre_rien(client, fournisseur, agent):
    fournisseur.cle = AUTRE_CLE
    assert entrer(client, fournisseur).status_code == 403
    signer_avec_la_cle_publique(fournisseur)
    assert entrer(client, fournisseur).status_code == 403
    assert ouvertes(agent) == 0
    assert motifs_refuses() == ["oidc_jeton_invalide"]


@base
def test_un_jeton_retouche_apres_signature_n_ouvre_rien(client, fournisseur, agent, monkeypatch):
    honnete = fournisseur.jeton
    monkeypatch.setattr(fournisseur, "jeton", lambda *a: altere(honnete(*a)))
    assert entrer(client, fournisseur, acr="eidas1").status_code == 403
    assert ouvertes(agent) == 0


# --- Replay and mix-up -------------------------------------------------------------------------------


@base
def test_une_reponse_ne_sert_qu_une_fois(client, fournisseur, agent):
    demande = client.post(PARTIR)["Location"]
    reponse = fournisseur.autoriser(demande)
    assert client.get(RETOUR, reponse).status_code == 302
    client.post("/deconnexion/")
    assert client.get(RETOUR, reponse).status_code == 403
    assert fournisseur.echanges == 1
    # A new demand of this browser does not give life back to a code already spent.
    nouvelle = dict(parse_qsl(urlsplit(client.post(PARTIR)["Location"]).query))
    rejoue = client.get(RETOUR, {"code": reponse["code"], "state": nouvelle["state"]})
    assert rejoue.status_code == 403
    assert ouvertes(agent) == 0


@base
def test_le_code_d_une_victime_injecte_dans_un_autre_navigateur_n_ouvre_rien(fournisseur, agent):
    """PKCE: the code answers the demand of one browser, whatever state it is sent with."""
    victime, voleur = Client(), Client()
    vole = fournisseur.autoriser(victime.post(PARTIR)["Location"])
    sienne = dict(parse_qsl(urlsplit(voleur.post(PARTIR)["Location"]).query))
    assert voleur.get(RETOUR, vole).status_code == 403
    voleur.post(PARTIR)
    assert voleur.get(RETOUR, {"code": vole["code"], "state": sienne["state"]}).status_code == 403
    sienne = dict(parse_qsl(urlsplit(voleur.post(PARTIR)["Location"]).query))
    assert voleur.get(RETOUR, {"code": vole["code"], "state": sienne["state"]}).status_code == 403
    assert ouvertes(agent) == 0


@base
def test_une_reponse_qu_aucune_demande_n_attend_n_est_pas_echangee(fournisseur, agent):
    """Signing somebody in to the attacker's account, from another site."""
    attaquant, victime = Client(), Client()
    reponse = fournisseur.autoriser(attaquant.post(PARTIR)["Location"])
    for envoi in (reponse, {}, {"state": "", "code": ""}, {"state": "x", "code": "y"}):
        assert victime.get(RETOUR, envoi).status_code == 403
    assert fournisseur.echanges == 0
    assert ouvertes(agent) == 0


@base
def test_une_demande_vaut_dix_minutes(client, fournisseur, agent, horloge):
    debut = datetime.now(UTC)
    horloge(debut)
    reponse = fournisseur.autoriser(client.post(PARTIR)["Location"])
    horloge(debut + timedelta(minutes=10, seconds=1))
    assert client.get(RETOUR, reponse).status_code == 403
    assert fournisseur.echanges == 0


@base
def test_la_reponse_d_un_autre_emetteur_n_est_pas_echangee(client, fournisseur, agent):
    """RFC 9207: where the provider signs its answers with its name, its absence is a refusal too."""
    reponse = fournisseur.autoriser(client.post(PARTIR)["Location"])
    assert client.get(RETOUR, {**reponse, "iss": "https://mechant.invalid"}).status_code == 403
    fournisseur.description = {"authorization_response_iss_parameter_supported": True}
    lecture.oublier()
    reponse = fournisseur.autoriser(client.post(PARTIR)["Location"])
    assert client.get(RETOUR, reponse).status_code == 403
    assert fournisseur.echanges == 0
    reponse = fournisseur.autoriser(client.post(PARTIR)["Location"])
    assert client.get(RETOUR, {**reponse, "iss": fournisseur.adresse}).status_code == 302


@base
@pytest.mark.parametrize("suite", ["https://mechant.invalid/", "//mechant.invalid", "/\\mechant.invalid"])
def test_la_suite_ne_mene_jamais_ailleurs(client, fournisseur, agent, suite):
    assert entrer(client, fournisseur, suite=suite)["Location"] == "/"


@base
def test_un_refus_la_bas_est_dit_ici(client, fournisseur, agent):
    demande = dict(parse_qsl(urlsplit(client.post(PARTIR)["Location"]).query))
    envoi = {"error": "access_denied", "error_description": "<script>", "state": demande["state"]}
    page = client.get(RETOUR, envoi)
    assert page.status_code == 403
    assert "<script>alert" not in page.content.decode()
    assert "n’a pas accordé" in page.content.decode()


@base
def test_un_depart_demande_par_un_autre_site_n_a_pas_lieu(fournisseur):
    client = Client(enforce_csrf_checks=True)
    assert client.post(PARTIR).status_code == 403
    assert client.get(PARTIR).status_code == 405


@base
def test_un_fournisseur_muet_ou_qui_change_de_nom_n_est_pas_une_panne(client, fournisseur, settings):
    fournisseur.description = {"issuer": "https://mechant.invalid"}
    assert client.post(PARTIR).status_code == 503
    fournisseur.description = {"token_endpoint": "ftp://mechant.invalid/jeton"}
    lecture.oublier()
    assert client.post(PARTIR).status_code == 503
    settings.OIDC = ReglagesOidc("http://127.0.0.1:9", CLIENT, SECRET)
    page = client.post(PARTIR)
    assert page.status_code == 503
    assert "ne répond pas" in page.content.decode()


@base
def test_ni_code_ni_jeton_ni_secret_ne_passent_dans_les_traces(client, fournisseur, agent, caplog):
    with caplog.at_level(logging.DEBUG):
        reponse = fournisseur.autoriser(client.post(PARTIR)["Location"])
        client.get(RETOUR, reponse)
    jeton = client.session["oidc_jeton"]
    for interdit in (reponse["code"], reponse["state"], SECRET, jeton, "agent-1", agent.courriel):
        assert interdit not in caplog.text


# --- Which account -----------------------------------------------------------------------------------


@base
def test_une_adresse_electronique_ne_designe_jamais_un_compte(client, fournisseur):
    """The provider knows the address of an account: without a link, it opens nothing."""
    compte = creer_compte("coordonnateur", courriel="agent@exemple.invalid")
    assert entrer(client, fournisseur, email=compte.courriel, email_verified=True).status_code == 403
    assert motifs_refuses() == ["oidc_sans_compte"]
    assert not IdentiteExterne.objects.exists()
    assert ouvertes(compte) == 0


@base
def test_un_compte_ferme_repond_comme_un_inconnu(fournisseur):
    ferme = creer_compte(actif=False)
    lier(fournisseur, ferme, sub="ferme")
    pages = []
    for sub in ("ferme", "inconnu"):
        fournisseur.personne = {"sub": sub, "acr": "eidas2"}
        reponse = entrer(Client(), fournisseur)
        assert reponse.status_code == 403
        pages.append(reponse.content.decode().count("Aucun compte ouvert"))
    assert pages == [1, 1]


@base
def test_le_lien_d_ouverture_lie_l_identite_de_la_bonne_adresse_et_ne_sert_qu_une_fois(client, fournisseur):
    compte = creer_compte("coordonnateur", courriel="agent@exemple.invalid", double_facteur_exige=True)
    jeton = mots_de_passe.jeton_d_ouverture(compte)
    adresse = f"/ouverture/{compte.public_id}/{jeton}/"
    assert "S’identifier avec ProConnect" in client.get(adresse).content.decode()
    voleur = Client()
    fournisseur.personne["email"] = "voleur@exemple.invalid"
    vole = voleur.post(adresse + "identite/")["Location"]
    assert voleur.get(RETOUR, fournisseur.autoriser(vole)).status_code == 403
    assert motifs_refuses() == ["oidc_autre_adresse"]
    assert not IdentiteExterne.objects.exists()

    fournisseur.personne["email"] = "Agent@Exemple.invalid"
    depart = client.post(adresse + "identite/")["Location"]
    assert client.get(RETOUR, fournisseur.autoriser(depart)).status_code == 302
    assert client.get("/compte/").status_code == 200
    assert IdentiteExterne.objects.get().compte == compte
    assert Client().get(adresse).status_code == 404
    assert Client().post(adresse + "identite/").status_code == 404


@base
@pytest.mark.parametrize(
    "mensonge", [{"sub": "un-autre"}, {"iss": "https://mechant.invalid"}, {"aud": "autre"}]
)
def test_l_adresse_dite_pour_un_autre_ne_confirme_rien(client, fournisseur, mensonge):
    compte = creer_compte(courriel="agent@exemple.invalid")
    fournisseur.identite = mensonge
    jeton = mots_de_passe.jeton_d_ouverture(compte)
    depart = client.post(f"/ouverture/{compte.public_id}/{jeton}/identite/")["Location"]
    assert client.get(RETOUR, fournisseur.autoriser(depart)).status_code == 403
    assert not IdentiteExterne.objects.exists()


def connecte(compte):
    client = Client()
    client.post("/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE})
    return client


@base
def test_on_lie_son_identite_a_son_compte_et_on_defait_le_lien(fournisseur):
    compte = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client = connecte(compte)
    depart = client.post("/compte/identite/lier/")["Location"]
    assert client.get(RETOUR, fournisseur.autoriser(depart)).status_code == 302
    assert IdentiteExterne.objects.get().compte == compte
    assert entrer(Client(), fournisseur)["Location"] == "/compte/"
    assert client.post("/compte/identite/delier/").status_code == 302
    assert not IdentiteExterne.objects.exists()
    assert entrer(Client(), fournisseur).status_code == 403


@base
def test_une_identite_deja_liee_ne_passe_pas_a_un_autre_compte(fournisseur, agent):
    autre = creer_compte(mot_de_passe=MOT_DE_PASSE)
    client = connecte(autre)
    depart = client.post("/compte/identite/lier/")["Location"]
    assert client.get(RETOUR, fournisseur.autoriser(depart)).status_code == 403
    assert IdentiteExterne.objects.get().compte == agent


@base
def test_la_liaison_demandee_dans_une_session_ne_s_acheve_pas_dans_une_autre(fournisseur):
    """Between the demand and the answer, somebody else has signed in on the same browser."""
    un, autre = creer_compte(mot_de_passe=MOT_DE_PASSE), creer_compte(mot_de_passe=MOT_DE_PASSE)
    client = connecte(un)
    reponse = fournisseur.autoriser(client.post("/compte/identite/lier/")["Location"])
    session = client.session
    attente = session["oidc"]
    client.post("/deconnexion/")
    client.post("/connexion/", {"courriel": autre.courriel, "mot_de_passe": MOT_DE_PASSE})
    session = client.session
    session["oidc"] = attente
    session.save()
    assert client.get(RETOUR, reponse).status_code == 403
    assert not IdentiteExterne.objects.exists()


@base
def test_qui_n_a_pas_de_mot_de_passe_garde_son_identite(client, fournisseur, agent):
    entrer(client, fournisseur)
    assert client.post("/compte/identite/delier/").status_code == 422
    assert IdentiteExterne.objects.count() == 1


@base
def test_lier_ou_defaire_demande_une_preuve_fraiche(fournisseur, horloge):
    debut = datetime.now(UTC)
    horloge(debut)
    client = connecte(creer_compte(mot_de_passe=MOT_DE_PASSE))
    horloge(debut + timedelta(minutes=11))
    for adresse in ("/compte/identite/lier/", "/compte/identite/delier/"):
        assert client.post(adresse)["Location"].startswith("/compte/confirmer/")


@base
def test_l_administration_defait_un_lien_et_ferme_les_sessions(client, fournisseur, agent):
    entrer(client, fournisseur)
    administration = connecte(creer_compte("administrateur_technique", mot_de_passe=MOT_DE_PASSE))
    assert administration.post(f"/comptes/{agent.public_id}/identite/retirer/").status_code == 302
    assert client.get("/compte/").status_code == 302
    assert entrer(Client(), fournisseur).status_code == 403
    simple = connecte(creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE))
    lier(fournisseur, agent)
    assert simple.post(f"/comptes/{agent.public_id}/identite/retirer/").status_code == 403
    assert IdentiteExterne.objects.count() == 1


# --- Step-up and signing out ---------------------------------------------------------------------------


@base
def test_une_vieille_session_chez_le_fournisseur_ouvre_sans_confirmer(client, fournisseur, agent):
    """Single sign-on lets in whoever is already there; a sensitive act asks them again."""
    entrer(client, fournisseur, auth_time=int(time.time()) - 3 * 3600)
    assert client.get("/compte/").status_code == 200
    assert client.get("/second-facteur/activer/")["Location"].startswith("/compte/confirmer/")

    page = client.get("/compte/confirmer/", {"suite": "/second-facteur/activer/"})
    assert "Confirmer avec ProConnect" in page.content.decode()
    assert page.context["formulaire"] is None
    depart = client.post("/compte/identite/confirmer/", {"suite": "/second-facteur/activer/"})["Location"]
    demande = dict(parse_qsl(urlsplit(depart).query))
    assert (demande["prompt"], demande["max_age"]) == ("login", "0")
    vieille = fournisseur.autoriser(depart, auth_time=int(time.time()) - 3600)
    assert client.get(RETOUR, vieille).status_code == 403
    assert motifs_refuses() == ["oidc_ancienne"]
    depart = client.post("/compte/identite/confirmer/", {"suite": "/second-facteur/activer/"})["Location"]
    assert client.get(RETOUR, fournisseur.autoriser(depart))["Location"] == "/second-facteur/activer/"
    assert client.get("/second-facteur/activer/").status_code == 200


@base
def test_l_identite_d_un_autre_ne_confirme_pas_mon_acte(client, fournisseur, agent):
    entrer(client, fournisseur, auth_time=int(time.time()) - 3 * 3600)
    lier(fournisseur, creer_compte(), sub="agent-2")
    depart = client.post("/compte/identite/confirmer/")["Location"]
    assert client.get(RETOUR, fournisseur.autoriser(depart, sub="agent-2")).status_code == 403
    assert client.get("/second-facteur/activer/").status_code == 302


@base
def test_la_deconnexion_se_fait_des_deux_cotes_et_ne_revient_que_d_ici(client, fournisseur, agent):
    entrer(client, fournisseur)
    jeton = client.session["oidc_jeton"]
    depart = client.post("/deconnexion/")["Location"]
    champs = dict(parse_qsl(urlsplit(depart).query))
    assert depart.startswith(f"{fournisseur.adresse}/fin?")
    assert champs["id_token_hint"] == jeton
    assert champs["post_logout_redirect_uri"] == "http://testserver/connexion/identite/sortie/"
    assert ouvertes(agent) == 0
    assert client.get("/compte/").status_code == 302
    fini = client.get("/connexion/identite/sortie/", {"state": champs["state"]}, follow=True)
    assert "chez votre fournisseur" in fini.content.decode()
    faux = Client().get("/connexion/identite/sortie/", {"state": champs["state"]}, follow=True)
    assert "chez votre fournisseur" not in faux.content.decode()


@base
def test_la_deconnexion_d_un_compte_local_ne_va_nulle_part(fournisseur):
    client = connecte(creer_compte(mot_de_passe=MOT_DE_PASSE))
    assert client.post("/deconnexion/")["Location"] == "/connexion/"


# --- A provider that is not ours -----------------------------------------------------------------------


class _SansSuite(HTTPRedirectHandler):
    def redirect_request(self, *_a, **_k):
        return None


@base
def test_le_parcours_entier_avec_un_vrai_fournisseur_openid(client, settings, monkeypatch):
    """Another program, of another author, that knows nothing of us: its metadata, keys and tokens."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as serveur:
        adresse = f"http://localhost:{serveur.server_port}"
        settings.OIDC = ReglagesOidc(adresse, CLIENT, SECRET)
        lecture.oublier()
        compte = creer_compte("coordonnateur", double_facteur_exige=True)
        with en_maintenance():
            IdentiteExterne.objects.create(
                compte=compte, emetteur=adresse, sub="agent-reel", liee_le=maintenant()
            )
        for acr, attendu in (("eidas1", 403), ("eidas2", 302)):
            _dire(f"{adresse}/users/agent-reel", {"email": "a@exemple.invalid", "acr": acr, "auth_time": 1})
            depart = client.post(PARTIR, {"suite": "/compte/"})["Location"]
            retour = _autoriser(depart, "agent-reel")
            assert retour.startswith(f"http://testserver{RETOUR}")
            reponse = client.get(RETOUR, dict(parse_qsl(urlsplit(retour).query)))
            assert reponse.status_code == attendu, acr
        assert client.get("/compte/").status_code == 200
        assert client.post("/deconnexion/")["Location"].startswith(f"{adresse}/oauth2/end_session?")
    lecture.oublier()


def _dire(adresse, dits):
    requete = Request(adresse, data=json.dumps(dits).encode(), method="PUT")
    requete.add_header("Content-Type", "application/json")
    with build_opener().open(requete, timeout=5) as reponse:
        assert reponse.status == 204


def _autoriser(adresse, sub):
    """The person types who they are in the provider's own form; returns where it sends the browser."""
    from urllib.error import HTTPError

    envoi = Request(adresse, data=urlencode({"sub": sub}).encode())
    with pytest.raises(HTTPError) as detour:
        build_opener(_SansSuite).open(envoi, timeout=5)
    assert detour.value.code == 302
    return detour.value.headers["Location"]


# --- Settings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("emetteur", "production", "sur"),
    [
        ("https://auth.exemple.fr/api/v2", True, True),
        ("http://auth.exemple.fr", True, False),
        ("http://auth.exemple.fr", False, False),
        ("http://localhost:9000", True, False),
        ("http://localhost:9000", False, True),
        ("https://auth.exemple.fr/?x=1", True, False),
        ("auth.exemple.fr", True, False),
        ("", True, False),
    ],
)
def test_un_emetteur_sans_https_n_est_pas_accepte_en_production(emetteur, production, sur):
    assert (fautes_des_reglages(ReglagesOidc(emetteur, "c", "s"), production=production) == []) is sur


def test_les_trois_reglages_vont_ensemble():
    for manque in ("client", "secret"):
        valeurs = {"emetteur": "https://auth.exemple.fr", "client": "c", "secret": "s", manque: ""}
        assert fautes_des_reglages(ReglagesOidc(**valeurs), production=True)


def test_la_regle_dit_tout_ce_qui_manque_a_la_fois():
    regles = ReglagesOidc("https://auth.exemple.fr", "c", "s")
    verdict = juger_jeton({}, reglages=regles, nonce="n", instant=datetime.now(UTC))
    assert len(verdict.motifs) == 6
    assert all(motif.texte and motif.base_legale for motif in verdict.motifs)


# --- The provider is slow ------------------------------------------------------------------------------


@pytest.fixture
def transactions(serveur_essais, base_neuve, monkeypatch):
    """What the database sees at each answer awaited from the provider: connections in a transaction."""
    vues = []
    lire = lecture._lire

    def lentement(adresse, **champs):
        time.sleep(0.05)
        with serveur_essais.connexion_superutilisateur() as connexion:
            (ouvertes,) = connexion.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND xact_start IS NOT NULL",
                [base_neuve],
            ).fetchone()
        vues.append((urlsplit(adresse).path, ouvertes))
        return lire(adresse, **champs)

    monkeypatch.setattr(lecture, "_lire", lentement)
    return vues


def test_nulle_transaction_n_attend_le_fournisseur(fournisseur, transactions, django_db_blocker):
    with django_db_blocker.unblock():
        compte = creer_compte("coordonnateur", courriel="agent@exemple.invalid")
        client = Client()
        jeton = mots_de_passe.jeton_d_ouverture(compte)
        depart = client.post(f"/ouverture/{compte.public_id}/{jeton}/identite/")["Location"]
        assert client.get(RETOUR, fournisseur.autoriser(depart)).status_code == 302
        lecture.oublier()
        assert client.post("/deconnexion/")["Location"].startswith(f"{fournisseur.adresse}/fin?")
        assert entrer(client, fournisseur)["Location"] == "/compte/"
    assert {chemin for chemin, _ in transactions} >= {"/jeton", "/cles", "/identite"}
    assert [vue for vue in transactions if vue[1]] == []


def test_nulle_transaction_n_attend_un_vrai_fournisseur_lent(
    settings, monkeypatch, transactions, django_db_blocker
):
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with (
        oidc_provider_mock.run_server_in_thread(require_nonce=True) as serveur,
        django_db_blocker.unblock(),
    ):
        adresse = f"http://localhost:{serveur.server_port}"
        settings.OIDC = ReglagesOidc(adresse, CLIENT, SECRET)
        lecture.oublier()
        compte = creer_compte("coordonnateur")
        with en_maintenance():
            IdentiteExterne.objects.create(compte=compte, emetteur=adresse, sub="agent", liee_le=maintenant())
        _dire(f"{adresse}/users/agent", {"email": "a@exemple.invalid", "acr": "eidas2", "auth_time": 1})
        client = Client()
        retour = _autoriser(client.post(PARTIR, {"suite": "/compte/"})["Location"], "agent")
        assert client.get(RETOUR, dict(parse_qsl(urlsplit(retour).query))).status_code == 302
    lecture.oublier()
    assert len(transactions) >= 3
    assert [vue for vue in transactions if vue[1]] == []


@base
def test_une_reponse_donnee_goutte_a_goutte_n_est_pas_attendue(monkeypatch):
    class Goutte:
        def read1(self, _taille):
            return b" "

    monkeypatch.setattr(lecture, "REPONSE_ENTIERE", 0.0)
    with pytest.raises(lecture.FournisseurInjoignable):
        lecture._corps(Goutte())
