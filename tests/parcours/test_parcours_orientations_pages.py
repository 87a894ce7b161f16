"""The pages of a path: what each side sees, what a form keeps, what is never shown."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from tests.acteurs.fabriques import creer_organisme
from tests.instances.fabriques import exercer
from tests.parcours.decor_orientations import (
    accepter,
    commencee,
    proposer,
    un_decor,
    une_participation,
)
from tests.situations.fabriques import seance_avec_decision, un_groupe

from maillage.parcours.models import Orientation, Participation, Presence
from maillage.parcours.services import participations
from maillage.socle.contexte import en_maintenance
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut, (adresse, reponse.status_code)
    return reponse.content.decode()


def adresse_de(participation: Participation) -> str:
    with en_maintenance():
        publique = Orientation.objects.get(pk=participation.orientation_id).public_id
    return f"/orientations/{publique}/"


@pytest.fixture
def referent(client):
    def entrer(decor):
        client.force_login(decor.referent)
        return client

    return entrer


def test_le_parcours_montre_la_decision_de_la_seance_a_completer(referent):
    decor = un_decor()
    seance_avec_decision(
        decor.groupe, decor.situation.public_id, "orienter", genre="situation", precision="mission_locale"
    )
    client = referent(decor)
    page = lire(client, f"/situations/{decor.situation.public_id}/parcours/")
    assert "Orienter vers : Mission locale" in page
    adresse = f"/situations/{decor.situation.public_id}/parcours/proposer/"
    le = aujourd_hui().isoformat()
    suite = client.post(
        f"{adresse}?destination=mission_locale&le={le}", {"dispositif": "pmsmp", "qpv": "oui"}
    )
    assert suite.status_code == 302
    with en_maintenance():
        assert Orientation.objects.get().decidee_le == aujourd_hui()
    page = lire(client, f"/situations/{decor.situation.public_id}/parcours/")
    assert "Orienter vers" not in page
    assert "PMSMP" in page


def test_un_formulaire_refuse_garde_la_saisie_et_dit_pourquoi(referent):
    decor = un_decor()
    orientation = accepter(decor, proposer(decor))
    client = referent(decor)
    jour = aujourd_hui()
    reponse = client.post(
        f"/orientations/{orientation.public_id}/transmettre/",
        {
            "offre": f"offre:{decor.offre.public_id}",
            "debut": jour.isoformat(),
            "fin": (jour + timedelta(days=70)).isoformat(),
            "objet": "decouverte",
            "prescripteur": "mission_locale",
            "parties": ["beneficiaire"],
            "version": orientation.version,
        },
    )
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert "1 mois au plus" in page
    assert "Aucun tuteur" in page
    with en_maintenance():
        assert Participation.objects.count() == 0


def test_la_page_d_une_orientation_dit_ou_elle_en_est_et_le_prochain_pas(referent):
    decor = un_decor("tapaj")
    lue = commencee(decor)
    client = referent(decor)
    page = lire(client, adresse_de(lue))
    assert "En cours" in page
    assert "Noter une présence" in page
    assert "Passer à une phase" in page
    for acte, question in (
        ("presence", "Heures faites"),
        ("phase", "Première phase"),
        ("terminer", "Ce qu’elle a permis"),
        ("abandonner", "Pourquoi"),
    ):
        assert question in lire(client, f"/participations/{lue.public_id}/{acte}/")


def test_une_reception_en_retard_se_voit(referent, horloge):
    decor = un_decor()
    lue = une_participation(decor)
    horloge(datetime.combine(lue.accuse_avant + timedelta(days=1), time(12, tzinfo=UTC)))
    page = lire(referent(decor), adresse_de(lue))
    assert "Réception attendue depuis le" in page


def test_le_lieu_d_accueil_voit_ses_accueils_et_rien_du_groupe(client):
    decor = un_decor("tapaj")
    lue = une_participation(decor)
    client.force_login(decor.prestataire)
    page = lire(client, "/accueils/")
    assert "Zucanari" in page
    assert "Travail à la journée, accompagné" in page
    assert "TAPAJ" not in page
    detail = lire(client, f"/accueils/{lue.public_id}/")
    assert decor.groupe.formation.nom not in detail
    assert decor.situation.numero not in detail
    for interdite in (
        f"/situations/{decor.situation.public_id}/parcours/",
        adresse_de(lue),
        f"/participations/{lue.public_id}/presence/",
    ):
        assert client.get(interdite).status_code in {403, 404}


def test_le_lieu_d_accueil_accuse_note_un_jour_et_termine(client):
    decor = un_decor()
    lue = une_participation(decor)
    jour = lue.transmise_le.isoformat()
    client.force_login(decor.prestataire)
    adresse = f"/accueils/{lue.public_id}/"
    for acte, donnees in (
        ("accuser", {"version": 1, "le": jour}),
        ("commencer", {"version": 2, "le": jour}),
        ("presence", {"le": jour, "etat": "present", "heures": "7"}),
        ("terminer", {"version": 3, "le": jour, "resultat": "cdd"}),
    ):
        lire(client, f"{adresse}{acte}/")
        assert client.post(f"{adresse}{acte}/", donnees).status_code == 302, acte
    page = lire(client, adresse)
    assert "Contrat à durée déterminée".lower() in page.lower()
    assert "Nom effacé le" in page
    with en_maintenance():
        assert Presence.objects.get().heures == Decimal(7)
        assert Participation.objects.get().etat == "terminee"


def test_un_autre_lieu_recoit_la_meme_reponse_que_pour_une_page_absente(client):
    decor = un_decor()
    lue = une_participation(decor)
    curieux = un_decor(groupe=un_groupe())
    une_participation(curieux)
    client.force_login(curieux.prestataire)
    for adresse in (
        "/accueils/{}/",
        "/accueils/{}/accuser/",
        "/accueils/{}/presences/00000000-0000-4000-8000-000000000000/payer/",
    ):
        for cle in (lue.public_id, "00000000-0000-4000-8000-000000000000"):
            methode = client.post if "payer" in adresse else client.get
            assert methode(adresse.format(cle)).status_code == 404
    assert client.post(f"/accueils/{lue.public_id}/accuser/", {"version": 1}).status_code == 404
    with en_maintenance():
        assert Participation.objects.get(pk=lue.pk).etat == "transmise"


def test_la_coordination_ouvre_l_acces_d_un_lieu_et_une_entreprise_y_a_droit(client):
    decor = un_decor()
    exercer(decor.groupe.coordonnatrice, "coordonnateur", decor.groupe.formation.conseil.commune_code)
    client.force_login(decor.groupe.coordonnatrice)
    organisme = creer_organisme("Atelier du Pont", "entreprise", departement_code="31")
    donnees = {
        "conseil": str(decor.groupe.formation.conseil.public_id),
        "organisme": str(organisme.public_id),
        "volet": "jeune",
        "convenu_le": aujourd_hui().isoformat(),
    }
    lire(client, "/prestataires/nouveau/")
    assert client.post("/prestataires/nouveau/", {**donnees, "volet": "victime"}).status_code == 422
    reponse = client.post("/prestataires/nouveau/", donnees)
    assert reponse.status_code == 302
    assert "Atelier du Pont" in lire(client, "/prestataires/")
    lire(client, reponse["Location"])
    assert "Accueils confiés" not in lire(client, f"/conseils/{donnees['conseil']}/")


def test_le_tig_montre_la_feuille_d_heures_et_la_fin_de_mesure(referent, au_nom_de):
    decor = un_decor("tig", genre="commune")
    lue = commencee(decor)
    with au_nom_de(decor.prestataire):
        participations.noter_presence(
            participation=lue.public_id, le=lue.commencee_le, etat="present", heures=Decimal(7)
        )
    client = referent(decor)
    page = lire(client, adresse_de(lue))
    assert "7 sur 40, reste 33" in page
    assert "Feuille d’heures" in page
    reponse = client.post(
        f"/participations/{lue.public_id}/bilan/",
        {
            "version": lue.version,
            "evaluation_le": "",
            "reunion_le": aujourd_hui().isoformat(),
            "apres": "droit_commun",
        },
    )
    assert reponse.status_code == 302
    assert "Relais au droit commun" in lire(client, adresse_de(lue))


def test_un_membre_qui_n_a_pas_a_savoir_lit_les_mots_neutres(client):
    decor = un_decor("tapaj")
    une_participation(decor)
    autre = decor.groupe.ajouter("mission_locale")
    client.force_login(autre)
    page = lire(client, f"/situations/{decor.situation.public_id}/parcours/")
    assert "Travail à la journée, accompagné" in page
    assert "TAPAJ" not in page


def test_la_page_de_la_situation_dit_ce_que_l_orientation_a_permis(client, au_nom_de):
    decor = un_decor("tapaj")
    lue = commencee(decor)
    with au_nom_de(decor.referent):
        participations.terminer(
            participation=lue.public_id, version=lue.version, resultat="soin_commence", le=lue.commencee_le
        )
    adresses = [f"/situations/{decor.situation.public_id}/{suite}" for suite in ("", "parcours/")]
    adresses.append(adresse_de(lue))
    client.force_login(decor.referent)
    for adresse in adresses:
        assert "Suivi commencé" in lire(client, adresse)
    # Whoever reads the neutral words does not read the result that would betray them.
    client.force_login(decor.groupe.ajouter("mission_locale"))
    for adresse in adresses:
        page = lire(client, adresse)
        assert "Travail à la journée, accompagné" in page
        assert "Terminée" in page
        assert "Suivi commencé" not in page
