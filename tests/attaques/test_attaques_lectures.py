"""A stolen session that opens every file: it is asked for a proof, and the council's DPO is told."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.acteurs.fabriques import MOT_DE_PASSE, creer_compte
from tests.acteurs.totp import suite_de
from tests.droits.fabriques_droits import un_registre
from tests.situations.fabriques import un_groupe, une_situation

from maillage.acteurs.models import Rythme
from maillage.acteurs.regles_sessions import Rythme as Lu
from maillage.acteurs.regles_sessions import depassement, preuve_due
from maillage.acteurs.services import rythme
from maillage.droit.api import entier
from maillage.droits.api import alertes_de_lecture
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.lectures import Lectures, PreuveDemandee, compter, noter, ouvre_un_dossier
from maillage.socle.models import EntreeJournal
from maillage.socle.temps import maintenant

LE = datetime(2026, 11, 24, 9, tzinfo=UTC)
SEUIL = entier("lectures.court_nombre", LE.date())
PAR_JOUR = entier("lectures.jour_nombre", LE.date())


# --- The rule ----------------------------------------------------------------------------------------


def test_au_seuil_rien_n_est_demande_et_au_dela_une_preuve():
    assert depassement(Lu(SEUIL, SEUIL), LE.date()) is None
    assert depassement(Lu(SEUIL + 1, SEUIL + 1), LE.date()).minutes == 10
    assert depassement(Lu(1, PAR_JOUR), LE.date()) is None
    assert depassement(Lu(1, PAR_JOUR + 1), LE.date()).minutes == 24 * 60


INSTANTS = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=365)).map(lambda ecart: LE + ecart)


@given(INSTANTS, INSTANTS)
def test_seule_une_preuve_posterieure_a_la_demande_en_dispense(exigee, prouvee):
    assert preuve_due(exigee_le=exigee, prouvee_le=prouvee) is (prouvee <= exigee)
    assert preuve_due(exigee_le=exigee, prouvee_le=None)
    assert not preuve_due(exigee_le=None, prouvee_le=prouvee)


def test_ce_qui_ouvre_un_dossier_est_compte_et_le_reste_non():
    for evenement in ("lecture_situation", "lecture_liste", "recherche", "document_compose", "export_droit"):
        assert ouvre_un_dossier(evenement)
    for evenement in ("connexion", "refus", "introuvable", "rythme_depasse", "situation_ouverte"):
        assert not ouvre_un_dossier(evenement)
    with compter(Lectures(preuve_exigee=True)) as lectures:
        noter("connexion")
        with pytest.raises(PreuveDemandee):
            noter("lecture_situation")
    assert lectures.nombre == 0


# --- The pages ---------------------------------------------------------------------------------------


def entrer(compte, prouvee: datetime | None = LE) -> Client:
    client = Client()
    client.force_login(compte)
    session = client.session
    if prouvee:
        session["eleve_le"] = prouvee.isoformat()
    session.save()
    return client


def a_deja_lu(compte, court: int, jour: int = 0, *, depuis: datetime = LE) -> None:
    with en_maintenance():
        Rythme.objects.update_or_create(
            compte=compte,
            defaults={
                "court": court,
                "court_depuis": depuis,
                "jour": max(court, jour),
                "jour_depuis": depuis,
            },
        )


def alertes() -> list[EntreeJournal]:
    with en_maintenance():
        return list(EntreeJournal.objects.filter(evenement="rythme_depasse").order_by("pk"))


@pytest.fixture
def dossier(db, horloge):
    horloge(LE)
    groupe = un_groupe()
    situation = une_situation(groupe)
    with en_maintenance():
        groupe.coordonnatrice.set_password(MOT_DE_PASSE)
        groupe.coordonnatrice.save(update_fields=["password"])
    return groupe, f"/situations/{situation.public_id}/"


def test_lire_un_dossier_compte_une_lecture_et_une_page_sans_nom_n_en_compte_aucune(dossier):
    groupe, adresse = dossier
    client = entrer(groupe.coordonnatrice)
    assert client.get(adresse).status_code == 200
    assert Rythme.objects.get(pk=groupe.coordonnatrice.pk).court == 1
    client.get("/compte/")
    client.get(f"{adresse[:-2]}0/")
    assert Rythme.objects.get(pk=groupe.coordonnatrice.pk).court == 1


def test_au_dela_du_seuil_une_preuve_est_demandee_puis_la_lecture_reprend(dossier, horloge):
    groupe, adresse = dossier
    client = entrer(groupe.coordonnatrice)
    a_deja_lu(groupe.coordonnatrice, SEUIL)
    assert client.get(adresse).status_code == 200
    assert Rythme.objects.get(pk=groupe.coordonnatrice.pk).exigee_le == LE

    arrete = client.get(adresse)
    assert arrete.status_code == 302
    assert arrete["Location"].startswith("/compte/confirmer/")
    assert suite_de(arrete["Location"]) == adresse
    with en_maintenance():
        lues = EntreeJournal.objects.filter(evenement="lecture_situation", acteur=groupe.coordonnatrice.pk)
        assert lues.count() == 1
    page = client.get(arrete["Location"]).content.decode()
    assert "Prouvez que c’est bien vous" in page

    horloge(LE + timedelta(minutes=1))
    suite = client.post("/compte/confirmer/", {"mot_de_passe": MOT_DE_PASSE, "suite": adresse})
    assert suite["Location"] == adresse
    assert client.get(adresse).status_code == 200


def test_la_preuve_du_titulaire_ne_rouvre_pas_la_session_volee(dossier, horloge):
    groupe, adresse = dossier
    volee = entrer(groupe.coordonnatrice)
    a_deja_lu(groupe.coordonnatrice, SEUIL)
    volee.get(adresse)
    horloge(LE + timedelta(minutes=2))
    sienne = entrer(groupe.coordonnatrice, LE + timedelta(minutes=1))
    assert sienne.get(adresse).status_code == 200
    assert volee.get(adresse).status_code == 302


def test_un_autre_membre_du_groupe_lit_sans_qu_on_lui_demande_rien(dossier):
    groupe, adresse = dossier
    a_deja_lu(groupe.coordonnatrice, SEUIL)
    entrer(groupe.coordonnatrice).get(adresse)
    assert entrer(groupe.membre).get(adresse).status_code == 200


def test_la_fenetre_passee_le_compte_repart_mais_la_journee_continue(dossier, horloge):
    groupe, adresse = dossier
    a_deja_lu(groupe.coordonnatrice, SEUIL, PAR_JOUR - 1)
    horloge(LE + timedelta(minutes=11))
    client = entrer(groupe.coordonnatrice)
    assert client.get(adresse).status_code == 200
    lu = Rythme.objects.get(pk=groupe.coordonnatrice.pk)
    assert (lu.court, lu.jour, lu.exigee_le) == (1, PAR_JOUR, None)
    client.get(adresse)
    assert Rythme.objects.get(pk=groupe.coordonnatrice.pk).exigee_le is not None


def test_un_formulaire_en_cours_n_est_pas_perdu(dossier):
    groupe, _ = dossier
    client = entrer(groupe.coordonnatrice)
    with en_maintenance():
        Rythme.objects.create(
            compte=groupe.coordonnatrice, court_depuis=LE, jour_depuis=LE, exigee_le=LE + timedelta(minutes=1)
        )
    reponse = client.post(
        "/situations/recherche/", {"q": "Maravalle"}, headers={"sec-fetch-mode": "navigate"}
    )
    assert reponse.status_code == 302
    assert reponse["Location"].startswith("/compte/confirmer/")


def test_le_cout_ne_depend_pas_de_ce_qui_a_ete_lu(dossier):
    """One statement for a page, the same after one reading and after thousands of entries in the journal."""
    groupe, adresse = dossier
    client = entrer(groupe.coordonnatrice)
    client.get(adresse)
    mesures = []
    for deja in (1, SEUIL - 2):
        a_deja_lu(groupe.coordonnatrice, deja)
        with CaptureQueriesContext(connection) as questions:
            assert client.get(adresse).status_code == 200
        mesures.append(len(questions))
        assert not [q for q in questions.captured_queries if "socle_journal" in (q["sql"] or "")]
    assert mesures[0] == mesures[1]
    assert "socle_journal" not in rythme._AJOUTER.sql


# --- The alert ---------------------------------------------------------------------------------------


def test_l_alerte_est_au_journal_du_conseil_et_son_delegue_la_lit(dossier):
    groupe, adresse = dossier
    registre = un_registre(groupe)
    client = entrer(groupe.coordonnatrice)
    a_deja_lu(groupe.coordonnatrice, SEUIL)
    client.get(adresse)

    entrees = alertes()
    assert {entree.cercle for entree in entrees} == {groupe.cle}
    assert entrees[0].acteur == groupe.coordonnatrice.pk
    assert entrees[0].details == {"nombre": SEUIL + 1, "minutes": 10}
    with contexte(registre.dpo.pk):
        (lue,) = alertes_de_lecture(LE - timedelta(days=1), LE + timedelta(days=1))
    assert lue.agent == groupe.coordonnatrice.nom_complet
    page = entrer(registre.dpo).get("/droits/registre/", follow=True).content.decode()
    assert groupe.coordonnatrice.nom_complet in page
    assert f"{SEUIL + 1} en 10 minutes" in page
    jour = entrer(registre.dpo).get("/", follow=True).content.decode()
    assert f"Vérifier les lectures de {groupe.coordonnatrice.nom_complet}" in jour


def test_un_delegue_d_ailleurs_ni_un_membre_du_groupe_ne_lisent_l_alerte(dossier):
    groupe, adresse = dossier
    un_registre(groupe)
    a_deja_lu(groupe.coordonnatrice, SEUIL)
    entrer(groupe.coordonnatrice).get(adresse)
    ailleurs = creer_compte("dpo")
    for compte in (ailleurs, groupe.membre, groupe.coordonnatrice):
        with contexte(compte.pk):
            assert alertes_de_lecture(LE - timedelta(days=1), LE + timedelta(days=1)) == []
    assert alertes()


def test_chaque_depassement_est_dit_une_fois(dossier):
    groupe, _ = dossier
    with contexte(groupe.coordonnatrice.pk):
        for _ in range(SEUIL + 5):
            rythme.noter(compte=groupe.coordonnatrice, nombre=1)
        assert maintenant() == LE
    assert len(alertes()) == 1
    assert Rythme.objects.get(pk=groupe.coordonnatrice.pk).court == 4


def test_la_demonstration_compte_mais_ne_demande_rien_a_qui_entre_d_un_clic(dossier):
    groupe, adresse = dossier
    client = entrer(groupe.coordonnatrice)
    session = client.session
    session["moyen_de_connexion"] = "demonstration"
    session.save()
    a_deja_lu(groupe.coordonnatrice, SEUIL)
    assert client.get(adresse).status_code == 200
    assert alertes()
    assert client.get(adresse).status_code == 200
