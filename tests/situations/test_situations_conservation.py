"""Erasure at term: whole, once, resumable, and figures that never change."""

import json
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from tests.situations.fabriques import decider, personne, signaler, un_groupe, une_situation

from maillage.instances.models import Conseil
from maillage.projet.commandes._sortie import ErreurCommande
from maillage.projet.commandes.conserver import purger as commande_purger
from maillage.situations.models import NOMINATIVES, Identite, Signalement, Situation
from maillage.situations.models.retrait import Reprenable
from maillage.situations.services import cloture, conservation, referents, suivi
from maillage.situations.services.conservation import purger
from maillage.socle.contexte import contexte
from maillage.socle.jetons import nouveau_jeton, une_seule_fois
from maillage.socle.models import EntreeJournal, FaitStatistique, JetonFormulaire
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui

pytestmark = pytest.mark.django_db


@pytest.fixture
def purger_au(horloge):
    """Run the retention on a day to come: the clock is set at noon of that day, and left there."""

    def lancer(jour: date, heure: time = time(12, tzinfo=UTC)):
        horloge(datetime.combine(jour, heure))
        return purger()

    return lancer


def lignes() -> int:
    return sum(modele.objects.count() for modele in NOMINATIVES)


def un_suivi_complet(ici, au_nom_de, **champs) -> Situation:
    situation = une_situation(ici, **champs)
    jour, cle = situation.ouverte_le, situation.public_id
    with au_nom_de(ici.membre):
        suivi.noter_contact(
            situation=cle, le=jour, moyen="entretien", avec="personne", duree_min=30, suite="aucune"
        )
        suivi.noter_remise_lettre(situation=cle, destinataire="personne", remise_le=jour, moyen="courrier")
        suivi.partager_element(situation=cle, categorie="besoin_exprime", precision="Emploi")
        suivi.poser_objectif(situation=cle, libelle="Reprendre le sport", domaine="loisirs", echeance=jour)
        suivi.ecrire_bilan(situation=cle, texte="Trois rencontres, assiduité revenue.")
        referents.designer_referent(
            situation=cle, referent=ici.membre.public_id, profession="educateur_specialise", depuis=jour
        )
    return situation


def test_la_purge_efface_tout_du_dossier_et_garde_les_faits(fabrique, au_nom_de, purger_au):
    ici = un_groupe()
    situation = un_suivi_complet(ici, au_nom_de)
    with au_nom_de(ici.coordonnatrice):
        cloture.clore(
            situation=situation.public_id, version=1, issue="objectifs_atteints", le=situation.ouverte_le
        )
    with fabrique():
        situation.refresh_from_db()
        faits = FaitStatistique.objects.exclude(evenement="terme")
        avant = sorted(faits.values_list("evenement", "mois", "issue"))
        assert lignes() > 8

    certificat = purger_au(situation.expire_le)

    with fabrique():
        assert lignes() == 0
        # The planned end of a closed file told a year of birth: it goes with the file.
        assert sorted(FaitStatistique.objects.values_list("evenement", "mois", "issue")) == avant
        entree = EntreeJournal.objects.get(evenement="destruction")
    assert certificat.situations == [str(situation.public_id)]
    assert entree.details["situations"] == [str(situation.public_id)]
    assert entree.cercle == ici.cle
    assert "Maravalle" not in json.dumps(entree.details)


def test_la_veille_du_terme_rien_n_est_efface(fabrique, au_nom_de, purger_au):
    ici = un_groupe()
    recu = signaler(ici)
    assert purger_au(recu.expire_le - timedelta(days=1)).vide
    with fabrique():
        assert Signalement.objects.count() == 1
    assert purger_au(recu.expire_le).signalements == [str(recu.public_id)]
    assert purger_au(recu.expire_le).vide
    with fabrique():
        assert not Identite.objects.exists()


def test_une_personne_encore_nommee_par_un_dossier_n_est_pas_effacee(fabrique, au_nom_de, purger_au):
    ici = un_groupe()
    situation = une_situation(ici)
    with fabrique():
        connue = Identite.objects.get(pk=situation.identite_id)
    second = signaler(ici, qui=personne(), rapprocher_de=connue.public_id, motif="decrochage")
    purger_au(second.expire_le)
    with fabrique():
        assert not Signalement.objects.filter(pk=second.pk).exists()
        assert Identite.objects.filter(pk=connue.pk).exists()
        assert Situation.objects.filter(pk=situation.pk).exists()


