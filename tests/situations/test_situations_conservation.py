"""Erasure at term: whole, once, resumable, and figures that never change."""

import json
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from tests.situations.fabriques import decider, personne, signaler, un_groupe, une_situation

from maillage.projet.commandes.conserver import purger as commande_purger
from maillage.situations.models import NOMINATIVES, Identite, Signalement, Situation
from maillage.situations.services import cloture, conservation, referents, suivi
from maillage.situations.services.conservation import purger
from maillage.socle.models import EntreeJournal, FaitStatistique

pytestmark = pytest.mark.django_db


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


def test_la_purge_efface_tout_du_dossier_et_garde_les_faits(fabrique, au_nom_de):
    ici = un_groupe()
    situation = un_suivi_complet(ici, au_nom_de)
    with au_nom_de(ici.coordonnatrice):
        cloture.clore(
            situation=situation.public_id, version=1, issue="objectifs_atteints", le=situation.ouverte_le
        )
    with fabrique():
        situation.refresh_from_db()
        avant = sorted(FaitStatistique.objects.values_list("evenement", "mois", "issue"))
        assert lignes() > 8

    certificat = purger(situation.expire_le)

    with fabrique():
        assert lignes() == 0
        assert sorted(FaitStatistique.objects.values_list("evenement", "mois", "issue")) == avant
        entree = EntreeJournal.objects.get(evenement="destruction")
    assert certificat.situations == [str(situation.public_id)]
    assert entree.details["situations"] == [str(situation.public_id)]
    assert entree.cercle == ici.cle
    assert "Maravalle" not in json.dumps(entree.details)


def test_la_veille_du_terme_rien_n_est_efface(fabrique, au_nom_de):
    ici = un_groupe()
    recu = signaler(ici)
    assert purger(recu.expire_le - timedelta(days=1)).vide
    with fabrique():
        assert Signalement.objects.count() == 1
    assert purger(recu.expire_le).signalements == [str(recu.public_id)]
    assert purger(recu.expire_le).vide
    with fabrique():
        assert not Identite.objects.exists()


def test_une_personne_encore_nommee_par_un_dossier_n_est_pas_effacee(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    with fabrique():
        connue = Identite.objects.get(pk=situation.identite_id)
    second = signaler(ici, qui=personne(), rapprocher_de=connue.public_id, motif="decrochage")
    purger(second.expire_le)
    with fabrique():
        assert not Signalement.objects.filter(pk=second.pk).exists()
        assert Identite.objects.filter(pk=connue.pk).exists()
        assert Situation.objects.filter(pk=situation.pk).exists()


def test_le_signalement_d_une_situation_vit_et_meurt_avec_elle(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    purger(situation.ouverte_le + timedelta(days=60))
    with fabrique():
        assert Signalement.objects.filter(pk=situation.signalement_id).exists()


def test_un_dossier_encore_ouvert_a_vingt_cinq_ans_est_detruit_et_compte_comme_clos(fabrique, au_nom_de):
    ici = un_groupe()
    situation = une_situation(ici)
    purger(date(2035, 4, 12))
    with fabrique():
        assert lignes() == 0
        fait = FaitStatistique.objects.get(evenement="cloture")
    assert (fait.issue, fait.mois, fait.fil) == ("limite_age", date(2035, 4, 1), situation.fil)


def test_l_essai_compte_et_n_efface_rien(fabrique, au_nom_de, capsys):
    ici = un_groupe()
    recu = signaler(ici)
    assert commande_purger(recu.expire_le, essai=True, json=True) == 0
    rendu = json.loads(capsys.readouterr().out)
    assert rendu["signalements"] == [str(recu.public_id)]
    with fabrique():
        assert Signalement.objects.count() == 1
        assert not EntreeJournal.objects.filter(evenement="destruction").exists()
    assert commande_purger(recu.expire_le, essai=False, json=False) == 0
    assert "certificat de destruction" in capsys.readouterr().out
    with fabrique():
        assert not Signalement.objects.exists()


def test_une_purge_interrompue_reprend_et_finit(fabrique, au_nom_de, monkeypatch):
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
        purger(echus[0].expire_le)
    with fabrique():
        assert Signalement.objects.count() == 3
    purger(echus[0].expire_le)
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
    fabrique, au_nom_de, graine
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
    purger(le)
    with fabrique():
        assert not Situation.objects.filter(expire_le__lte=le).exists()
        assert not Signalement.objects.filter(expire_le__lte=le, situations__isnull=True).exists()
        orphelines = Identite.objects.filter(signalements__isnull=True, situations__isnull=True)
        assert not orphelines.exists()
        assert FaitStatistique.objects.exclude(issue="limite_age").count() == faits
    assert purger(le).vide


def test_le_role_web_ne_peut_rien_effacer():
    with connection.cursor() as curseur:
        for modele in NOMINATIVES:
            curseur.execute("SELECT has_table_privilege('m_web', %s, 'DELETE')", [modele._meta.db_table])
            assert curseur.fetchone() == (False,)
