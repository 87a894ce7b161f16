"""The day page: ordered by date only, first name and initial only, each role its own."""

from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.acteurs.fabriques import creer_compte
from tests.instances.fabriques import (
    charte,
    conseil,
    coordonnateur,
    exercer,
    formation,
    groupe,
    habiliter,
    membre,
    siege,
)
from tests.pilotage.fabriques import noter
from tests.situations.fabriques import decider, personne, signaler, un_groupe, une_situation

from maillage.instances.models import Habilitation
from maillage.instances.models.seance import Seance
from maillage.pilotage.journee.taches import HORIZON, Tache, ranger
from maillage.situations.models import Designation, Objectif, Signalement, Situation
from maillage.situations.services.referents import designer_referent
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal
from maillage.socle.services import modifier
from maillage.socle.temps import aujourd_hui, maintenant

JOUR = date(2026, 11, 24)


def journee(compte) -> str:
    navigateur = Client()
    navigateur.force_login(compte)
    reponse = navigateur.get("/journee/")
    assert reponse.status_code == 200
    return unescape(reponse.content.decode())


def tache(le: date, titre: str = "Faire", **champs: object) -> Tache:
    return Tache(le, titre, "Parce que.", **champs)


# --- Order and words -------------------------------------------------------------------------------


def test_les_blocs_suivent_les_dates_et_rien_d_autre():
    blocs = ranger(
        [
            tache(JOUR + timedelta(days=3), "c"),
            tache(JOUR, "b", heure="14 h"),
            tache(JOUR - timedelta(days=1), "a2"),
            tache(JOUR - timedelta(days=6), "a1"),
            tache(JOUR - timedelta(days=2), "neuf", nouveau=True),
        ],
        JOUR,
    )
    assert [(bloc.code, [ligne.tache.titre for ligne in bloc.lignes]) for bloc in blocs] == [
        ("retard", ["a1", "a2"]),
        ("jour", ["b"]),
        ("venir", ["c"]),
        ("nouveau", ["neuf"]),
    ]
    assert [ligne.quand for ligne in blocs[0].lignes] == ["6\u00a0jours", "1\u00a0jour"]
    assert blocs[0].lignes[0].detail == "depuis le 18\u00a0nov."
    assert blocs[2].lignes[0].quand == "Vendredi 27\u00a0nov."


def test_au_dela_de_l_horizon_rien_ne_s_affiche():
    assert ranger([tache(JOUR + timedelta(days=HORIZON + 1))], JOUR) == ()


def test_ce_qui_se_fait_seul_n_est_jamais_en_retard():
    blocs = ranger([tache(JOUR - timedelta(days=2), automatique=True)], JOUR)
    assert [bloc.code for bloc in blocs] == ["jour"]


# --- Roles -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_qui_n_a_rien_a_faire_lit_que_rien_ne_l_attend():
    assert "Rien ne vous attend" in journee(creer_compte())


@pytest.mark.django_db
def test_l_accueil_d_une_personne_connectee_est_sa_journee():
    navigateur = Client()
    assert navigateur.get("/").status_code == 200
    navigateur.force_login(creer_compte())
    assert navigateur.get("/").url == "/journee/"


@pytest.mark.django_db
def test_la_coordonnatrice_voit_les_signalements_sans_seance_par_prenom_et_initiale():
    conseil()
    ici = un_groupe()
    signaler(ici, qui=personne(nom="Canarinova", prenom="Zéphyrin"))
    texte = journee(ici.coordonnatrice)
    assert "Inscrire à une séance le signalement de Zéphyrin C." in texte
    assert "Canarinova" not in texte
    assert "effacé le" in texte


@pytest.mark.django_db
def test_une_revue_passee_est_en_retard():
    conseil()
    ici = un_groupe()
    situation = une_situation(ici)
    jour = aujourd_hui()
    with en_maintenance():
        modifier(
            Situation.objects.filter(pk=situation.pk),
            version=situation.version,
            revue_le=jour - timedelta(days=6),
        )
    texte = journee(ici.coordonnatrice)
    assert "En retard" in texte
    assert "Revoir la situation de Théo M." in texte
    assert "6\u00a0jours" in texte