def test_le_signalement_d_une_situation_vit_et_meurt_avec_elle(fabrique, au_nom_de, purger_au):
    ici = un_groupe()
    situation = une_situation(ici)
    purger_au(situation.ouverte_le + timedelta(days=60))
    with fabrique():
        assert Signalement.objects.filter(pk=situation.signalement_id).exists()


def test_un_dossier_encore_ouvert_a_vingt_cinq_ans_est_detruit_et_compte_comme_clos(
    fabrique, au_nom_de, purger_au
):
    ici = un_groupe()
    situation = une_situation(ici)
    purger_au(date(2035, 4, 12))
    with fabrique():
        assert lignes() == 0
        assert not FaitStatistique.objects.filter(evenement="cloture").exists()
        fait = FaitStatistique.objects.get(evenement="terme")
    assert (fait.issue, fait.mois, fait.fil) == ("limite_age", date(2035, 12, 1), situation.fil)


def test_rien_ne_s_ecrit_dans_un_suivi_que_l_age_a_fini_meme_si_la_purge_tarde(au_nom_de, horloge):
    ici = un_groupe()
    situation = une_situation(ici)
    horloge(datetime(2035, 4, 12, 12, tzinfo=UTC))
    with au_nom_de(ici.coordonnatrice), pytest.raises(Refus) as refus:
        cloture.clore(situation=situation.public_id, version=1, issue="terme", le=date(2035, 4, 12))
    assert [motif.code for motif in refus.value.verdict.motifs] == ["terme_atteint"]


def test_un_jour_a_venir_est_refuse_sauf_pour_compter(fabrique, capsys):
    ici = un_groupe()
    recu = signaler(ici)
    with pytest.raises(ErreurCommande, match="à venir"):
        commande_purger(recu.expire_le, essai=False, json=False)
    with pytest.raises(Refus):
        purger(aujourd_hui() + timedelta(days=1))
    with fabrique():
        assert Signalement.objects.count() == 1
        assert not EntreeJournal.objects.filter(evenement="purge").exists()
    assert commande_purger(recu.expire_le, essai=True, json=False) == 0
    assert "signalements 1" in capsys.readouterr().out


def test_la_purge_du_jour_efface_aussi_ce_qui_ne_servait_qu_a_la_journee(fabrique, horloge):
    compte = un_groupe().membre
    horloge(datetime(2026, 3, 1, 12, tzinfo=UTC))
    with contexte(compte.pk):
        une_seule_fois(nouveau_jeton(), lambda: "/")
    horloge(datetime(2026, 3, 20, 12, tzinfo=UTC))
    assert commande_purger(None, essai=True, json=False) == 0
    with fabrique():
        assert JetonFormulaire.objects.exists()
    assert commande_purger(None, essai=False, json=False) == 0
    with fabrique():
        assert not JetonFormulaire.objects.exists()


def test_un_jour_passe_n_efface_que_ce_qui_etait_deja_a_son_terme(fabrique, horloge):
    ici = un_groupe()
    recu = signaler(ici)
    horloge(datetime.combine(recu.expire_le, time(12, tzinfo=UTC)))
    assert purger(recu.expire_le - timedelta(days=1)).vide
    assert purger(recu.expire_le).signalements == [str(recu.public_id)]


@pytest.mark.parametrize(
    ("commune", "heure_utc", "efface"),
    [("31555", 23, True), ("97209", 23, False), ("97411", 21, True), ("31555", 21, False)],
)
def test_le_jour_du_terme_commence_a_minuit_la_ou_le_groupe_travaille(
    fabrique, horloge, commune, heure_utc, efface
):
    ici = un_groupe()
    recu = signaler(ici)
    with fabrique():
        Conseil.objects.update(commune_code=commune)
    veille = recu.expire_le - timedelta(days=1)
    horloge(datetime.combine(veille, time(heure_utc, 30, tzinfo=UTC)))
    assert bool(purger().signalements) is efface


