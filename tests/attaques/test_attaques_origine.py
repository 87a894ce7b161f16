"""Requests that come from elsewhere: another site, a proxy that repeats what it is told, a forged logout."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from tests.acteurs.fabriques import creer_compte

from maillage.acteurs.models import Session
from maillage.acteurs.services.connexion import adresse_de
from maillage.projet.configuration import lire

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture
def connecte(db) -> Client:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(creer_compte("membre"))
    return client


def ouverte(client: Client) -> bool:
    cle = client.cookies[settings.SESSION_COOKIE_NAME].value
    return bool(cle) and Session.objects.filter(session_key=cle).exists()


@pytest.mark.parametrize("methode", ["get", "post", "head", "put", "delete", "options"])
def test_un_autre_site_ne_deconnecte_personne(connecte, methode):
    """CSRF on logout: neither without a token, nor by an address, nor with the token of somebody else."""
    ailleurs = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_REFERER": "https://mechant.invalid/"}
    jeton = "a" * 64
    for envoi in ({}, {"csrfmiddlewaretoken": jeton}):
        reponse = getattr(connecte, methode)("/deconnexion/", envoi, **ailleurs)
        assert reponse.status_code in {403, 405}, methode
        assert ouverte(connecte)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "SAME-ORIGIN"])
def test_la_sortie_rapide_ne_se_declenche_pas_d_ailleurs(connecte, site):
    """It is a GET, so that it works without script and at once: only from our pages, or typed."""
    reponse = connecte.get("/quitter/", HTTP_SEC_FETCH_SITE=site)
    assert reponse.status_code == 303
    assert "Clear-Site-Data" not in reponse
    assert ouverte(connecte)


@pytest.mark.parametrize(
    "entetes", [{}, {"HTTP_SEC_FETCH_SITE": "same-origin"}, {"HTTP_SEC_FETCH_SITE": "none"}]
)
def test_la_sortie_rapide_marche_depuis_nos_pages_et_depuis_un_vieux_navigateur(connecte, entetes):
    reponse = connecte.get("/quitter/", **entetes)
    assert "cookies" in reponse["Clear-Site-Data"]
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("origine", "referent"),
    [
        ("https://mechant.invalid", ""),
        ("null", ""),
        ("", "https://mechant.invalid/"),
        ("https://testserver.mechant.invalid", ""),
    ],
)
def test_un_jeton_vole_ne_sert_pas_depuis_une_autre_origine(connecte, origine, referent):
    """Under HTTPS, the token of the page is not enough: the browser says where the form was."""
    connecte.get("/compte/", secure=True)
    jeton = connecte.cookies[settings.CSRF_COOKIE_NAME].value
    entetes = {
        cle: valeur for cle, valeur in (("HTTP_ORIGIN", origine), ("HTTP_REFERER", referent)) if valeur
    }
    reponse = connecte.post("/deconnexion/", {"csrfmiddlewaretoken": jeton}, secure=True, **entetes)
    assert reponse.status_code == 403
    assert ouverte(connecte)


def test_le_mandataire_decrit_ecrase_ce_que_l_application_croit():
    """What the client writes in these headers would choose its scheme, or its address at each failed try."""
    texte = (RACINE / "docs" / "exploitation.md").read_text(encoding="utf-8")
    bloc = texte.partition("# nginx")[2].partition("```")[0]
    poses = dict(re.findall(r"proxy_set_header\s+(\S+)\s+([^;]+);", bloc))
    crus = {
        nom.replace("_", "-").title()
        for fichier in (RACINE / "src" / "maillage").rglob("*.py")
        for nom in re.findall(r"HTTP_(X_FORWARDED_\w+)", fichier.read_text(encoding="utf-8"))
    }
    assert crus == {"X-Forwarded-Proto", "X-Forwarded-For"}
    assert crus <= set(poses)
    assert not [valeur for nom, valeur in poses.items() if nom in crus and "$http" in valeur]
    assert "$proxy_add_x_forwarded_for" not in bloc


def test_sans_mandataire_declare_l_adresse_annoncee_ne_compte_pas(settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    annonce = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9", REMOTE_ADDR="198.51.100.7")
    assert adresse_de(annonce) == "198.51.100.7"


def test_derriere_le_mandataire_seule_compte_la_derniere_adresse(settings):
    """The last hop is written by the proxy; what the client wrote before it is not read."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    annonce = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.7")
    assert adresse_de(annonce) == "198.51.100.7"


PRODUCTION = {"MAILLAGE_CLE_SECRETE": "x" * 50, "MAILLAGE_HOTES": "maillage.commune.fr"}


@pytest.mark.parametrize(
    "adresse",
    [
        "postgresql://m_web:m@base.commune.fr/maillage",
        "postgresql://m_web:m@base.commune.fr/maillage?sslmode=require",
        "postgresql://m_web:m@base.commune.fr/maillage?sslmode=prefer",
        "postgresql://m_web:m@10.0.0.4/maillage?application_name=verify-full",
        "host=base.commune.fr user=m_web sslmode=allow",
    ],
)
def test_en_production_la_base_lointaine_ne_se_joint_que_sous_un_certificat_verifie(adresse):
    sure = "postgresql://m_proprietaire:m@base.commune.fr/maillage?sslmode=verify-full"
    lue = lire({**PRODUCTION, "DATABASE_URL": adresse, "DATABASE_URL_PROPRIETAIRE": sure})
    assert [faute for faute in lue.fautes if "sslmode=verify-full" in faute] == list(lue.fautes)
    assert lue.fautes
    assert "m@base" not in " ".join(lue.fautes)
    coffre = lire({**PRODUCTION, "DATABASE_URL_CLES": adresse, "DATABASE_URL_CLES_PROPRIETAIRE": sure})
    assert [faute for faute in coffre.fautes if faute.startswith("DATABASE_URL_CLES passe")]


@pytest.mark.parametrize(
    "adresse",
    [
        "postgresql://m_web:m@base.commune.fr/maillage?sslmode=verify-full",
        "host=base.commune.fr user=m_web sslmode=verify-full",
        "postgresql://m_web:m@127.0.0.1/maillage",
        "postgresql://m_web:m@localhost:5433/maillage",
        "postgresql://m_web:m@%2Frun%2Fpostgresql/maillage",
        "host=/run/postgresql user=m_web",
    ],
)
def test_une_base_locale_ou_verifiee_est_acceptee(adresse):
    assert not lire({**PRODUCTION, "DATABASE_URL": adresse, "DATABASE_URL_PROPRIETAIRE": adresse}).fautes


REGLAGES = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,
      s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_SSL_REDIRECT, s.DEBUG)
"""


def test_en_production_les_temoins_ne_sortent_pas_de_l_hote_ni_de_https(tmp_path):
    """The settings of production, read in a process of their own."""
    lu = subprocess.run(
        [sys.executable, "-c", REGLAGES],
        env={
            **PRODUCTION,
            "DJANGO_SETTINGS_MODULE": "maillage.projet.settings",
            "MAILLAGE_DONNEES": str(tmp_path),
            "DATABASE_URL": "postgresql://m_web@127.0.0.1/maillage",
            "DATABASE_URL_PROPRIETAIRE": "postgresql://m_proprietaire@127.0.0.1/maillage",
            "PYTHONPATH": str(RACINE / "src"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert lu.stdout.split() == [
        "__Host-maillage_session",
        "__Host-maillage_csrf",
        "True",
        "True",
        "31536000",
        "True",
        "True",
        "False",
    ]
