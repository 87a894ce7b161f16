"""Fonts, sheet, script and images: fetched once, compressed, never asked again until they change."""

import gzip
import re

import pytest
from django.templatetags.static import static
from django.test import Client

from maillage.projet.statiques import fichiers

EMPREINTE = re.compile(r"\.[0-9a-f]{12}\.")
SERVIS = ("maillage/maillage.css", "maillage/maillage.js", "maillage/img/icones.svg")


@pytest.mark.parametrize("nom", SERVIS)
def test_un_fichier_statique_se_garde_un_an_sous_son_empreinte_et_voyage_compresse(nom: str) -> None:
    adresse = static(nom)
    assert EMPREINTE.search(adresse)
    reponse = Client().get(adresse, headers={"accept-encoding": "gzip"})
    assert reponse.status_code == 200
    assert "immutable" in reponse["Cache-Control"]
    assert reponse["Content-Encoding"] == "gzip"
    assert reponse["Vary"] == "Accept-Encoding"
    assert gzip.decompress(reponse.content) == Client().get(adresse).content
    assert reponse["X-Content-Type-Options"] == "nosniff"


def test_l_empreinte_change_avec_le_contenu_et_la_feuille_nomme_ses_images_par_la_leur() -> None:
    feuille = fichiers()["maillage/maillage.css"].corps.decode()
    citees = re.findall(r'url\("([^"]+)"\)', feuille)
    assert len(citees) >= 5
    noms = {fichier.nom for fichier in fichiers().values()}
    assert {f"maillage/{citee}" for citee in citees} <= noms


def test_une_police_deja_comprimee_n_est_pas_comprimee_deux_fois() -> None:
    adresse = static("maillage/polices/source-sans-3-latin-wght-normal.woff2")
    reponse = Client().get(adresse, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in reponse
    assert reponse["Content-Type"] == "font/woff2"
    assert Client().head(adresse)["Content-Length"] == str(len(reponse.content))


@pytest.mark.django_db
def test_une_empreinte_qui_n_est_plus_la_bonne_ne_rend_rien() -> None:
    adresse = EMPREINTE.sub(".000000000000.", static("maillage/maillage.css"))
    assert Client().get(adresse).status_code == 404
