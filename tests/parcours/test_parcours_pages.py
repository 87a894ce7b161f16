"""Pages of schemes and offers, and the view of a followed person."""

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.acteurs.fabriques import creer_compte, creer_organisme
from tests.instances.fabriques import COMMUNE, VOISINE, conseil, coordonnateur, exercer
from tests.parcours.fabriques_parcours import DEBUT, des_communes, un_local, une_offre, une_place
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.parcours.models import DispositifLocal, Offre, Place
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db

SENSIBLES = ("TAPAJ", "CSAPA", "travail d’intérêt général", "Médiation restaurative", "CMP)")


def entrer(compte) -> Client:
    client = Client()
    client.force_login(compte)
    return client


def lire(reponse) -> str:
    return re.sub(r"\s+", " ", html.unescape(reponse.content.decode()).replace("\u00a0", " "))


def naissance(ans: int) -> date:
    return aujourd_hui() - timedelta(days=round(ans * 365.25) + 40)


@pytest.fixture
def ici():
    """A groupe whose coordinator keeps its council, and an open situation of a 16-year-old."""
    conseil()
    groupe = un_groupe()
    exercer(groupe.coordonnatrice, "coordonnateur", COMMUNE)
    groupe.situation = une_situation(groupe, qui=personne(naissance=naissance(16)))
    groupe.conseil = groupe.formation.conseil
    return groupe


def adresse(groupe, code: str = "") -> str:
    suite = f"{code}/" if code else ""
    return f"/situations/{groupe.situation.public_id}/dispositifs/{suite}"


# --- The view of a person --------------------------------------------------------------------------


def test_la_coordination_lit_ce_qui_s_ouvre_ce_qui_vient_et_ce_qui_manque(ici):
    une_offre(ici.conseil, intitule="Atelier vélo")
    page = lire(entrer(ici.coordonnatrice).get(adresse(ici)))
    ouverts, reste = page.split('id="bientot"')
    bientot, fermes = reste.split('id="fermes"')
    assert "Atelier vélo" in ouverts
    assert "TAPAJ" in ouverts
    assert "Service militaire volontaire" in bientot
    assert "Possible à partir du" in bientot
    assert "Le SMA se fait outre-mer." in fermes
    assert "Qu’un membre judiciaire énonce la peine" in fermes
    assert ici.situation.numero in page


def test_un_membre_ne_lit_aucun_nom_qui_revele_un_suivi(ici):
    page = lire(entrer(ici.membre).get(adresse(ici)))
    for nom in SENSIBLES:
        assert nom not in page
    assert "Un accompagnement spécialisé" in page
    assert "Période de mise en situation" in page
    assert entrer(ici.membre).get(adresse(ici, "tig")).status_code == 404
    assert entrer(ici.coordonnatrice).get(adresse(ici, "tig")).status_code == 200


def test_qui_siege_pour_un_csapa_connait_le_sien_et_pas_les_autres(ici):
    agent = ici.ajouter("csapa", sensible=True)
    page = lire(entrer(agent).get(adresse(ici)))
    assert "(CSAPA)" in page
    assert "TAPAJ" in page
    assert "(CMP)" not in page


def test_un_dispositif_local_sensible_est_masque_comme_les_autres(ici):
    un_local(
        ici.conseil,
        ici.coordonnatrice,
        libelle="Point addictions",
        libelle_neutre="Un point écoute",
        sensible=True,
    )
    assert "Point addictions" in lire(entrer(ici.coordonnatrice).get(adresse(ici)))
    page = lire(entrer(ici.membre).get(adresse(ici)))
    assert "Point addictions" not in page
    assert "Un point écoute" in page


def test_un_membre_d_un_autre_groupe_ne_sait_pas_que_la_personne_existe(ici):
    autre = un_groupe()
    for compte in (autre.membre, autre.coordonnatrice, coordonnateur()):
        assert entrer(compte).get(adresse(ici)).status_code == 404
        assert entrer(compte).get(adresse(ici, "pmsmp")).status_code == 404


