"""`maillage garde`: the free-text guard on the command line, without Django or database."""

import json
import subprocess
import sys

import pytest

from maillage.projet import cli


@pytest.fixture
def garde(tmp_path, capsys):
    """``garde(text of the file, …)``: exit status, standard output and error."""

    def juger(contenu, *options):
        fichier = tmp_path / "textes.json"
        fichier.write_text(contenu, encoding="utf-8")
        statut = cli.main(["garde", "--entree", str(fichier), *options])
        lu = capsys.readouterr()
        return statut, lu.out, lu.err

    return juger


def test_un_texte_seul_a_une_reponse_seule(garde):
    statut, sortie, erreur = garde('{"texte": "Il a été hospitalisé en mars."}', "--json")
    assert statut == 1
    rendu = json.loads(sortie)
    assert rendu["ok"] is False
    [motif] = rendu["motifs"]
    assert set(motif) == {"code", "extrait", "conseil"}
    assert (motif["code"], motif["extrait"]) == ("sante", "hospitalisé")
    assert motif["conseil"]
    assert erreur == "maillage : un texte est à réécrire (sante).\n"


def test_une_liste_garde_son_ordre(garde):
    textes = [{"texte": "Suivi par la mission locale."}, {"texte": "Son père est en prison."}]
    statut, sortie, _ = garde(json.dumps(textes), "--json")
    assert statut == 1
    assert [reponse["ok"] for reponse in json.loads(sortie)] == [True, False]


def test_des_lignes_json_sont_lues_une_a_une_et_une_ligne_illisible_est_dite(garde):
    lignes = '{"texte": "Absent lundi."}\n{"texte": \n{"texte": "Revient mardi."}\n'
    statut, sortie, _ = garde(lignes, "--json")
    rendus = json.loads(sortie)
    assert statut == 1
    assert [rendu["ok"] for rendu in rendus] == [True, False, True]
    assert rendus[1]["motifs"][0]["code"] == "entree_invalide"
    assert "Ligne 2" in rendus[1]["motifs"][0]["conseil"]


def test_un_texte_permis_sort_a_zero(garde):
    assert garde('{"texte": "Deux rendez-vous manqués."}') == (0, "Rien à réécrire.\n", "")
    assert garde("[]", "--json")[:2] == (0, "[]\n")


@pytest.mark.parametrize(
    ("entree", "code"),
    [
        ('{"texte": "Bien.", "auteur": "x"}', "entree_inconnue"),
        ("{}", "entree_manquante"),
        ('{"texte": 3}', "entree_invalide"),
        ('"Bien."', "entree_invalide"),
        ("", "entree_invalide"),
        ("{", "entree_invalide"),
    ],
)
def test_une_entree_qui_ne_convient_pas_est_refusee_en_une_phrase(garde, entree, code):
    statut, sortie, erreur = garde(entree, "--json")
    assert statut == 1
    rendu = json.loads(sortie)
    assert rendu["ok"] is False
    assert [motif["code"] for motif in rendu["motifs"]] == [code]
    assert erreur.startswith("maillage : ")
    assert erreur.count("\n") == 1


def test_un_fichier_absent_est_dit_en_une_phrase(capsys):
    assert cli.main(["garde", "--entree", "absent.json"]) == 1
    lu = capsys.readouterr()
    assert lu.out == ""
    assert lu.err == "maillage : le fichier « absent.json » n’existe pas.\n"


def test_pour_une_personne_les_mots_et_le_conseil_sont_ecrits(garde):
    _, sortie, _ = garde('[{"texte": "Consomme du cannabis."}]')
    assert sortie.startswith("Texte 1 : À réécrire.\n  – « Consomme du cannabis » : ")
    assert sortie.rstrip().endswith("[addiction]")


def test_ni_django_ni_base_ne_sont_charges(tmp_path):
    fichier = tmp_path / "texte.json"
    fichier.write_text('{"texte": "Revient lundi."}', encoding="utf-8")
    code = (
        "import sys\n"
        "from maillage.projet.cli import main\n"
        "assert main(['garde', '--entree', sys.argv[1], '--json']) == 0\n"
        "assert not {'django', 'psycopg'} & set(sys.modules)\n"
    )
    fait = subprocess.run([sys.executable, "-c", code, str(fichier)], capture_output=True, check=False)
    assert fait.returncode == 0, fait.stderr.decode()
