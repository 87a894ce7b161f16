"""`maillage importer`: what it accepts, what it says."""

import json
from contextlib import nullcontext

import pytest

from maillage.projet.cli import main
from maillage.projet.commandes import _base

pytestmark = pytest.mark.django_db


@pytest.fixture
def base_des_essais(monkeypatch):
    """The command finds the test database, ready."""
    monkeypatch.setattr(_base, "en_operateur", nullcontext)


@pytest.fixture
def fichier(tmp_path):
    chemin = tmp_path / "communes.csv"
    chemin.write_text("code,nom,population\n31149,Colomiers,40882\n311,Trop court,1\n", encoding="utf-8")
    return chemin


def test_the_report_tells_each_refused_line(base_des_essais, fichier, capsys):
    assert main(["importer", "communes", str(fichier), "--essai"]) == 0
    sortie = capsys.readouterr().out
    assert "2 lignes lues" in sortie
    assert "ligne 3 : " in sortie


def test_the_report_is_json_for_machines(base_des_essais, fichier, capsys):
    assert main(["importer", "communes", str(fichier), "--essai", "--json"]) == 0
    rapport = json.loads(capsys.readouterr().out)
    assert (rapport["essai"], rapport["lues"], rapport["refusees"][0]["ligne"]) == (True, 2, 3)


def test_a_file_where_nothing_can_be_kept_is_a_failure(base_des_essais, tmp_path, capsys):
    chemin = tmp_path / "communes.csv"
    chemin.write_text("code,nom\n1,x\n2,y\n", encoding="utf-8")
    assert main(["importer", "communes", str(chemin)]) == 1
    assert "toutes les lignes sont refusées" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "statut", "mot"),
    [
        (["communes", "absent.csv"], 1, "n’existe pas"),
        (["cantons", "absent.csv"], 2, "choix inconnu"),
        (["communes"], 2, "il manque"),
        (["communes", "{fichier}", "--le", "hier"], 2, "AAAA-MM-JJ"),
        (["qpv", "{fichier}", "--le", "2027-01-01"], 1, "ne concerne que"),
        (["qpv", "{fichier}"], 1, "absentes : code_qp"),
    ],
)
def test_bad_input_gets_one_clear_sentence(base_des_essais, fichier, capsys, arguments, statut, mot):
    complets = [argument.replace("{fichier}", str(fichier)) for argument in arguments]
    assert main(["importer", *complets]) == statut
    erreur = capsys.readouterr().err
    assert mot in erreur
    assert "Traceback" not in erreur
