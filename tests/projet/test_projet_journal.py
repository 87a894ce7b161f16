"""`maillage journal`: what a guardian types, and what they are told."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from maillage.projet.cli import main
from maillage.socle.scelle.ecriture import Tete
from maillage.socle.scelle.merkle import VIDE
from maillage.socle.scelle.signature import cle_privee, publique, signer
from maillage.socle.scelle.verification import TeteSignee
from maillage.socle.temps import FUSEAU_METROPOLE


@pytest.fixture
def gardien(tmp_path: Path):
    """An empty journal signed, and the public key received another way."""
    cle = cle_privee(tmp_path / "journal.pem")
    tete = Tete(0, VIDE, datetime(2026, 3, 2, tzinfo=FUSEAU_METROPOLE))
    fichier, publiee = tmp_path / "journal.jsonl", tmp_path / "cle.txt"
    fichier.write_bytes(TeteSignee(tete, publique(cle), signer(cle, tete.octets())).octets() + b"\n")
    publiee.write_text(publique(cle) + "\n", encoding="ascii")
    return fichier, publiee


def test_a_guardian_verifies_with_the_key_received_and_is_told_what_it_proves(gardien, capsys):
    fichier, cle = gardien
    assert main(["journal", "verifier", str(fichier), "--cle", str(cle)]) == 0
    assert "Journal intact" in capsys.readouterr().out
    assert main(["journal", "verifier", str(fichier)]) == 0
    assert "avec lui-même" in capsys.readouterr().out


def test_the_answer_for_a_machine_says_the_same(gardien, capsys):
    fichier, cle = gardien
    options = ["--cle", str(cle), "--tete-gardee", str(fichier), "--json"]
    assert main(["journal", "verifier", str(fichier), *options]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "taille": 0,
        "racine": VIDE.hex(),
        "effacees": 0,
        "cle_epinglee": True,
        "tete_gardee": 0,
    }


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (None, "ne se lit pas"),
        (b"", "vide"),
        (b"bonjour\n", "lisible"),
    ],
)
def test_what_is_no_journal_is_refused_in_one_sentence(tmp_path, capsys, contenu, dit):
    fichier = tmp_path / "journal.jsonl"
    if contenu is not None:
        fichier.write_bytes(contenu)
    assert main(["journal", "verifier", str(fichier)]) == 1
    sortie = capsys.readouterr()
    assert sortie.out == ""
    assert dit in sortie.err
    assert sortie.err.count("\n") == 1


def test_a_key_that_is_none_is_refused(gardien, tmp_path, capsys):
    fichier, _ = gardien
    faux = tmp_path / "faux.txt"
    faux.write_text("ceci n'est pas une cle")
    assert main(["journal", "verifier", str(fichier), "--cle", str(faux)]) == 1
    assert "clé publique" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["exporter"], ["verifier"], ["signer", "journal.jsonl"], ["cle", "journal.jsonl"], ["autre"]],
)
def test_a_misuse_exits_2(arguments, capsys):
    assert main(["journal", *arguments]) == 2
    assert "maillage journal" in capsys.readouterr().err
