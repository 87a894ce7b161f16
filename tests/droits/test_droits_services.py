"""A request from its receipt to its answer, through the gate, and everything refused on the way."""

import io
import json
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.droits.fabriques_droits import (
    INSTANT,
    JOUR,
    QUI,
    interrogee,
    recue,
    relue,
    un_registre,
    verifiee,
)
from tests.instances import fabriques as f
from tests.situations.fabriques import un_groupe, une_situation

from maillage.droits import exports
from maillage.droits.models import (
    AncienneValeur,
    DemandeDeDroit,
    Envoi,
    FichierDeReponse,
    Limitation,
    Question,
    Reponse,
)
from maillage.droits.selectors import candidats, une_question
from maillage.droits.services import demandes, limitations, porte
from maillage.droits.services.conservation import purger_demandes
from maillage.situations import identites
from maillage.situations.api import ecrire_bilan, lire_dossier, noter_contact, purger
from maillage.situations.models import Identite, Situation
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.models import EntreeJournal, FaitStatistique
from maillage.socle.refus import Introuvable, Refus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _jour(horloge):
    horloge(INSTANT)


def codes(erreur) -> tuple[str, ...]:
    return erreur.value.verdict.codes


def repondre_ici(ici, question, constat, *, identite=None, **champs):
    with contexte(ici.groupe.coordonnatrice.pk):
        lue, ou = une_question(question.public_id)
        if identite is None and constat != "non_trouve":
            identite = candidats(lue, ou)[0].identite.public_id
        porte.repondre_a_la_question(
            question=question.public_id, version=lue.version, identite=identite, constat=constat, **champs
        )


def executee(droit, **champs):
    """A followed person, a request of that right, executed by the groupe."""
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    demande, question = interrogee(ici, droit, **champs)
    extra = {"limitation": "exactitude"} if droit == "limitation" else {}
    repondre_ici(ici, question, "fait", **extra)
    return ici, situation, demande


def test_une_demande_d_acces_va_de_la_reception_au_fichier_lisible_et_a_ses_donnees():
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    with contexte(ici.groupe.membre.pk):
        lire_dossier(situation.public_id)
    demande, question = interrogee(ici)
    assert (demande.reference, demande.echeance, demande.etat) == ("2026-001", date(2026, 4, 2), "instruite")
    repondre_ici(ici, question, "extrait")
    with contexte(ici.dpo.pk):
        demandes.repondre(demande=demande.public_id, version=demande.version, decision="accordee")
        fichier = FichierDeReponse.objects.get()
        contenu = exports.contenu(fichier)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert archive.namelist() == ["reponse.pdf", "donnees.json"]
        assert archive.read("reponse.pdf").startswith(b"%PDF-")
        donnees = json.loads(archive.read("donnees.json"))
    (extrait,) = donnees["extraits"]
    titres = [partie["titre"] for partie in extrait["parties"]]
    assert titres[0] == "Identité"
    assert any(titre.startswith("Suivi n°") for titre in titres)
    assert "Maravalle" in json.dumps(extrait, ensure_ascii=False)
    (lecture, *_) = [vue for vue in extrait["consultations"] if vue["acte"] == "A ouvert le dossier"]
    assert lecture["organisme"] == "Club de prévention"
    texte = json.dumps(extrait, ensure_ascii=False)
    for compte in (ici.groupe.membre, ici.groupe.coordonnatrice):
        assert compte.nom_complet not in texte
    assert relue(ici, demande).etat == "repondue"


def test_le_fichier_et_l_extrait_sont_illisibles_dans_la_base():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    demande, question = interrogee(ici)
    repondre_ici(ici, question, "extrait")
    with contexte(ici.dpo.pk):
        demandes.repondre(demande=demande.public_id, version=demande.version, decision="accordee")
    with en_maintenance():
        for octets in (Reponse.objects.get().contenu, FichierDeReponse.objects.get().contenu):
            assert b"Maravalle" not in bytes(octets)
            assert not bytes(octets).startswith(b"PK")