def test_chaque_passage_est_inscrit_au_journal_meme_quand_rien_n_est_a_effacer(fabrique):
    assert commande_purger(None, essai=False, json=False) == 0
    with fabrique():
        entree = EntreeJournal.objects.get(evenement="purge")
    assert entree.details == {"le": aujourd_hui().isoformat()}


def test_l_essai_compte_et_n_efface_rien(fabrique, au_nom_de, capsys, horloge):
    ici = un_groupe()
    recu = signaler(ici)
    assert commande_purger(recu.expire_le, essai=True, json=True) == 0
    rendu = json.loads(capsys.readouterr().out)
    assert rendu["signalements"] == [str(recu.public_id)]
    with fabrique():
        assert Signalement.objects.count() == 1
        assert not EntreeJournal.objects.filter(evenement="destruction").exists()
    horloge(datetime.combine(recu.expire_le, time(12, tzinfo=UTC)))
    assert commande_purger(recu.expire_le, essai=False, json=False) == 0
    assert "certificat de destruction" in capsys.readouterr().out
    with fabrique():
        assert not Signalement.objects.exists()


def test_une_purge_interrompue_reprend_et_finit(fabrique, au_nom_de, monkeypatch, purger_au):
    ici = un_groupe()
    echus = [signaler(ici) for _ in range(5)]
    monkeypatch.setattr(conservation, "LOT", 2)
    reel, coups = conservation._certifier, Counter()

    def mourir_au_deuxieme_lot(*args, **kwargs):
        coups["lot"] += 1
        if coups["lot"] == 2:
            raise KeyboardInterrupt
        return reel(*args, **kwargs)

    monkeypatch.setattr(conservation, "_certifier", mourir_au_deuxieme_lot)
    with pytest.raises(KeyboardInterrupt):
        purger_au(echus[0].expire_le)
    with fabrique():
        assert Signalement.objects.count() == 3
    purger_au(echus[0].expire_le)
    with fabrique():
        assert lignes() == 0
        certifies = [
            cle
            for entree in EntreeJournal.objects.filter(evenement="destruction")
            for cle in entree.details["signalements"]
        ]
    assert sorted(certifies) == sorted(str(s.public_id) for s in echus)


@pytest.mark.parametrize("graine", range(6))
def test_quel_que_soit_le_jour_ne_restent_que_les_dossiers_dont_le_terme_est_a_venir(
    fabrique, au_nom_de, graine, purger_au
):
    import random

    hasard = random.Random(graine)
    ici = un_groupe()
    for _ in range(6):
        annee = hasard.randint(2002, 2016)
        recu = signaler(
            ici, qui=personne(naissance=date(annee, hasard.randint(1, 12), 15)), motif="incivilites"
        )
        issue = hasard.choice(["", "non_retenu", "retenu", "clos"])
        if issue == "clos":
            situation = decider(ici, recu)
            with au_nom_de(ici.coordonnatrice):
                cloture.clore(
                    situation=situation.public_id, version=1, issue="terme", le=situation.ouverte_le
                )
        elif issue:
            decider(ici, recu, issue)
    le = hasard.choice([recu.expire_le, recu.recu_le + timedelta(days=hasard.randint(0, 4000))])
    with fabrique():
        faits = FaitStatistique.objects.exclude(issue="limite_age").count()
    purger_au(le)
    with fabrique():
        assert not Situation.objects.filter(expire_le__lte=le).exists()
        assert not Signalement.objects.filter(expire_le__lte=le, situations__isnull=True).exists()
        orphelines = Identite.objects.filter(signalements__isnull=True, situations__isnull=True)
        assert not orphelines.exists()
        assert FaitStatistique.objects.exclude(issue="limite_age").count() == faits
    assert purger_au(le).vide


def test_le_role_web_n_efface_que_ce_qu_un_auteur_reprend():
    with connection.cursor() as curseur:
        for modele in NOMINATIVES:
            curseur.execute("SELECT has_table_privilege('m_web', %s, 'DELETE')", [modele._meta.db_table])
            assert curseur.fetchone() == (issubclass(modele, Reprenable),)