def test_les_offres_d_un_autre_conseil_ne_sont_pas_proposees(ici):
    une_offre(conseil(VOISINE), intitule="Chez les voisins")
    une_offre(None, intitule="Partout en France", commune_code="", departement_code="")
    page = lire(entrer(ici.coordonnatrice).get(adresse(ici)))
    assert "Chez les voisins" not in page
    assert "Partout en France" in page


def test_chaque_autre_offre_dit_sa_raison_et_son_jour(ici):
    le = aujourd_hui()
    pleine = une_offre(ici.conseil, intitule="Pleine")
    une_place(pleine, le - timedelta(days=3), le + timedelta(days=9))
    une_offre(ici.conseil, intitule="Sans tuteur", tuteur_nom="")
    une_offre(ici.conseil, intitule="Majeurs", mineurs=False)
    une_offre(ici.conseil, intitule="Libre")
    page = lire(entrer(ici.coordonnatrice).get(adresse(ici, "pmsmp")))
    assert page.index("Libre</a>") < page.index("Pleine</a>")
    assert "Aucun tuteur n’est désigné." in page
    assert "Toutes les places sont prises : libre le" in page
    assert "Ce lieu prend à partir de 18 ans" in page
    vue = lire(entrer(ici.coordonnatrice).get(adresse(ici)))
    assert "Libre</a>" in vue
    assert "Pleine</a>" not in vue


def test_les_offres_les_plus_proches_viennent_d_abord(ici):
    des_communes()
    une_offre(ici.conseil, intitule="Saint-Gaudens", commune_code="31483")
    une_offre(ici.conseil, intitule="Colomiers", commune_code=VOISINE)
    une_offre(ici.conseil, intitule="Toulouse", commune_code=COMMUNE)
    page = lire(entrer(ici.coordonnatrice).get(adresse(ici)))
    rangs = [page.index(f">{nom}</a>") for nom in ("Toulouse", "Colomiers", "Saint-Gaudens")]
    assert rangs == sorted(rangs)
    assert "Toulouse, sur place" in page
    assert re.search(r"Colomiers, à \d+ km", page)
    assert "Saint-Gaudens, dans le département" in page


def test_le_nombre_de_requetes_ne_depend_ni_des_offres_ni_des_dispositifs(ici):
    client = entrer(ici.coordonnatrice)
    client.get(adresse(ici))
    with CaptureQueriesContext(connection) as peu:
        client.get(adresse(ici))
    for rang in range(30):
        une_place(une_offre(ici.conseil, "parrainage" if rang % 2 else "pmsmp", capacite=2), DEBUT)
        un_local(ici.conseil, ici.coordonnatrice)
    with CaptureQueriesContext(connection) as beaucoup:
        client.get(adresse(ici))
    # Offers, their places and their communes are asked for only where there are some.
    assert len(beaucoup) <= len(peu) + 3
    with CaptureQueriesContext(connection) as encore:
        une_offre(ici.conseil)
        avant = len(encore)
        client.get(adresse(ici))
    assert len(encore) - avant == len(beaucoup)


def test_la_page_de_la_situation_mene_aux_dispositifs(ici):
    page = lire(entrer(ici.membre).get(f"/situations/{ici.situation.public_id}/"))
    assert adresse(ici) in page


# --- The catalogue and the offers ------------------------------------------------------------------


def test_le_catalogue_nomme_tout_hors_d_une_personne(ici):
    page = lire(entrer(ici.membre).get("/dispositifs/"))
    assert "TAPAJ" in page
    assert "Sortie d’une mesure judiciaire" in page
    detail = lire(entrer(ici.membre).get("/dispositifs/smv/"))
    assert "Volontaire stagiaire" in detail
    assert "de 2 à 7 mois" in detail
    assert entrer(ici.membre).get("/dispositifs/inconnu/").status_code == 404