def test_un_groupe_ne_lit_ni_la_demande_ni_ce_que_le_delegue_recoit():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    _, question = interrogee(ici)
    repondre_ici(ici, question, "extrait")
    with contexte(ici.groupe.coordonnatrice.pk):
        assert list(DemandeDeDroit.objects.all()) == []
        assert list(Reponse.objects.all()) == []
        assert list(Envoi.objects.all()) == []
    with contexte(ici.dpo.pk):
        assert list(Question.objects.all()) == []
        assert list(Situation.objects.all()) == []
        assert Reponse.objects.count() == 1


def test_le_delegue_d_un_autre_conseil_n_interroge_pas_ce_groupe_et_rien_ne_change():
    ici = un_registre()
    la_bas = f.groupe(f.conseil(f.VOISINE))
    lue = verifiee(ici)
    with contexte(ici.dpo.pk), pytest.raises(Introuvable):
        demandes.interroger(demande=lue.public_id, formations=[la_bas.public_id])
    with en_maintenance():
        assert not Question.objects.exists()
        assert not Envoi.objects.exists()


def test_avant_l_identite_aucun_groupe_n_est_interroge():
    ici = un_registre()
    lue = recue(ici)
    with contexte(ici.dpo.pk), pytest.raises(Refus) as refus:
        demandes.interroger(demande=lue.public_id, formations=[ici.groupe.formation.public_id])
    assert codes(refus) == ("identite_a_verifier",)
    with en_maintenance():
        assert not Question.objects.exists()


def test_un_membre_sans_charge_ne_repond_pas_pour_son_groupe():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    _, question = interrogee(ici)
    with contexte(ici.groupe.membre.pk), pytest.raises(Refus) as refus:
        porte.repondre_a_la_question(
            question=question.public_id, version=1, identite=None, constat="non_trouve"
        )
    assert codes(refus) == ("ne_tient_pas",)
    with en_maintenance():
        assert Question.objects.get().constat == ""
        assert not Reponse.objects.exists()


def test_la_coordination_d_un_autre_groupe_ne_voit_pas_la_question():
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    _, question = interrogee(ici)
    ailleurs = un_groupe()
    with contexte(ailleurs.coordonnatrice.pk), pytest.raises(Introuvable):
        porte.repondre_a_la_question(
            question=question.public_id, version=1, identite=None, constat="non_trouve"
        )
    with en_maintenance():
        assert not Reponse.objects.exists()


def test_une_reponse_accordee_attend_chaque_groupe():
    ici = un_registre()
    demande, question = interrogee(ici)
    with contexte(ici.dpo.pk), pytest.raises(Refus) as refus:
        demandes.repondre(demande=demande.public_id, version=demande.version, decision="accordee")
    assert codes(refus) == ("reponses_attendues",)
    repondre_ici(ici, question, "non_trouve")
    with contexte(ici.dpo.pk):
        demandes.repondre(demande=demande.public_id, version=demande.version, decision="accordee")
    assert relue(ici, demande).decision == "accordee"


def test_une_version_depassee_ne_repond_pas():
    ici = un_registre()
    demande, question = interrogee(ici)
    repondre_ici(ici, question, "non_trouve")
    with contexte(ici.dpo.pk), pytest.raises(Refus) as refus:
        demandes.repondre(demande=demande.public_id, version=demande.version - 1, decision="accordee")
    assert refus.value.statut == 409
    assert relue(ici, demande).etat == "instruite"


def test_une_rectification_corrige_et_garde_l_ancienne_chiffree():
    _, situation, _ = executee("rectification", champ="nom", valeur="Maraval")
    with en_maintenance():
        assert identites.lire(situation.identite_id).donnees.nom == "Maraval"
        ancienne = AncienneValeur.objects.get()
    assert (ancienne.champ, ancienne.situation_id) == ("nom", situation.pk)
    assert b"Maravalle" not in bytes(ancienne.valeur)


def test_une_date_de_naissance_rectifiee_deplace_la_fin_de_la_conservation():
    _, situation, _ = executee("rectification", champ="naissance", valeur="12/04/2008")
    with en_maintenance():
        assert Situation.objects.get(pk=situation.pk).expire_le == date(2033, 4, 12)


