"""What the operator sees of the accounts, and the settings of the identity provider."""

import pytest
from django.test import Client
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import appareil_en_service

from maillage.acteurs import divulgues
from maillage.acteurs.models import Compte
from maillage.acteurs.regles_oidc import ACR_DEUX_FACTEURS, ReglagesOidc
from maillage.projet import controles as controles_du_projet
from maillage.projet import controles_comptes as controles
from maillage.projet.configuration import lire
from maillage.projet.controles import garde_du_texte_libre
from maillage.situations.garde.mesure import mesure
from maillage.socle.cles.acces import coffre
from maillage.socle.cles.operateur import detruire
from maillage.socle.contexte import en_maintenance

COMPLETS = {
    "MAILLAGE_MODE": "production",
    "MAILLAGE_CLE_SECRETE": "x" * 60,
    "MAILLAGE_HOTES": "maillage.exemple.fr",
    "MAILLAGE_OIDC_EMETTEUR": "https://auth.exemple.fr/api/v2",
    "MAILLAGE_OIDC_CLIENT": "maillage",
    "MAILLAGE_OIDC_SECRET": "secret",
}


def test_sans_reglage_il_n_y_a_pas_de_fournisseur_d_identite():
    assert lire({"MAILLAGE_MODE": "essais"}).oidc is None


def test_les_reglages_complets_sont_lus_avec_les_niveaux_de_proconnect():
    lus = lire(COMPLETS)
    assert lus.fautes == ()
    assert lus.oidc is not None
    assert (lus.oidc.nom, lus.oidc.acr) == ("ProConnect", ACR_DEUX_FACTEURS)
    assert lus.oidc.origine == "https://auth.exemple.fr"
    autre = lire({**COMPLETS, "MAILLAGE_OIDC_ACR": "haut, moyen,", "MAILLAGE_OIDC_NOM": "Autre"}).oidc
    assert autre is not None
    assert (autre.nom, autre.acr) == ("Autre", ("haut", "moyen"))


@pytest.mark.parametrize("manque", ["EMETTEUR", "CLIENT", "SECRET"])
def test_un_reglage_qui_manque_empeche_de_demarrer(manque):
    lus = lire({**COMPLETS, f"MAILLAGE_OIDC_{manque}": ""})
    assert any("vont ensemble" in faute for faute in lus.fautes)


@pytest.mark.django_db
def test_la_liste_des_mots_de_passe_est_controlee(monkeypatch):
    assert controles.mots_de_passe()[0]
    monkeypatch.setattr(divulgues, "intacte", lambda: False)
    ok, phrase = controles.mots_de_passe()
    assert not ok
    assert "fiche" in phrase


@pytest.mark.django_db
def test_une_session_sans_le_second_facteur_exige_se_voit():
    compte = creer_compte("coordonnateur", mot_de_passe=MOT_DE_PASSE)
    Client().post("/connexion/", {"courriel": compte.courriel, "mot_de_passe": MOT_DE_PASSE})
    assert controles.seconds_facteurs()[0]
    with en_maintenance():
        Compte.objects.filter(pk=compte.pk).update(double_facteur_exige=True)
    ok, phrase = controles.seconds_facteurs()
    assert not ok
    assert "Sessions ouvertes sans le second facteur exigé : 1" in phrase


@pytest.mark.django_db
def test_les_essais_les_sessions_et_le_fournisseur_se_disent(settings):
    assert "25 par jour" in controles.essais_de_connexion()[1]
    assert controles.sessions()[0]
    settings.SESSION_COOKIE_AGE = 24 * 3600
    assert not controles.sessions()[0]
    settings.OIDC = None
    assert controles.fournisseur_d_identite() == (
        True,
        "Sans objet : aucun fournisseur d’identité n’est réglé, les comptes sont locaux.",
    )
    settings.OIDC = ReglagesOidc("https://auth.exemple.fr", "maillage", "secret")
    assert "comptes liés : 0" in controles.fournisseur_d_identite()[1]
    settings.OIDC = ReglagesOidc("http://auth.exemple.fr", "maillage", "secret")
    assert not controles.fournisseur_d_identite()[0]


@pytest.mark.django_db
def test_les_applications_de_codes_disent_qu_elles_sont_scellees_ou_que_leur_cle_manque():
    un = appareil_en_service(creer_compte())
    appareil_en_service(creer_compte())
    assert controles.applications_scellees() == (
        True,
        "Applications de codes : 2, chacune scellée par sa clé du coffre.",
    )
    detruire(coffre(), [un.public_id])
    ok, phrase = controles.applications_scellees()
    assert not ok
    assert "dont la clé n’est plus dans le coffre : 1" in phrase


@pytest.mark.django_db
def test_la_fin_des_sessions_le_rythme_et_la_garde_se_disent(settings):
    settings.SECRET_KEY_FALLBACKS = ["x" * 50]
    ok, phrase = controles.sessions()
    assert ok
    assert "30 minutes sans action" in phrase
    assert "Clés de signature d’avant encore acceptées : 1." in phrase
    ok, phrase = controles.rythme_des_lectures()
    assert ok
    assert "60 lectures en dix minutes ou 400 en un jour" in phrase
    settings.MIDDLEWARE = [nom for nom in settings.MIDDLEWARE if nom != controles.LECTURES]
    assert not controles.rythme_des_lectures()[0]
    ok, phrase = garde_du_texte_libre()
    assert ok, phrase
    assert mesure().lexique in phrase


def test_une_garde_qui_n_est_pas_celle_mesuree_se_voit(monkeypatch):
    monkeypatch.setattr(controles_du_projet, "version_de_la_garde", lambda: "autre")
    assert not garde_du_texte_libre()[0]