@pytest.mark.django_db
def test_une_lettre_due_se_dit_jusqu_a_sa_remise_a_la_personne_et_au_representant():
    conseil()
    ici = un_groupe()
    situation = une_situation(ici)
    with en_maintenance():
        modifier(
            Situation.objects.filter(pk=situation.pk),
            version=situation.version,
            ouverte_le=aujourd_hui() - timedelta(days=40),
        )
    texte = journee(ici.coordonnatrice)
    assert "Remettre la lettre d’information à Théo M." in texte
    assert f"/situations/{situation.public_id}/lettre/" in texte


@pytest.mark.django_db
def test_les_effacements_d_un_jour_tiennent_en_une_ligne():
    conseil()
    ici = un_groupe()
    for _ in range(3):
        decider(ici, signaler(ici), "non_retenu")
    with en_maintenance():
        Signalement.objects.update(expire_le=aujourd_hui() + timedelta(days=2))
    texte = journee(ici.coordonnatrice)
    assert "Effacement de 3\u00a0signalements" in texte
    assert "Théo M." not in texte


@pytest.mark.django_db
def test_le_referent_voit_ses_contacts_ses_objectifs_et_ses_bilans_et_eux_seuls():
    conseil()
    ici = un_groupe()
    situation = une_situation(ici, personne(nom="Belcastel", prenom="Yann"))
    autre = une_situation(ici, personne(nom="Castelviel", prenom="Inès"))
    referent = ici.membre
    jour = aujourd_hui()
    with contexte(ici.coordonnatrice.pk):
        designer_referent(
            situation=situation.public_id,
            referent=referent.public_id,
            profession="educateur_specialise",
            depuis=situation.ouverte_le,
        )
    with en_maintenance():
        Designation.objects.update(depuis=jour - timedelta(days=45))
        Situation.objects.update(revue_le=jour + timedelta(days=5))
        Objectif.objects.create(
            cercle_id=ici.cle,
            situation=situation,
            domaine="scolarite",
            pose_le=jour,
            echeance=jour + timedelta(days=3),
            etat_le=jour,
        )
    texte = journee(referent)
    for attendu in (
        "Prendre contact avec Yann B.",
        "Faire le point sur un objectif de Yann B.",
        "Écrire le bilan pour Yann B.",
    ):
        assert attendu in texte
    assert "Prendre contact avec Inès C." not in texte
    assert "Revoir la situation" not in texte
    assert str(autre.public_id) in texte  # only as news of the groupe
    assert "Situation ouverte pour Inès C." in texte


@pytest.mark.django_db
def test_un_referent_qui_quitte_le_groupe_appelle_un_relais_aupres_de_sa_coordination_seule():
    conseil()
    ici, ailleurs = un_groupe(), un_groupe()
    situation = une_situation(ici, personne(nom="Belcastel", prenom="Yann"))
    with contexte(ici.coordonnatrice.pk):
        designer_referent(
            situation=situation.public_id,
            referent=ici.membre.public_id,
            profession="educateur_specialise",
            depuis=situation.ouverte_le,
        )
    assert "Désigner un référent" not in journee(ici.coordonnatrice)
    with en_maintenance():
        Habilitation.objects.filter(cercle=ici.cle, compte=ici.membre).delete()
    assert "Désigner un référent pour Yann B." in journee(ici.coordonnatrice)
    assert "Désigner un référent" not in journee(ailleurs.coordonnatrice)
    client = Client()
    client.force_login(ici.coordonnatrice)
    page = client.get(reverse("situations:situation", args=[situation.public_id])).content.decode()
    assert "N’est plus membre du groupe" in page


