"""The directory and its masks."""

import re
from datetime import UTC, datetime

import pytest
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances.territoires import creer_communes

from maillage.acteurs.api import NOM_MASQUE, nom_affiche, nom_organisme
from maillage.acteurs.models import NomOrganisme, Organisme

pytestmark = pytest.mark.django_db


def test_la_coordination_inscrit_un_organisme_et_son_genre_dit_s_il_est_sensible(client):
    client.force_login(creer_compte("coordonnateur"))
    saisie = {
        "nom": "SPIP de Haute-Garonne",
        "genre": "spip",
        "depuis": "2010-01-01",
        "departement_code": "31",
    }
    reponse = client.post("/organismes/nouveau/", saisie)
    organisme = Organisme.objects.get()
    assert reponse["Location"] == f"/organismes/{organisme.public_id}/"
    assert organisme.sensible


def test_un_siret_deja_pris_est_refuse_dans_le_formulaire(client):
    creer_organisme(siret="21310149400013")
    client.force_login(creer_compte("coordonnateur"))
    saisie = {"nom": "Le même", "genre": "commune", "depuis": "2010-01-01", "siret": "21310149400013"}
    assert client.post("/organismes/nouveau/", saisie).status_code == 422
    assert Organisme.objects.count() == 1


def test_un_organisme_renomme_se_retrouve_sous_ses_deux_noms(client, horloge):
    horloge(datetime(2026, 11, 24, 12, tzinfo=UTC))
    organisme = creer_organisme("Pôle emploi Colomiers", genre="france_travail")
    client.force_login(creer_compte("coordonnateur"))
    client.post(
        f"/organismes/{organisme.public_id}/renommer/",
        {"nom": "France Travail Colomiers", "depuis": "2024-01-01"},
    )
    for cherche in ("pôle emploi", "france travail"):
        page = client.get("/organismes/", {"recherche": cherche}).content.decode()
        assert "France Travail Colomiers" in page
        assert "Pôle emploi Colomiers" not in page


def test_un_nouveau_nom_ne_peut_preceder_l_actuel(client):
    organisme = creer_organisme()
    client.force_login(creer_compte("coordonnateur"))
    adresse = f"/organismes/{organisme.public_id}/renommer/"
    assert client.post(adresse, {"nom": "Autre", "depuis": "2009-01-01"}).status_code == 422
    assert NomOrganisme.objects.filter(organisme=organisme).count() == 1


def test_un_membre_lit_l_annuaire_et_ne_le_modifie_pas(client):
    organisme = creer_organisme()
    client.force_login(creer_compte("membre"))
    assert client.get("/organismes/").status_code == 200
    assert client.get(f"/organismes/{organisme.public_id}/").status_code == 200
    assert client.post(f"/organismes/{organisme.public_id}/etat/", {"actif": "non"}).status_code == 403
    organisme.refresh_from_db()
    assert organisme.actif


def test_un_organisme_retire_quitte_l_annuaire_et_y_revient(client):
    organisme = creer_organisme()
    client.force_login(creer_compte("prefecture"))
    adresse = f"/organismes/{organisme.public_id}/etat/"
    client.post(adresse, {"actif": "non"})
    assert "Trois-Rives" not in client.get("/organismes/").content.decode()
    client.post(adresse, {"actif": "oui"})
    assert "Trois-Rives" in client.get("/organismes/").content.decode()


def test_un_porteur_d_action_ne_lit_pas_le_nom_sensible_pres_d_une_personne():
    organisme = creer_organisme("SPIP de Haute-Garonne", genre="spip", sensible=True)
    assert nom_affiche(organisme, creer_compte("porteur_action")) == NOM_MASQUE
    assert nom_affiche(organisme, creer_compte("coordonnateur")) == "SPIP de Haute-Garonne"
    assert nom_affiche(None, creer_compte("coordonnateur")) == ""
    assert nom_organisme(organisme) == "SPIP de Haute-Garonne"


@pytest.mark.django_db
def test_l_annuaire_dit_le_territoire_par_son_nom(client):
    creer_communes({"31149": 40_000})
    creer_organisme("Mairie", "commune", commune_code="31149")
    creer_organisme("Mission locale", "mission_locale", departement_code="31")
    creer_organisme("Organisme lointain", "bailleur", departement_code="2A")
    client.force_login(creer_compte("coordonnateur"))
    page = client.get("/organismes/").content.decode()
    lieux = re.findall(r'data-t="Territoire"[^>]*>(?:<span>)?([^<]+)', page)
    assert [lieu.strip() for lieu in lieux] == ["Commune 31149", "Haute-Garonne", "2A"]
