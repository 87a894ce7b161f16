"""What leaves the product: headers, file names, tables, calendars. A name in them commands nothing."""

import ast
import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from django.urls import resolve, reverse
from icalendar import Calendar
from tests.attaques.decor import adresses, navigateur, routes, une_proie
from tests.instances.fabriques import COMMUNE, exercer

from maillage.instances.models import Conseil, Formation
from maillage.instances.models.seance import Seance
from maillage.socle.contexte import en_maintenance
from maillage.socle.permissions import PUBLIQUE, permission_de
from maillage.socle.tableur import FORMULES, sans_formule

RACINE = Path(__file__).resolve().parents[2]
COUPE = "Mairie\r\nX-Injecte: oui\r\nSet-Cookie: a=b"
#: Codes and numbers only: nothing a person typed.
NOM_DE_FICHIER = re.compile(r'(attachment|inline); filename="[A-Za-z0-9_.-]+"')
#: What is not a page, by kind: each is asked for as a page is, with its permission.
GENRES = {
    "application/pdf": "document",
    "application/vnd.oasis.opendocument.text": "document",
    "application/vnd.oasis.opendocument.spreadsheet": "tableur",
    "application/json": "données",
    "text/csv": "tableur",
    "text/calendar": "agenda",
}


@pytest.fixture
def proie():
    return une_proie()


@pytest.fixture
def maitre(proie):
    compte = exercer(proie.groupe.coordonnatrice, "coordonnateur", COMMUNE)
    return exercer(compte, "maire", COMMUNE)


def toutes(proie) -> list[tuple[str, str]]:
    simples = [(nom, "/" + chemin) for nom, chemin in routes() if "<" not in chemin]
    return simples + adresses({genre: ids[:1] for genre, ids in proie.ids.items()})


@pytest.mark.django_db
def test_un_nom_coupe_n_ajoute_aucun_en_tete_et_ne_nomme_aucun_fichier(proie, maitre):
    with en_maintenance():
        Conseil.objects.update(nom=COUPE)
        Formation.objects.update(nom=COUPE)
        Seance.objects.update(lieu=COUPE)
    client, fichiers = navigateur(maitre), 0
    for nom, adresse in toutes(proie):
        reponse = client.get(adresse)
        assert reponse.status_code < 500, nom
        for entete, valeur in reponse.items():
            assert "Injecte" not in entete + str(valeur), nom
            assert not {"\r", "\n"} & set(str(valeur)), nom
        assert "a" not in reponse.cookies, nom
        if depose := reponse.headers.get("Content-Disposition"):
            assert NOM_DE_FICHIER.fullmatch(depose), f"{nom} : {depose}"
            fichiers += 1
    assert fichiers >= 8, fichiers


@pytest.mark.django_db
def test_ce_qui_n_est_pas_une_page_est_un_fichier_connu_et_demande_un_compte(proie, maitre):
    """Exports, files and calendars stand in the matrix of permissions like every page."""
    client, anonyme, vus = navigateur(maitre), navigateur(None), set()
    for nom, adresse in toutes(proie):
        genre = client.get(adresse).headers.get("Content-Type", "").partition(";")[0]
        if not genre or genre == "text/html" or nom == "sante":
            continue
        assert genre in GENRES, f"{nom} : {genre}"
        vus.add(GENRES[genre])
        permission = permission_de(resolve(adresse).func)
        assert permission is not None, nom
        assert permission != PUBLIQUE, nom
        assert anonyme.get(adresse)["Location"].startswith("/connexion/"), nom
    assert vus == set(GENRES.values())


@pytest.mark.parametrize("signe", FORMULES)
def test_une_cellule_qui_commence_une_formule_devient_un_texte(signe):
    assert sans_formule(f"{signe}1+1") == f"'{signe}1+1"
    assert sans_formule(f"n° 3 {signe}") == f"n° 3 {signe}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "formule", ['=HYPERLINK("http://mechant.invalid";"x")', "+cmd|' /C calc'!A0", "@SUM(1)", "-1"]
)
def test_aucune_case_d_un_tableau_n_est_une_formule(formule, proie, maitre):
    with en_maintenance():
        Conseil.objects.update(nom=formule)
        Formation.objects.update(nom=formule)
    client = navigateur(maitre)
    [registre] = proie.ids["registre"][:1]
    lu = client.get(reverse("maire:registre_csv", args=["rappels", 2026, registre]))
    assert lu.status_code == 200
    cases = [
        case
        for ligne in csv.reader(io.StringIO(lu.content.decode("utf-8-sig")), delimiter=";")
        for case in ligne
    ]
    assert cases
    assert not [case for case in cases if case.startswith(FORMULES)]
    conseil = proie.groupe.formation.conseil
    feuille = client.get(reverse("pilotage:fichier", args=[conseil.public_id, 2026, "ods"])).content
    contenu = zipfile.ZipFile(io.BytesIO(feuille)).read("content.xml").decode()
    assert "table:formula" not in contenu
    textes = re.findall(r"<text:p[^>]*>([^<]*)</text:p>", contenu)
    assert any(formule[1:6] in texte.replace("&quot;", '"') for texte in textes)
    assert not [texte for texte in textes if texte.startswith(FORMULES)]


@pytest.mark.django_db
def test_un_lieu_n_ajoute_rien_a_l_agenda(proie, maitre):
    with en_maintenance():
        Seance.objects.update(lieu="Salle\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Faux; a,b\\")
    reponse = navigateur(maitre).get(reverse("seances:calendrier", args=[proie.seance.public_id]))
    calendrier = Calendar.from_ical(reponse.content)
    [evenement] = calendrier.walk("VEVENT")
    assert str(evenement["SUMMARY"]).startswith("Réunion de travail")
    assert "Faux" in str(evenement["LOCATION"])


def test_rien_n_envoie_de_courriel():
    """No mail leaves: the day one does, its headers are attacked here first."""
    envois = {"smtplib", "django.core.mail", "email"}
    for fichier in (RACINE / "src" / "maillage").rglob("*.py"):
        arbre = ast.parse(fichier.read_text(encoding="utf-8"))
        for noeud in ast.walk(arbre):
            noms = [a.name for a in noeud.names] if isinstance(noeud, ast.Import) else []
            noms += [noeud.module or ""] if isinstance(noeud, ast.ImportFrom) else []
            assert not [nom for nom in noms if nom in envois or nom.startswith("django.core.mail")], fichier