@pytest.mark.django_db
def test_un_membre_voit_sa_charte_a_signer_et_rien_du_groupe():
    conseil()
    ici = un_groupe()
    signaler(ici, qui=personne(nom="Canarinova", prenom="Zéphyrin"))
    sans_signer = membre(ici.formation, signe=False)
    texte = journee(sans_signer)
    assert f"Signer la charte, {ici.formation.nom}" in texte
    assert "Zéphyrin" not in texte


@pytest.mark.django_db
def test_la_coordonnatrice_voit_qui_n_a_pas_signe_et_quels_mandats_finissent():
    conseil()
    ici = un_groupe()
    membre(ici.formation, signe=False)
    membre(ici.formation, fin=maintenant() + timedelta(days=5))
    texte = journee(ici.coordonnatrice)
    assert "Faire signer la charte" in texte
    assert "Fin du mandat de" in texte


@pytest.mark.django_db
def test_la_seance_du_jour_se_dit_a_qui_la_conduit_et_a_qui_y_est_attendu():
    conseil()
    ici = un_groupe()
    with en_maintenance():
        Seance.objects.create(
            formation=ici.formation,
            numero=8,
            modele="ordinaire",
            commence_le=maintenant() + timedelta(days=1),
            lieu="Mairie",
            etat="convoquee",
            preparee_par=ici.coordonnatrice,
        )
    assert "Séance n°\u00a08" in journee(ici.coordonnatrice)
    texte = journee(ici.membre)
    assert "Vous y êtes attendu" in texte


@pytest.mark.django_db
def test_le_maire_voit_les_textes_a_adopter_et_la_pleniere_a_tenir(horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))
    ici = conseil()
    charte(groupe(ici, avec_charte=False), etat="propose", genre="reglement")
    from maillage.instances.models import Texte

    with en_maintenance():
        Texte.objects.update(propose_le=maintenant())
    formation(ici)
    maire = exercer(creer_compte(), "maire", "31555")
    texte = journee(maire)
    assert "Faire adopter : Règlement intérieur" in texte
    assert f"Convoquer la plénière, {ici.nom}" in texte


@pytest.mark.django_db
def test_en_mars_la_pleniere_ne_presse_personne(horloge):
    horloge(datetime(2026, 3, 24, 9, tzinfo=UTC))
    ici = conseil()
    assert ici.nom not in journee(exercer(creer_compte(), "maire", "31555"))


@pytest.mark.django_db
def test_la_prefecture_voit_les_conseils_sans_pleniere_de_son_departement(horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))
    ici, ailleurs = conseil(), conseil(commune="75056", departement_code="75")
    texte = journee(exercer(creer_compte(), "prefecture", "31", "departement"))
    assert f"Plénière non tenue, {ici.nom}" in texte
    assert ailleurs.nom not in texte


@pytest.mark.django_db
def test_la_dpo_voit_les_effacements_a_venir_sans_nombre_ni_dossier(horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))
    ici = conseil()
    noter(ici, "cloture", date(2026, 9, 1), issue="refus", fois=3)
    noter(ici, "cloture", date(2026, 1, 1), issue="refus", fois=3)
    texte = journee(exercer(creer_compte(), "dpo", "31555"))
    assert "Effacements attendus en décembre" in texte
    assert "janvier" not in texte


@pytest.mark.django_db
def test_l_administrateur_technique_voit_des_comptes_et_aucun_dossier():
    conseil()
    ici = un_groupe()
    signaler(ici, qui=personne(nom="Canarinova", prenom="Zéphyrin"))
    creer_compte("coordonnateur", double_facteur_exige=True)
    texte = journee(creer_compte("administrateur_technique"))
    assert "sans second facteur" in texte
    assert "Zéphyrin" not in texte


@pytest.mark.django_db
def test_le_groupe_d_a_cote_n_apparait_jamais():
    """The negative actor holds the same right on another groupe."""
    conseil()
    ici, a_cote = un_groupe(), un_groupe()
    signaler(ici, qui=personne(nom="Canarinova", prenom="Zéphyrin"))
    assert "Zéphyrin" not in journee(a_cote.coordonnatrice)
    assert "Zéphyrin" in journee(ici.coordonnatrice)


