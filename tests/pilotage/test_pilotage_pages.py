"""Pages and files of figures: the same value everywhere, no name anywhere, and to whom."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from odfdo import Document
from pypdf import PdfReader
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances.fabriques import conseil, coordonnateur, exercer, formation, groupe, membre, siege
from tests.pilotage.fabriques import suivi

from maillage.pilotage.bilan import en_json
from maillage.pilotage.calcul import bilan_de_conseil
from maillage.territoires.models import Departement, Region

pytestmark = pytest.mark.django_db
MARS_2026 = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def novembre_2026(db, horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))


def client(compte) -> Client:
    navigateur = Client()
    navigateur.force_login(compte)
    return navigateur


@pytest.fixture
def ici():
    cree = conseil()
    for motif, fois in (("decrochage", 20), ("fugue", 9), ("errance", 2)):
        for _ in range(fois):
            suivi(cree, MARS_2026, date(2026, 6, 1), motif=motif)
    return cree


def test_la_page_du_bilan_montre_les_tuiles_les_tableaux_et_le_cadre_legal(ici):
    page = client(coordonnateur()).get(f"/bilans/{ici.public_id}/2026/")
    texte = page.content.decode()
    assert page.status_code == 200
    for attendu in (
        "Bilan annuel 2026",
        "5 ou moins",
        "non publié",
        "Cadre légal",
        "une fois par groupe",
        "<svg",
    ):
        assert attendu in texte


def test_les_quatre_sorties_disent_la_meme_chose(ici):
    navigateur = client(coordonnateur())
    base = f"/bilans/{ici.public_id}/2026/"
    donnees = json.loads(navigateur.get(f"{base}json/").content)
    assert donnees == en_json(bilan_de_conseil(ici, 2026))
    pdf = navigateur.get(f"{base}pdf/").content
    papier = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    ods = navigateur.get(f"{base}ods/").content
    feuille = next(t for t in Document(io.BytesIO(ods)).body.tables if t.name == "Motifs des signalements")
    motifs = next(t for t in donnees["tableaux"] if t["code"] == "signalements_motif")
    page = navigateur.get(base).content.decode()
    cases = list(csv.reader(io.StringIO(feuille.to_csv())))
    for ligne in motifs["lignes"]:
        assert ligne["libelle"] in page
        assert ligne["libelle"].replace("\u00a0", " ") in papier.replace("\u00a0", " ")
        assert [ligne["libelle"], "0", ligne["valeurs"][1]["texte"]] in cases


def test_un_fichier_demande_est_inscrit_au_journal(ici):
    from maillage.socle.contexte import en_maintenance
    from maillage.socle.models import EntreeJournal

    client(coordonnateur()).get(f"/bilans/{ici.public_id}/2026/pdf/")
    with en_maintenance():
        entree = EntreeJournal.objects.filter(evenement="bilan_exporte").get()
    assert entree.details["format"] == "pdf"


def test_la_premiere_annee_ne_mene_a_aucune_annee_sans_bilan(ici):
    page = client(coordonnateur()).get(f"/bilans/{ici.public_id}/2000/").content.decode()
    assert f"/bilans/{ici.public_id}/2001/" in page
    assert f"/bilans/{ici.public_id}/1999/" not in page


def test_un_format_inconnu_ou_une_annee_a_venir_n_existe_pas(ici):
    navigateur = client(coordonnateur())
    assert navigateur.get(f"/bilans/{ici.public_id}/2026/exe/").status_code == 404
    assert navigateur.get(f"/bilans/{ici.public_id}/2027/").status_code == 404
    assert navigateur.get(f"/bilans/{ici.public_id}/1999/").status_code == 404


@pytest.mark.parametrize(
    ("fonction", "portee"),
    [
        ("maire", ("31555", "commune")),
        ("coordonnateur", ("31555", "commune")),
        ("prefecture", ("31", "departement")),
        ("conseil_departemental", ("31", "departement")),
        ("procureur", ("31", "departement")),
        ("national", ("", "national")),
    ],
)
def test_le_territoire_ouvre_le_bilan_et_l_ailleurs_le_ferme(ici, fonction, portee):
    ailleurs = conseil(commune="75056", departement_code="75")
    lecteur = exercer(creer_compte(), fonction, *portee)
    assert client(lecteur).get(f"/bilans/{ici.public_id}/2026/").status_code == 200
    attendu = 200 if fonction == "national" else 404
    assert client(lecteur).get(f"/bilans/{ailleurs.public_id}/2026/").status_code == attendu


def test_un_membre_de_la_pleniere_voit_les_chiffres_de_son_conseil_et_d_aucun_autre(ici):
    organisme = creer_organisme()
    siege(formation(ici), organisme)
    lecteur = creer_compte("membre", organisme=organisme)
    ailleurs = conseil(commune="31149")
    assert client(lecteur).get(f"/bilans/{ici.public_id}/2026/").status_code == 200
    assert client(lecteur).get(f"/bilans/{ailleurs.public_id}/2026/").status_code == 404


def test_l_administrateur_technique_ne_lit_aucun_chiffre(ici):
    assert client(creer_compte("administrateur_technique")).get("/tableau-de-bord/").status_code == 403


def test_le_menu_mene_au_bilan_du_seul_conseil_ou_au_choix_d_un_conseil(ici):
    lecteur = coordonnateur()
    assert client(lecteur).get("/bilans/").url == f"/bilans/{ici.public_id}/"
    conseil(commune="31555", genre="inter_clspd")
    choix = client(lecteur).get("/bilans/").content.decode()
    assert "Bilan annuel</h1>" in choix
    assert f'href="/bilans/{ici.public_id}/"' in choix


def test_le_tableau_de_bord_protege_ses_chiffres(ici):
    texte = client(coordonnateur()).get("/tableau-de-bord/").content.decode()
    assert ici.nom in texte
    assert ">31<" in texte.replace(" ", "").replace("\n", "")


def test_le_tableau_de_bord_ne_coute_pas_plus_pour_cinquante_conseils(django_assert_max_num_queries):
    lecteur = exercer(creer_compte(), "prefecture", "31", "departement")
    suivi(conseil(), MARS_2026)
    navigateur = client(lecteur)
    navigateur.get("/tableau-de-bord/")
    with django_assert_max_num_queries(40) as une:
        navigateur.get("/tableau-de-bord/")
    for rang in range(49):
        suivi(conseil(commune=f"31{rang:03}"), MARS_2026)
    with django_assert_max_num_queries(len(une)):
        navigateur.get("/tableau-de-bord/")


def departement_31():
    from maillage.socle.contexte import en_maintenance

    with en_maintenance():
        region, _ = Region.objects.get_or_create(code="76", defaults={"nom": "Occitanie"})
        return Departement.objects.get_or_create(
            code="31",
            defaults={"nom": "Haute-Garonne", "region": region, "chef_lieu": "31555", "zone": "metro"},
        )[0]


def test_le_departement_ajoute_ses_conseils_sans_en_trahir_un(ici):
    """Two councils: what one hides, the sum less the other does not give back."""
    departement_31()
    voisin = conseil(commune="31149")
    for motif, fois in (("decrochage", 12), ("errance", 8)):
        for _ in range(fois):
            suivi(voisin, MARS_2026, motif=motif)
    lecteur = exercer(creer_compte(), "prefecture", "31", "departement")
    page = client(lecteur).get("/bilans/departement/31/2026/json/")
    motifs = next(t for t in json.loads(page.content)["tableaux"] if t["code"] == "signalements_motif")
    textes = {ligne["code"]: ligne["valeurs"][1]["texte"] for ligne in motifs["lignes"]}
    assert textes["decrochage"] == "32"
    assert textes["errance"] == "non publié"
    assert client(lecteur).get("/bilans/departement/31/2026/").status_code == 200
    assert client(lecteur).get("/bilans/departement/75/2026/").status_code == 404


def test_aucun_nom_de_personne_suivie_ni_d_agent_n_est_dans_un_bilan(ici):
    """Canaries: agents of the groupe, and whatever the account's own name is outside the page's head."""
    jeunes = groupe(ici)
    membre(jeunes, creer_compte("membre", nom="Canarinova", prenom="Zephyrine", organisme=creer_organisme()))
    navigateur = client(coordonnateur())
    for adresse in ("", "json/", "pdf/", "ods/"):
        contenu = navigateur.get(f"/bilans/{ici.public_id}/2026/{adresse}").content
        if adresse == "pdf/":
            contenu = "".join(p.extract_text() for p in PdfReader(io.BytesIO(contenu)).pages).encode()
        if adresse == "ods/":
            contenu = "".join(t.to_csv() for t in Document(io.BytesIO(contenu)).body.tables).encode()
        assert b"Canarinova" not in contenu
        assert b"Zephyrine" not in contenu
