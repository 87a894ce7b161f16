"""The tool that computes pages of documentation and checks the others."""

import importlib.util
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def outil():
    spec = importlib.util.spec_from_file_location("documentation", RACINE / "outils" / "documentation.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def depot(tmp_path, outil, monkeypatch):
    """A small tree with one computed page and one computed part."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "README.md").write_text("# Essai\n\n[pages](docs/mots.md#les-mots)\n", encoding="utf-8")
    (tmp_path / "docs" / "guide.md").write_text(
        "# Guide\n\n<!-- calculé : nombres -->\n<!-- fin : nombres -->\nSuite.\n", encoding="utf-8"
    )
    monkeypatch.setattr(
        outil,
        "PAGES",
        [
            ("docs/mots.md", lambda _: outil.page("Mots", "## Les mots", "un")),
            ("docs/guide.md", outil.partie("nombres", lambda: "1, 2, 3")),
        ],
    )
    return tmp_path


def test_a_run_writes_what_is_stale_and_a_second_run_writes_nothing(outil, depot, capsys):
    assert outil.main([], depot) == 0
    assert capsys.readouterr().out == "écrit : docs/mots.md\nécrit : docs/guide.md\n"
    assert "1, 2, 3\n<!-- fin : nombres -->\nSuite." in (depot / "docs" / "guide.md").read_text(
        encoding="utf-8"
    )
    assert outil.main([], depot) == 0
    assert capsys.readouterr().out == ""
    assert outil.main(["--verifier"], depot) == 0


def test_verification_names_the_stale_pages_and_writes_nothing(outil, depot, capsys):
    outil.main([], depot)
    (depot / "docs" / "mots.md").write_text("# Mots\n\n## Les mots\n", encoding="utf-8")
    capsys.readouterr()
    assert outil.main(["--verifier"], depot) == 1
    erreur = capsys.readouterr().err
    assert "docs/mots.md" in erreur
    assert "docs/guide.md" not in erreur
    assert (depot / "docs" / "mots.md").read_text(encoding="utf-8") == "# Mots\n\n## Les mots\n"


def test_two_computed_parts_of_one_page_are_both_written(outil, depot, monkeypatch):
    (depot / "docs" / "guide.md").write_text(
        "<!-- calculé : a -->\n<!-- fin : a -->\n<!-- calculé : b -->\n<!-- fin : b -->\n", encoding="utf-8"
    )
    parties = [("docs/guide.md", outil.partie(nom, lambda n=nom: f"partie {n}")) for nom in ("a", "b")]
    monkeypatch.setattr(outil, "PAGES", [outil.PAGES[0], *parties])
    assert outil.main([], depot) == 0
    ecrit = (depot / "docs" / "guide.md").read_text(encoding="utf-8")
    assert "partie a" in ecrit
    assert "partie b" in ecrit


def test_every_state_machine_of_the_product_is_drawn(outil):
    etats = outil.etats("")
    assert "## Situation\n" in etats
    assert "## Séance\n" in etats
    assert "(fin)" in etats


def test_a_page_that_lost_its_marks_is_named(outil, depot, capsys):
    (depot / "docs" / "guide.md").write_text("# Guide\n", encoding="utf-8")
    assert outil.main([], depot) == 1
    assert "docs/guide.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ("[absent](absent.md)", "absent.md"),
        ("[ancre](guide.md#nulle-part)", "guide.md#nulle-part"),
        ("![image](https://exemple.fr/a.png)", "image venue d’ailleurs"),
        ('<img alt="" src="//exemple.fr/a.png">', "image venue d’ailleurs"),
        ("![image](absente.png)", "absente.png"),
        ("Voir /" + "home/quelqu-un/maillage.", "chemin d’une machine"),
    ],
)
def test_a_fault_in_a_hand_written_page_is_named(outil, depot, capsys, texte, faute):
    outil.main([], depot)
    (depot / "docs" / "autre.md").write_text(f"# Autre\n\n{texte}\n", encoding="utf-8")
    capsys.readouterr()
    assert outil.main(["--verifier"], depot) == 1
    erreur = capsys.readouterr().err
    assert faute in erreur
    assert "docs/autre.md" in erreur


@pytest.mark.parametrize(
    "texte",
    [
        "[guide](guide.md#guide)",
        "[site](https://exemple.fr)",
        "`[exemple](absent.md)`",
        "[racine](../README.md)",
    ],
)
def test_a_sound_link_is_accepted(outil, depot, texte):
    outil.main([], depot)
    (depot / "docs" / "autre.md").write_text(f"# Autre\n\n{texte}\n", encoding="utf-8")
    assert outil.main(["--verifier"], depot) == 0


def test_a_cell_never_breaks_its_table(outil):
    assert outil.tableau(("A", "B"), [("x|y", "deux\nlignes")]).splitlines()[2] == "| x\\|y | deux lignes |"


def test_the_glossary_and_the_parameters_are_rendered_from_the_rooms(outil):
    assert "Référent de parcours" in outil.glossaire("")
    assert "10000 habitants" in outil.parametres("")
    assert "MAILLAGE_MODE" in outil.reglages()
    assert outil.listes("").count("\n## ") >= 10