def test_un_dossier_limite_se_lit_et_ne_s_ecrit_plus_jusqu_a_la_levee():
    ici, situation, _ = executee("limitation")

    def ecrire():
        noter_contact(
            situation=situation.public_id,
            le=JOUR,
            moyen="telephone",
            avec="personne",
            duree_min=10,
            suite="rien",
        )

    with contexte(ici.groupe.coordonnatrice.pk):
        assert Situation.objects.filter(pk=situation.pk).exists()
        with pytest.raises(Refus) as refus:
            ecrire_bilan(situation=situation.public_id, texte="Le suivi avance.")
        assert codes(refus) == ("dossier_limite",)
        with pytest.raises(Refus):
            ecrire()
    with en_maintenance():
        limite = Limitation.objects.get(situation=situation.pk)
    with contexte(ici.groupe.membre.pk), pytest.raises(Refus) as refus:
        limitations.lever_la_limitation(limitation=limite.public_id, version=1)
    assert codes(refus) == ("ne_tient_pas",)
    ailleurs = un_groupe()
    with contexte(ailleurs.coordonnatrice.pk), pytest.raises(Introuvable):
        limitations.lever_la_limitation(limitation=limite.public_id, version=1)
    with en_maintenance():
        assert Limitation.objects.get(pk=limite.pk).levee_le is None
    with contexte(ici.groupe.coordonnatrice.pk):
        limitations.lever_la_limitation(limitation=limite.public_id, version=1)
        ecrire_bilan(situation=situation.public_id, texte="Le suivi avance.")
    with en_maintenance():
        assert Limitation.objects.get(pk=limite.pk).levee_le == JOUR


@pytest.mark.parametrize(
    "requete",
    [
        "UPDATE situations_situation SET revue_le = revue_le + 1",
        "UPDATE situations_designation SET motif_fin = 'x'",
        "INSERT INTO situations_bilan (public_id, cercle_id, version, situation_id, scelle, par_id, le) "
        "SELECT gen_random_uuid(), cercle_id, 1, id, '\\x00', %(par)s, ouverte_le FROM situations_situation",
    ],
)
def test_la_base_elle_meme_refuse_d_ecrire_dans_un_dossier_limite(requete):
    ici, situation, _ = executee("limitation")
    par = {"par": ici.groupe.coordonnatrice.pk}
    with contexte(ici.groupe.coordonnatrice.pk), connection.cursor() as curseur:
        if "designation" not in requete:
            with pytest.raises(ProgrammingError, match="dossier limité"), transaction.atomic():
                curseur.execute(requete, par if "%(par)s" in requete else None)
    with en_maintenance():
        assert Situation.objects.get(pk=situation.pk).version == situation.version


@pytest.mark.parametrize("droit", ["effacement", "opposition"])
def test_un_effacement_accorde_passe_par_la_purge_et_son_certificat(droit):
    ici, situation, _ = executee(droit)
    with en_maintenance():
        lue = Situation.objects.get(pk=situation.pk)
        assert (lue.etat, lue.issue, lue.expire_le) == ("close", "effacement_demande", JOUR)
    purger()
    with en_maintenance():
        assert not Situation.objects.exists()
        assert not Identite.objects.filter(cercle=ici.groupe.cle).exists()
        certificat = EntreeJournal.objects.filter(evenement="destruction", cercle=ici.groupe.cle).get()
        assert str(situation.public_id) in certificat.details["situations"]
        assert FaitStatistique.objects.filter(evenement="cloture", issue="effacement_demande").count() == 1


def test_un_dossier_limite_s_efface_quand_la_personne_l_obtient():
    ici, situation, _ = executee("limitation")
    _, question = interrogee(ici, "effacement")
    repondre_ici(ici, question, "fait")
    purger()
    with en_maintenance():
        assert not Situation.objects.filter(pk=situation.pk).exists()
        assert not Limitation.objects.exists()


