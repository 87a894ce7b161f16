"""A restriction freezes all that concerns the person; a claim in court holds the file back from the purge."""

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.droits.fabriques_droits import (
    INSTANT,
    JOUR,
    QUI,
    executer,
    formation_des_droits,
    interrogee,
    un_registre,
    verifiee,
)
from tests.instances import fabriques as f
from tests.maire import fabriques_familles as familles
from tests.parcours import decor_orientations as decor
from tests.situations.fabriques import Groupe, signaler, un_groupe, une_situation

from maillage.droits.exports import extraits
from maillage.droits.lieux import tenus
from maillage.droits.limitations import DOSSIER_LIMITE
from maillage.droits.models import DemandeDeDroit, Limitation, Question
from maillage.droits.models.declencheurs import declencheurs
from maillage.droits.selectors import candidats, limitations_vues, questions_vues, une_question
from maillage.droits.services import demandes, limitations, porte
from maillage.maire.conservation import FAMILLES
from maillage.maire.models import ConvocationFamille, DossierFamille
from maillage.maire.services.conservation import purger_actes
from maillage.parcours.services import participations
from maillage.situations.api import DonneesIdentite, purger, retention
from maillage.situations.identites import lire as lire_identite
from maillage.situations.models import Signalement, Situation
from maillage.situations.services.signalements import marquer_l_inscription
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db
APRES = datetime(2060, 1, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(INSTANT)


def limitee(motif="exactitude"):
    """A followed person whose file was restricted, for that reason."""
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    _, question = interrogee(ici, "limitation")
    executer(ici, question, "fait", limitation=motif)
    return ici, situation


def test_tout_ce_que_la_salle_du_maire_tient_d_une_personne_est_gele():
    gelees = {table for table, *_ in declencheurs()}
    for famille in FAMILLES:
        for modele in (famille.dossier, *famille.pieces):
            assert modele._meta.db_table in gelees, modele


def test_chaque_declencheur_annonce_est_dans_la_base():
    with connection.cursor() as curseur:
        curseur.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'gel\\_%'")
        poses = {table for (table,) in curseur.fetchall()}
    assert poses == {table for table, *_ in declencheurs()}


def test_un_signalement_seul_se_limite_aussi():
    ici = un_registre()
    recu = signaler(ici.groupe, qui=QUI)
    _, question = interrogee(ici, "limitation")
    executer(ici, question, "fait", limitation="exactitude")
    with (
        contexte(ici.groupe.coordonnatrice.pk),
        pytest.raises(ProgrammingError, match="dossier limité"),
        transaction.atomic(),
    ):
        Signalement.objects.filter(pk=recu.pk).update(version=recu.version + 1)
    with contexte(ici.groupe.coordonnatrice.pk), pytest.raises(Refus) as refus:
        marquer_l_inscription(cercle=ici.groupe.cle, signalement=recu.public_id, inscrit=True)
    assert refus.value.verdict.motifs == (DOSSIER_LIMITE,)
    with en_maintenance():
        assert Signalement.objects.get(pk=recu.pk).version == recu.version


def test_une_audition_limitee_ne_s_ecrit_plus_et_la_page_dit_pourquoi():
    cddf, maire = familles.conseil()
    registre = formation_des_droits(cddf.conseil)
    ici = un_registre_de(registre, cddf)
    with contexte(maire.pk):
        dossier = familles.saisie(cddf)
    enfant = DonneesIdentite(familles.ENFANT.nom, familles.ENFANT.prenom, naissance=familles.ENFANT.naissance)
    lue = verifiee(ici, "limitation", qui=enfant)
    with contexte(ici.dpo.pk):
        demandes.interroger(demande=lue.public_id, formations=[cddf.public_id])
    coordonnatrice = f.membre(cddf, role="coordonnateur", fonction="coordonnateur")
    with contexte(coordonnatrice.pk):
        question, ou = une_question(Question.objects.get().public_id)
        porte.repondre_a_la_question(
            question=question.public_id,
            version=1,
            identite=candidats(question, ou)[0].identite.public_id,
            constat="fait",
            limitation="justice",
        )
        (vue,) = limitations_vues(tenus())
        assert vue.limitation.reference.endswith(dossier.reference)
        with pytest.raises(ProgrammingError, match="dossier limité"), transaction.atomic():
            DossierFamille.objects.filter(pk=dossier.pk).update(version=9)
        with (
            pytest.raises(ProgrammingError, match="dossier limité"),
            transaction.atomic(),
            connection.cursor() as curseur,
        ):
            curseur.execute(
                "INSERT INTO maire_convocationfamille (public_id, cercle_id, version, dossier_id, le, par_id)"
                " SELECT gen_random_uuid(), cercle_id, 1, id, %s, %s FROM maire_dossierfamille",
                [JOUR, coordonnatrice.pk],
            )
    with en_maintenance():
        assert DossierFamille.objects.get().version == dossier.version
        assert not ConvocationFamille.objects.exists()


def un_registre_de(formation, cddf):
    from tests.acteurs.fabriques import creer_compte
    from tests.droits.fabriques_droits import Registre

    dpo = f.exercer(creer_compte(organisme=f.creer_organisme("Mairie", "commune")), "dpo", f.COMMUNE)
    f.membre(formation, dpo)
    dpo.oublier_fonctions()
    return Registre(formation, dpo, None)


def test_un_acte_du_maire_retenu_pour_la_justice_ne_se_purge_pas(horloge):
    test_une_audition_limitee_ne_s_ecrit_plus_et_la_page_dit_pourquoi()
    horloge(APRES)
    assert purger_actes()["dossierfamille"] == 0
    with en_maintenance():
        Limitation.objects.update(levee_le=APRES.date())
    assert purger_actes()["dossierfamille"] == 1
    with en_maintenance():
        assert not Limitation.objects.exists()


@pytest.mark.parametrize("motif", ["exactitude", "justice"])
def test_seule_une_action_en_justice_retient_un_dossier_echu(motif, horloge):
    _, situation = limitee(motif)
    horloge(APRES)
    gardee = motif == "justice"
    assert purger().situations == ([] if gardee else [str(situation.public_id)])
    with en_maintenance():
        assert Situation.objects.filter(pk=situation.pk).exists() is gardee
        assert Limitation.objects.exists() is gardee
        if gardee:
            assert lire_identite(situation.identite_id).donnees.nom == QUI.nom
            assert retention().en_retard == 0
    if not gardee:
        return
    with en_maintenance():
        Limitation.objects.update(levee_le=APRES.date())
    assert purger().situations == [str(situation.public_id)]


def test_un_effacement_refuse_pour_la_justice_retient_sans_geler(horloge):
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    _, question = interrogee(ici, "effacement")
    executer(ici, question, "refus", motif="actions_en_justice")
    with contexte(ici.groupe.coordonnatrice.pk):
        limite = Limitation.objects.get()
        assert (limite.gele, limite.motif, limite.objet) == (False, "justice", situation.public_id)
        Situation.objects.filter(pk=situation.pk).update(version=situation.version + 1)
    with en_maintenance():
        assert EntreeJournal.objects.filter(
            evenement="dossier_retenu", objet=str(situation.public_id)
        ).exists()
        assert FaitStatistique.objects.filter(evenement="droit_limitation", genre="justice").count() == 1
    ailleurs = un_groupe()
    with contexte(ailleurs.coordonnatrice.pk), pytest.raises(Introuvable):
        limitations.lever_la_limitation(limitation=limite.public_id, version=1)
    with contexte(ici.groupe.coordonnatrice.pk):
        with pytest.raises(Refus) as refus:
            limitations.lever_la_limitation(limitation=limite.public_id, version=7)
        assert refus.value.statut == 409
        limitations.lever_la_limitation(limitation=limite.public_id, version=1)
        with pytest.raises(Refus) as refus:
            limitations.lever_la_limitation(limitation=limite.public_id, version=2)
        assert refus.value.verdict.codes == ("non_limitee",)


def test_les_questions_sans_reponse_viennent_les_premieres():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    _, premiere = interrogee(ici, "effacement")
    executer(ici, premiere, "refus", motif="mission_interet_public")
    interrogee(ici, "acces")
    with contexte(ici.groupe.coordonnatrice.pk):
        assert [vue.question.droit for vue in questions_vues()] == ["acces", "effacement"]


def test_un_refus_pour_un_autre_motif_ne_retient_rien():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    _, question = interrogee(ici, "effacement")
    executer(ici, question, "refus", motif="mission_interet_public")
    with en_maintenance():
        assert not Limitation.objects.exists()


def test_la_participation_d_une_personne_limitee_est_gelee_chez_le_lieu_d_accueil():
    de = decor.un_decor()
    participation = decor.commencee(de)
    ici = un_registre(de.groupe)
    qui = identite_de(de.situation)
    _, question = interrogee(ici, "limitation", qui=qui)
    executer(ici, question, "fait", limitation="exactitude")
    with contexte(de.prestataire.pk), pytest.raises(Refus) as refus:
        participations.noter_presence(
            participation=participation.public_id, le=JOUR, etat="present", heures=4
        )
    assert refus.value.verdict.codes == ("dossier_limite",)
    with en_maintenance():
        participation.refresh_from_db()
        assert not participation.presences.exists()


def identite_de(situation):
    with en_maintenance():
        return lire_identite(situation.identite_id).donnees


def chez_le_lieu_d_accueil(droit):
    """A body asked about someone it receives, and its question."""
    de = decor.un_decor()
    decor.commencee(de)
    ici = un_registre(de.groupe)
    lue = verifiee(ici, droit, qui=identite_de(de.situation))
    with contexte(ici.dpo.pk):
        demandes.interroger(demande=lue.public_id, formations=[de.formation.public_id])
    with contexte(de.prestataire.pk):
        question, ou = une_question(Question.objects.get().public_id)
        (trouve,) = candidats(question, ou)
    return ici, de, question, trouve


def test_un_lieu_d_accueil_joint_ce_qu_il_lit_d_une_personne():
    ici, de, question, trouve = chez_le_lieu_d_accueil("acces")
    with contexte(de.prestataire.pk):
        porte.repondre_a_la_question(
            question=question.public_id, version=1, identite=trouve.identite.public_id, constat="extrait"
        )
    with contexte(ici.dpo.pk):
        demande = DemandeDeDroit.objects.get()
        (extrait,) = extraits(demande)
    assert {partie["titre"] for partie in extrait["parties"]} >= {"Identité", "Accueil"}


def test_un_lieu_d_accueil_suit_le_groupe_et_ne_limite_rien_lui_meme():
    _, de, question, trouve = chez_le_lieu_d_accueil("limitation")
    with contexte(de.prestataire.pk):
        with pytest.raises(Refus):
            porte.repondre_a_la_question(
                question=question.public_id,
                version=1,
                identite=trouve.identite.public_id,
                constat="fait",
                limitation="exactitude",
            )
        porte.repondre_a_la_question(
            question=question.public_id,
            version=1,
            identite=trouve.identite.public_id,
            constat="par_le_groupe",
        )
    with en_maintenance():
        assert not Limitation.objects.exists()


def test_un_lieu_d_accueil_n_est_pas_interroge_pour_une_rectification():
    de = decor.un_decor()
    ici = un_registre(de.groupe)
    lue = verifiee(ici, "rectification", champ="nom", valeur="Autre")
    with contexte(ici.dpo.pk), pytest.raises(Introuvable):
        demandes.interroger(demande=lue.public_id, formations=[de.formation.public_id])


def un_groupe_ailleurs():
    formation = f.groupe(f.conseil(f.VOISINE))
    coordonnatrice = f.membre(formation, role="coordonnateur", fonction="coordonnateur")
    return Groupe(formation, coordonnatrice, coordonnatrice)


def test_le_delegue_compte_ce_qui_est_limite_et_retenu_chez_lui_seul():
    ici, _ = limitee("justice")
    la_bas = un_registre(un_groupe_ailleurs(), commune=f.VOISINE)
    with contexte(ici.dpo.pk), connection.cursor() as curseur:
        curseur.execute("SELECT * FROM socle.limitations_du_conseil(%s)", [ici.formation.conseil_id])
        assert curseur.fetchall() == [("justice", True, 1, JOUR)]
    for compte in (ici.groupe.coordonnatrice, la_bas.dpo):
        with contexte(compte.pk), connection.cursor() as curseur:
            curseur.execute("SELECT * FROM socle.limitations_du_conseil(%s)", [ici.formation.conseil_id])
            assert curseur.fetchall() == []
