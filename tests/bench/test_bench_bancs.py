"""Each bench works on a tiny base; times are never judged."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from bench.mesure import centile, resume
from django.db import connections

from bench import tableau
from maillage.socle.postgres import BASE_DES_CLES

HORLOGE_DU_PRODUIT = """
CREATE OR REPLACE FUNCTION socle.maintenant() RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS 'SELECT now()'
"""
RACINE = Path(__file__).resolve().parents[2]
#: Queries of a page today, on any base. Lower them with the page; never raise them without a reason.
#: One of them, where files are read, counts the readings of the account (a stolen session reads them all).
REQUETES_AU_PLUS = {"dispositifs": 12, "journee": 22, "liste": 9, "situation": 11}


def adresse(serveur, role: str, base: str) -> str:
    parties = {
        nom: quote(str(v), safe="") for nom, v in serveur.parametres_connexion(role, base).libpq().items()
    }
    return "postgresql://{user}:{password}@/{dbname}?host={host}&port={port}".format(**parties)


@pytest.fixture(scope="module")
def banc(serveur_essais, base_simulee):
    """``banc("pages", …)``: a process of its own on the clone, as ``m_web``; returns what it wrote."""

    # The suite's clock can be set; the service refuses to start on any but the product's own.
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(HORLOGE_DU_PRODUIT)
    connections["proprietaire"].close()

    def lancer(*arguments: str) -> dict:
        fait = subprocess.run(
            [sys.executable, "-m", "bench", *arguments],
            cwd=RACINE,
            env={
                **{nom: valeur for nom, valeur in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"},
                "MAILLAGE_MODE": "demonstration",
                "DATABASE_URL": adresse(serveur_essais, "m_web", base_simulee),
                "DATABASE_URL_PROPRIETAIRE": adresse(serveur_essais, "m_proprietaire", base_simulee),
                "DATABASE_URL_CLES": adresse(serveur_essais, "m_web", BASE_DES_CLES),
                "DATABASE_URL_CLES_PROPRIETAIRE": adresse(serveur_essais, "m_proprietaire", BASE_DES_CLES),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert fait.returncode == 0, fait.stderr
        return json.loads(fait.stdout)

    return lancer


def test_les_pages_sont_mesurees_et_leurs_requetes_tenues(banc):
    rendu = banc("pages", "--repetitions", "2")
    assert set(rendu["pages"]) == set(tableau.NOMS)
    for nom in rendu["pages"].keys() & REQUETES_AU_PLUS.keys():
        assert rendu["pages"][nom]["requetes"] <= REQUETES_AU_PLUS[nom], nom
    assert {"journee", "liste", "situation"} <= rendu["pages"].keys() & REQUETES_AU_PLUS.keys()
    for mesure in rendu["pages"].values():
        assert mesure["memoire_kio"] > 0
        assert 0 < mesure["mediane_ms"] <= mesure["p95_ms"]
    assert rendu["machine"]["postgresql"]
    assert len(rendu["machine"]["charge_au_depart"]) == 3
    assert all(mesure > 0 for mesure in rendu["machine"]["repere"].values())


def test_les_murs_ne_changent_rien_aux_pages_mesurees(banc):
    murs = banc("murs", "--repetitions", "2")["murs"]
    assert set(murs) == {"liste", "situation", "seance"}
    assert all(mesure["memes_pages"] for mesure in murs.values())


def test_le_journal_est_mesure_avec_et_sans_puis_scelle(banc):
    journal = banc("journal", "--repetitions", "2")["journal"]
    assert set(journal["pages"]) == {"liste", "situation"}
    assert all(lu["rapport"] > 0 for lu in journal["pages"].values())
    assert journal["scellement"]["entrees"] == 200
    assert min(journal["scellement"].values()) > 0


def test_les_dispositifs_d_une_personne_ne_demandent_pas_plus_de_requetes_avec_plus_d_offres(banc):
    peu = banc("dispositifs", "--repetitions", "2", "--offres", "400")["dispositifs"]
    beaucoup = banc("dispositifs", "--repetitions", "2", "--offres", "2000")["dispositifs"]
    assert beaucoup["offres"] == 2000
    assert peu["requetes"] == beaucoup["requetes"] <= REQUETES_AU_PLUS["dispositifs"]


def test_guardian_et_les_murs_donnent_les_memes_identifiants(banc):
    gardien = banc("gardien", "--repetitions", "2")["gardien"]
    assert gardien["droits"]["lignes"] > 0
    for lecteur in ("coordination", "parquet"):
        assert gardien[lecteur]["memes_identifiants"]
        assert gardien[lecteur]["visibles"] > 0


def test_le_debit_se_mesure_par_le_serveur_du_produit(banc):
    debit = banc("debit", "--secondes", "0.5")["debit"]
    assert {lu["travailleurs"] for lu in debit.values()} == {1, 2}
    assert all(lu["pages_par_seconde"] > 0 for lu in debit.values())


def test_un_centile_s_interpole_et_un_passage_bruyant_est_mis_en_minorite():
    assert centile([1.0, 2.0, 3.0, 4.0, 5.0], 0.5) == 3.0
    assert centile([10.0], 0.95) == 10.0
    assert centile([0.0, 10.0], 0.95) == 9.5
    assert resume([[1.0, 1.0], [2.0, 2.0], [900.0, 900.0]])["mediane_ms"] == 2.0


def test_le_tableau_du_lisezmoi_est_celui_des_resultats(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(tableau.LISEZMOI.read_text(encoding="utf-8"), encoding="utf-8")
    tableau.ecrire(RACINE / "bench" / "resultats", page)
    assert page.read_text(encoding="utf-8") == tableau.LISEZMOI.read_text(encoding="utf-8")


def test_django_guardian_n_est_pas_une_dependance_du_produit():
    produit, _, groupes = (
        (RACINE / "pyproject.toml").read_text(encoding="utf-8").partition("[dependency-groups]")
    )
    assert "guardian" not in produit
    assert "guardian" in groupes
    sources = {chemin: chemin.read_text("utf-8") for chemin in (RACINE / "src").rglob("*.py")}
    assert not [chemin for chemin, lu in sources.items() if re.search(r"import guardian|from guardian", lu)]