def test_un_dispositif_d_un_autre_conseil_est_introuvable(ici):
    local = un_local(conseil(VOISINE), ici.coordonnatrice)
    client = entrer(ici.coordonnatrice)
    assert client.get(f"/dispositifs/{local.code}/").status_code == 404
    assert client.get(f"/dispositifs/local/{local.public_id}/").status_code == 404
    assert local.libelle not in lire(client.get("/dispositifs/"))


def saisie_de_dispositif(du_conseil, **champs: str) -> dict[str, str]:
    return {
        "conseil": str(du_conseil.public_id),
        "libelle": "Chantier loisirs",
        "source": "Délibération du 12 mai",
        "depuis": "2026-01-01",
        **champs,
    }


def test_la_coordination_ajoute_un_dispositif_local_puis_le_corrige(ici):
    client = entrer(ici.coordonnatrice)
    reponse = client.post("/dispositifs/nouveau/", saisie_de_dispositif(ici.conseil, age_min="14"))
    local = DispositifLocal.objects.get()
    assert reponse["Location"] == f"/dispositifs/{local.code}/"
    reponse = client.post(
        f"/dispositifs/local/{local.public_id}/",
        saisie_de_dispositif(ici.conseil, libelle="Chantier d’été", version="1"),
    )
    assert reponse.status_code == 302
    assert DispositifLocal.objects.get().libelle == "Chantier d’été"
    reponse = client.post(
        f"/dispositifs/local/{local.public_id}/", saisie_de_dispositif(ici.conseil, version="1")
    )
    assert reponse.status_code == 409
    assert DispositifLocal.objects.get().libelle == "Chantier d’été"


def test_un_refus_garde_la_saisie(ici):
    client = entrer(ici.coordonnatrice)
    reponse = client.post("/dispositifs/nouveau/", saisie_de_dispositif(ici.conseil, sensible="on"))
    assert reponse.status_code == 422
    page = lire(reponse)
    assert "écrivez d’autres mots" in page
    assert 'value="Chantier loisirs"' in page
    assert not DispositifLocal.objects.exists()


def test_le_conseil_des_autres_n_est_pas_un_choix(ici):
    client = entrer(ici.coordonnatrice)
    reponse = client.post("/dispositifs/nouveau/", saisie_de_dispositif(conseil(VOISINE)))
    assert reponse.status_code == 422
    assert not DispositifLocal.objects.exists()


def saisie_d_offre(du_conseil, organisme, **champs: str) -> dict[str, str]:
    return {
        "conseil": str(du_conseil.public_id),
        "dispositif": "pmsmp",
        "organisme": str(organisme.public_id),
        "intitule": "Accueil en cuisine",
        "contact": "convention",
        "source": "chambre_consulaire",
        "capacite": "2",
        "mineurs": "on",
        "depuis": "2026-01-01",
        **champs,
    }


def test_une_offre_s_enregistre_se_modifie_prend_une_place_et_se_ferme(ici):
    client, hote = entrer(ici.coordonnatrice), creer_organisme("Cantine", "commune")
    reponse = client.post("/offres/nouvelle/", saisie_d_offre(ici.conseil, hote))
    offre = Offre.objects.get()
    page = f"/offres/{offre.public_id}/"
    assert reponse["Location"] == page
    change = saisie_d_offre(ici.conseil, hote, tuteur_nom="Chef de cuisine", version="1")
    assert client.post(f"{page}modifier/", change).status_code == 302
    le = aujourd_hui()
    assert client.post(f"{page}place/", {"du": le.isoformat()}).status_code == 302
    place = Place.objects.get()
    assert "1 place libre" in lire(client.get(page))
    assert client.post(f"{page}place/{place.jeton}/").status_code == 302
    assert not Place.objects.exists()
    offre.refresh_from_db()
    assert client.post(f"{page}fermer/", {"version": offre.version}).status_code == 302
    assert "Fermée le" in lire(client.get(page))
    assert "Accueil en cuisine" not in lire(client.get("/offres/"))
    assert "Accueil en cuisine" in lire(client.get("/offres/", {"fermees": "on"}))


