"""The tool that computes pages of documentation and checks the others."""

import importlib.util
import re
from pathlib import Path
from xml.etree import ElementTree

import dessins
import pytest
import verifications

from maillage.parcours.catalogue import dispositifs

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
    machines = re.findall(r"^## (.+)$", etats, re.MULTILINE)
    for machine in machines:
        dessin = f"docs/etats/{outil._nom_de_fichier(machine)}.svg"
        assert dessin in {chemin for chemin, _ in outil.PAGES}
        assert f"](etats/{Path(dessin).name})" in etats


def test_a_drawing_says_the_transitions_of_its_table_and_nothing_else(outil):
    table = {"a": ["b", "c"], "b": ["a", "b"], "c": []}
    dessin = ElementTree.fromstring(dessins.etats("Essai", table, {"a": "Un", "b": "Deux", "c": "Fin"}.get))
    espace = "{http://www.w3.org/2000/svg}"
    assert dessin.find(f"{espace}desc").text == "Un : Deux, Fin. Deux : Un, Deux. Fin : rien ne suit."
    assert [t.text for t in dessin.iter(f"{espace}text")] == ["Un", "Deux", "Fin"]
    assert len([p for p in dessin.iter(f"{espace}path") if p.get("marker-end")]) == 4
    # One frame a state, one more where nothing follows, and the ground.
    assert len(list(dessin.iter(f"{espace}rect"))) == 3 + 1 + 1


def test_every_computed_page_and_drawing_is_up_to_date(outil):
    assert list(outil.perimees(RACINE, outil.PAGES)) == []


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


def test_a_picture_no_page_shows_is_named(outil, depot, capsys):
    captures = depot / "docs" / "guide" / "captures"
    captures.mkdir(parents=True)
    (captures / "vue.png").write_bytes(b"")
    outil.main([], depot)
    assert "vue.png n’est montrée par aucune page" in capsys.readouterr().err
    (depot / "docs" / "autre.md").write_text("![vue](guide/captures/vue.png)\n", encoding="utf-8")
    assert outil.main(["--verifier"], depot) == 0


def test_a_role_of_the_demonstration_without_a_guide_page_is_named(tmp_path):
    guide = tmp_path / "docs" / "guide"
    guide.mkdir(parents=True)
    (guide / "maire.md").write_text("# Maire\n", encoding="utf-8")
    (guide / "README.md").write_text("| Maire | Bernard Castelviel | [lire](maire.md) |\n", encoding="utf-8")
    vitrine = [("Maire", "Bernard Castelviel"), ("DPO", "Agnès Villemur")]
    fautes = list(verifications.roles_sans_guide(tmp_path, vitrine))
    assert fautes == ["docs/guide/README.md ne mène Agnès Villemur (DPO) à aucune page."]


def test_a_page_of_the_guide_that_its_index_forgets_is_named(tmp_path):
    guide = tmp_path / "docs" / "guide"
    guide.mkdir(parents=True)
    (guide / "maire.md").write_text("# Maire\n", encoding="utf-8")
    (guide / "README.md").write_text("# Guide\n", encoding="utf-8")
    assert list(verifications.roles_sans_guide(tmp_path, [])) == [
        "docs/guide/README.md ne mène pas à maire.md."
    ]


@pytest.mark.parametrize(
    "montree",
    [
        "`maillage invente`",
        "`maillage base preparer --vite`",
        "```\nmaillage conserver tout\n```",
        "```\nsudo -u maillage /opt/maillage/.venv/bin/maillage servir --port 80\n```",
        "```\nExecStart=/opt/maillage/.venv/bin/maillage servir --adresse\n```",
        "```\nmaillage base preparer | maillage controler --yaml\n```",
        "`maillage gerer inventer`",
        "`maillage gerer migrate --trop`",
    ],
)
def test_a_command_the_parser_refuses_is_named(tmp_path, montree):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(f"# Page\n\n{montree}\n", encoding="utf-8")
    [faute] = verifications.commandes_inexactes(tmp_path)
    assert faute.startswith("docs/page.md : « maillage ")


@pytest.mark.parametrize(
    "montree",
    [
        "`maillage base`",
        "`maillage controler --json`",
        "```\nMAILLAGE_DONNEES=essai maillage base preparer --sql | psql -d maillage -f -\n```",
        "```\nmaillage servir \\\n  --travailleurs 4   # deux par cœur\n```",
        "`maillage gerer administrateur prenom.nom@commune.fr --secours`",
        "```\nUser=maillage\ncreatedb -O m_proprietaire maillage\n```",
    ],
)
def test_a_command_the_parser_reads_is_accepted(tmp_path, montree):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(f"# Page\n\n{montree}\n", encoding="utf-8")
    assert list(verifications.commandes_inexactes(tmp_path)) == []


def test_la_page_a_verifier_nomme_chaque_dispositif_dit_de_memoire_et_aucun_autre(outil):
    texte = outil.a_verifier("")
    for lu in dispositifs():
        assert (f"(`{lu.code}`)" in texte) is lu.a_verifier, lu.code
        if lu.a_verifier and lu.age_max is not None:
            assert f"{lu.age_max} ans compris" in texte