def test_la_purge_efface_le_fichier_puis_la_demande_et_ne_trouve_rien_la_seconde_fois(horloge):
    ici = un_registre()
    une_situation(ici.groupe, QUI)
    demande, question = interrogee(ici)
    repondre_ici(ici, question, "extrait")
    with contexte(ici.dpo.pk):
        demandes.repondre(demande=demande.public_id, version=demande.version, decision="accordee")
    horloge(INSTANT + timedelta(days=31))
    assert purger_demandes()["fichierdereponse"] == 1
    with en_maintenance():
        assert Reponse.objects.get().contenu is None
        assert DemandeDeDroit.objects.count() == 1
    horloge(INSTANT + timedelta(days=367))
    assert purger_demandes()["demandededroit"] == 1
    assert not +purger_demandes()
    with en_maintenance():
        for modele in (DemandeDeDroit, Envoi, Question, Reponse, FichierDeReponse):
            assert not modele.objects.exists(), modele
        assert not Identite.objects.filter(cercle=ici.formation.cercle).exists()
        assert FaitStatistique.objects.filter(evenement="droit_reponse").count() == 1


def test_une_demande_sans_reponse_a_aussi_une_fin(horloge):
    ici = un_registre()
    recue(ici)
    horloge(INSTANT + timedelta(days=420))
    assert purger_demandes()["demandededroit"] == 1


@pytest.mark.parametrize(
    ("table", "colonnes"),
    [
        ("droits_question", "droit = 'opposition'"),
        ("droits_demandededroit", "droit = 'opposition'"),
        ("droits_envoi", "destinataire = gen_random_uuid()"),
        ("droits_limitation", "motif = 'illicite'"),
    ],
)
def test_ce_qui_est_demande_ne_se_reecrit_pas(table, colonnes):
    ici = un_registre()
    with (
        contexte(ici.dpo.pk),
        connection.cursor() as curseur,
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        curseur.execute(f"UPDATE {table} SET {colonnes}")


def test_une_question_sans_envoi_ne_se_glisse_pas_chez_un_groupe():
    ici = un_registre()
    lue = verifiee(ici)
    with (
        contexte(ici.dpo.pk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        forger_question(ici, lue)
    with en_maintenance():
        assert not Question.objects.exists()


def forger_question(ici, lue):
    demandes.remettre(
        "droits_question",
        public_id=uuid4(),
        version=1,
        cercle_id=ici.groupe.cle,
        cercle_origine_id=ici.formation.cercle_id,
        piste=uuid4(),
        reference=lue.reference,
        droit="acces",
        champ="",
        scelle=b"X",
        recue_le=JOUR,
        avant_le=JOUR,
        expire_le=JOUR,
        constat="",
    )


def test_une_reponse_ne_se_forge_pas_sans_question():
    ici = un_registre()
    with (
        contexte(ici.groupe.coordonnatrice.pk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        demandes.remettre(
            "droits_reponse",
            public_id=uuid4(),
            version=1,
            cercle_id=ici.formation.cercle_id,
            cercle_origine_id=ici.groupe.cle,
            piste=uuid4(),
            constat="non_trouve",
            motif="",
            le=JOUR,
            contenu=None,
        )


def test_le_journal_ne_dit_rien_d_un_cercle_qu_on_ne_lit_pas():
    ici = un_registre()
    situation = une_situation(ici.groupe, QUI)
    with contexte(ici.dpo.pk), connection.cursor() as curseur:
        curseur.execute(
            "SELECT * FROM socle.consultations(%s, %s)", [ici.groupe.cle, [str(situation.public_id)]]
        )
        assert curseur.fetchall() == []
        curseur.execute(
            "SELECT * FROM socle.activite_du_conseil(%s, '2026-01-01', '2027-01-01')",
            [ici.formation.conseil_id],
        )
        assert curseur.fetchall()
    with contexte(ici.groupe.coordonnatrice.pk), connection.cursor() as curseur:
        curseur.execute(
            "SELECT * FROM socle.activite_du_conseil(%s, '2026-01-01', '2027-01-01')",
            [ici.formation.conseil_id],
        )
        assert curseur.fetchall() == []