def test_un_double_envoi_n_enregistre_qu_une_offre(ici):
    client, hote = entrer(ici.coordonnatrice), creer_organisme("Cantine", "commune")
    jeton = re.search(r'name="jeton" value="([^"]+)"', client.get("/offres/nouvelle/").content.decode())
    saisie = saisie_d_offre(ici.conseil, hote, jeton=jeton.group(1))
    assert (
        client.post("/offres/nouvelle/", saisie)["Location"]
        == (client.post("/offres/nouvelle/", saisie)["Location"])
    )
    assert Offre.objects.count() == 1


def test_une_place_prise_au_dela_de_la_capacite_est_refusee_dans_le_formulaire(ici):
    offre = une_offre(ici.conseil)
    une_place(offre, DEBUT)
    reponse = entrer(ici.coordonnatrice).post(f"/offres/{offre.public_id}/place/", {"du": "2026-06-01"})
    assert reponse.status_code == 422
    assert "Toutes les places sont prises" in lire(reponse)
    assert Place.objects.count() == 1


def test_un_membre_lit_les_offres_de_son_conseil_et_n_en_change_aucune(ici):
    offre = une_offre(ici.conseil, intitule="Chez nous")
    client = entrer(exercer(ici.membre, "membre", COMMUNE))
    assert "Chez nous" in lire(client.get("/offres/"))
    assert client.post(f"/offres/{offre.public_id}/fermer/", {"version": 1}).status_code == 403
    assert Offre.objects.get().fermee_le is None


def test_une_coordination_d_ailleurs_ne_trouve_ni_l_offre_ni_ses_places(ici):
    offre = une_offre(ici.conseil, intitule="Chez nous")
    place = une_place(offre, DEBUT)
    client = entrer(coordonnateur(VOISINE))
    assert "Chez nous" not in lire(client.get("/offres/"))
    page = f"/offres/{offre.public_id}/"
    assert client.get(page).status_code == 404
    for suite, envoi in (
        ("fermer/", {"version": 1}),
        ("place/", {"du": "2026-06-01"}),
        (f"place/{place.jeton}/", {}),
        ("modifier/", saisie_d_offre(ici.conseil, offre.organisme, version="1")),
    ):
        assert client.post(page + suite, envoi).status_code == 404
    assert Place.objects.get().au is None
    assert Offre.objects.get().version == 1


def test_qui_voit_une_offre_nationale_ne_la_change_pas(ici):
    offre = une_offre()
    client = entrer(ici.coordonnatrice)
    reponse = client.post(
        f"/offres/{offre.public_id}/modifier/", saisie_d_offre(ici.conseil, offre.organisme, version="1")
    )
    assert reponse.status_code == 403
    assert Offre.objects.get().version == 1


def test_les_filtres_du_registre_se_lisent_dans_l_adresse(ici):
    une_offre(ici.conseil, intitule="Vélo")
    une_offre(ici.conseil, "parrainage", intitule="Parrain du bâtiment", commune_code=VOISINE)
    client = entrer(ici.coordonnatrice)
    page = lire(client.get("/offres/", {"dispositif": "parrainage"}))
    assert "Parrain du bâtiment" in page
    assert "Vélo</a>" not in page
    assert "Aucune offre ne correspond" in lire(client.get("/offres/", {"commune": "31044"}))


def test_l_administrateur_technique_ne_voit_ni_offres_ni_personnes(ici):
    client = entrer(creer_compte("administrateur_technique"))
    assert client.get("/offres/").status_code == 403
    assert client.get(adresse(ici)).status_code == 403