@pytest.mark.django_db
def test_ce_que_la_page_montre_est_inscrit_une_fois_au_journal():
    conseil()
    ici = un_groupe()
    cles = {str(signaler(ici).public_id) for _ in range(3)}
    journee(ici.coordonnatrice)
    with en_maintenance():
        entree = EntreeJournal.objects.filter(
            evenement="lecture_liste", details__liste="journee", acteur=ici.coordonnatrice.pk
        ).get()
    assert set(entree.details["objets"]) == cles


@pytest.mark.django_db
def test_la_journee_ne_coute_pas_plus_pour_cinquante_dossiers(django_assert_max_num_queries):
    conseil()
    ici = un_groupe()
    une_situation(ici)
    signaler(ici)
    navigateur = Client()
    navigateur.force_login(ici.coordonnatrice)
    navigateur.get("/journee/")
    with django_assert_max_num_queries(80) as une:
        navigateur.get("/journee/")
    for _ in range(24):
        une_situation(ici)
        signaler(ici)
    with django_assert_max_num_queries(len(une)):
        navigateur.get("/journee/")


@pytest.mark.django_db
def test_une_seance_passee_sans_cloture_est_en_retard_pour_qui_la_conduit():
    ici = conseil()
    sans_noms = formation(ici, genre="groupe")
    qui = coordonnateur()
    siege(sans_noms)
    with en_maintenance():
        Seance.objects.create(
            formation=sans_noms,
            numero=1,
            modele="ordinaire",
            commence_le=maintenant() - timedelta(days=2),
            lieu="Mairie",
            etat="ouverte",
            preparee_par=qui,
        )
    texte = journee(qui)
    assert "En retard" in texte
    assert "Elle n’est pas close" in texte


@pytest.mark.django_db
def test_mon_propre_mandat_qui_finit_m_est_dit():
    conseil()
    ici = groupe(conseil(commune="31149"))
    compte = creer_compte("membre")
    habiliter(compte, siege(ici), fin=maintenant() + timedelta(days=3))
    assert f"Fin de votre mandat, {ici.nom}" in journee(compte)


def commune(code: str, nom: str, habitants: int) -> None:
    from maillage.territoires.models import Commune, Departement, Population, Region

    with en_maintenance():
        region, _ = Region.objects.get_or_create(code="76", defaults={"nom": "Occitanie"})
        departement, _ = Departement.objects.get_or_create(
            code="31",
            defaults={"nom": "Haute-Garonne", "region": region, "chef_lieu": "31555", "zone": "metro"},
        )
        creee = Commune.objects.create(code=code, nom=nom, departement=departement, codes_postaux=["31270"])
        Population.objects.create(commune=creee, habitants=habitants)


@pytest.mark.django_db
def test_le_maire_d_une_commune_tenue_d_avoir_un_conseil_et_qui_n_en_a_pas_le_lit():
    commune("31157", "Cugnaux", 20_000)
    commune("31003", "Aigrefeuille", 1_400)
    conseil(commune="31157", genre="cmspd")
    assert "Créer le conseil de Cugnaux" in journee(exercer(creer_compte(), "maire", "31157"))
    assert "Créer le conseil" not in journee(exercer(creer_compte(), "maire", "31003"))
    conseil(commune="31157")
    assert "Créer le conseil" not in journee(exercer(creer_compte(), "maire", "31157"))


@pytest.mark.django_db
def test_le_niveau_national_lit_un_nombre_de_conseils_sans_pleniere(horloge):
    horloge(datetime(2026, 11, 24, 9, tzinfo=UTC))
    conseil()
    conseil(commune="75056", departement_code="75")
    texte = journee(exercer(creer_compte(), "national", "", "national"))
    assert "2\u00a0conseils sans plénière" in texte
