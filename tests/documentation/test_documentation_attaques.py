"""The page of attacks: every line the project owes is there, and every test it names exists."""

import re
from pathlib import Path

from exigences_asvs import faute_de_lieu

PAGE = Path(__file__).resolve().parents[2] / "docs" / "attaques.md"
#: What the suite must try, by a word of its line.
DUES = (
    "Matrice des permissions",
    "interface pour machines",
    "SQL",
    "recherche",
    "exports et les fichiers",
    "listes de choix",
    "calendrier",
    "balises",
    "identifiant d’un autre",
    "champs ajoutés",
    "déconnexion forcée",
    "dans un fichier",
    "dans un courriel",
    "Formule",
    "Bombe",
    "autre site",
    "même travail",
    "Jeton",
    "n’importe quelle adresse",
    "Session volée",
    "Base volée",
)


def lignes() -> list[tuple[str, list[str]]]:
    lues = [ligne for ligne in PAGE.read_text(encoding="utf-8").splitlines() if ligne.startswith("| ")]
    return [(ligne.split("|")[1].strip(), re.findall(r"`(tests/[^`]+)`", ligne)) for ligne in lues[2:]]


def test_chaque_attaque_due_a_sa_ligne():
    titres = [titre for titre, _ in lignes()]
    assert [due for due in DUES if not any(due in titre for titre in titres)] == []


def test_chaque_essai_nomme_existe():
    assert all(preuves for _, preuves in lignes())
    fautes = [faute_de_lieu(lieu, lambda _nom: False) for _, preuves in lignes() for lieu in preuves]
    assert [faute for faute in fautes if faute] == []


def test_chaque_fichier_d_attaques_est_employe():
    nommes = {lieu.partition("::")[0] for _, preuves in lignes() for lieu in preuves}
    presents = {
        f"tests/attaques/{p.name}" for p in (PAGE.parents[1] / "tests" / "attaques").glob("test_*.py")
    }
    assert presents - nommes <= {"tests/attaques/test_attaques_retraits.py"}
