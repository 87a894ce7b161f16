"""`maillage bilan`, on the database of the suite."""

import json
from contextlib import nullcontext
from datetime import date

import pytest
from tests.instances.fabriques import conseil
from tests.pilotage.fabriques import suivi

from maillage.projet import cli
from maillage.projet.commandes import _base

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def base_de_la_suite(monkeypatch):
    monkeypatch.setattr(_base, "base_prete", nullcontext)


def appeler(capsys, *arguments):
    statut = cli.main(["bilan", *arguments])
    return statut, capsys.readouterr()


def test_le_json_s_affiche_et_porte_le_bilan_du_conseil(capsys):
    ici = conseil(nom="CLSPD des Trois-Rives")
    for _ in range(8):
        suivi(ici, date(2025, 3, 1))
    for code in (str(ici.public_id), "clspd des trois-rives", "31555"):
        statut, sortie = appeler(
            capsys, "--niveau", "instance", "--code", code, "--annee", "2025", "--format", "json"
        )
        donnees = json.loads(sortie.out)
        assert statut == 0
        assert (donnees["nom"], donnees["annee"]) == ("CLSPD des Trois-Rives", 2025)
        suivies = next(c for c in donnees["chiffres"] if c["code"] == "suivies")
        assert suivies["annee"] == {"valeur": 8, "mention": "publie", "texte": "8"}


def test_les_trois_formats_s_ecrivent_dans_le_dossier(capsys, tmp_path):
    ici = conseil()
    arguments = ("--niveau", "instance", "--code", str(ici.public_id), "--annee", "2025")
    statut, sortie = appeler(
        capsys, *arguments, "--format", "json,pdf,ods", "--sortie", str(tmp_path / "bilans")
    )
    assert statut == 0
    ecrits = sorted((tmp_path / "bilans").iterdir())
    assert [chemin.suffix for chemin in ecrits] == [".json", ".ods", ".pdf"]
    assert set(sortie.out.split()) == {str(chemin) for chemin in ecrits}
    assert ecrits[2].read_bytes().startswith(b"%PDF")


def test_sans_format_le_bilan_se_lit(capsys):
    ici = conseil()
    _, sortie = appeler(capsys, "--niveau", "instance", "--code", str(ici.public_id), "--annee", "2025")
    assert "Bilan annuel 2025" in sortie.out
    assert "Signalements reçus" in sortie.out


@pytest.mark.parametrize(
    ("arguments", "phrase"),
    [
        (("--niveau", "instance", "--code", "nulle part", "--annee", "2025"), "aucun conseil"),
        (("--niveau", "departement", "--code", "2Z", "--annee", "2025"), "aucun département"),
        (("--niveau", "instance", "--annee", "2025"), "demande --code"),
        (("--niveau", "national", "--annee", "2099"), "Il n’y a pas de bilan pour 2099"),
        (("--niveau", "national", "--annee", "2025", "--sortie", "ici"), "demande --format"),
    ],
)
def test_un_refus_est_une_phrase(capsys, arguments, phrase):
    statut, sortie = appeler(capsys, *arguments)
    assert statut == 1
    assert phrase in sortie.err
    assert "Traceback" not in sortie.err


@pytest.mark.parametrize("annee", ["25", "deux mille", "20255"])
def test_une_annee_mal_ecrite_est_un_mauvais_emploi(capsys, annee):
    assert appeler(capsys, "--niveau", "national", "--annee", annee)[0] == 2


def test_deux_conseils_qui_repondent_au_meme_code_demandent_un_identifiant(capsys):
    conseil()
    conseil(genre="inter_clspd")
    statut, sortie = appeler(capsys, "--niveau", "instance", "--code", "31555", "--annee", "2025")
    assert statut == 1
    assert "plusieurs conseils" in sortie.err


def test_le_pays_ajoute_les_conseils_et_protege_ce_que_chacun_cache(capsys):
    ici, la = conseil(), conseil(commune="75056", departement_code="75")
    for motif, fois in (("decrochage", 20), ("errance", 2), ("fugue", 7)):
        for _ in range(fois):
            suivi(ici, date(2025, 3, 1), motif=motif)
    for _ in range(9):
        suivi(la, date(2025, 3, 1), motif="errance")
    _, sortie = appeler(capsys, "--niveau", "national", "--annee", "2025", "--json")
    motifs = next(t for t in json.loads(sortie.out)["tableaux"] if t["code"] == "signalements_motif")
    textes = {ligne["code"]: ligne["valeurs"][1]["texte"] for ligne in motifs["lignes"]}
    assert textes["decrochage"] == "20"
    assert textes["errance"] == "non publié"
