"""The run of the day: whole or not passed, one at a time, bounded, and started by the service once a day."""

import subprocess
import uuid
from datetime import UTC, datetime, time, timedelta
from time import monotonic, sleep
from types import SimpleNamespace

import psycopg
import pytest
from django.db import OperationalError, connection
from tests.acteurs.fabriques import creer_compte
from tests.droits.fabriques_droits import INSTANT, recue, un_registre
from tests.situations.fabriques import signaler, un_groupe

from maillage.droits.models import Limitation
from maillage.droits.rules.demandes import JUSTICE
from maillage.maire.services import conservation as du_maire
from maillage.projet import configuration, controles_conservation, purge, quotidien
from maillage.projet.commandes import conserver
from maillage.situations.models import Signalement
from maillage.situations.services import conservation
from maillage.socle.contexte import en_maintenance
from maillage.socle.models import EntreeJournal, JetonFormulaire


def a_midi(jour):
    return datetime.combine(jour, time(12, tzinfo=UTC))


def passages():
    with en_maintenance():
        return EntreeJournal.objects.filter(evenement="purge").count()


@pytest.mark.django_db
@pytest.mark.parametrize("etape", range(len(purge.ETAPES)))
def test_une_purge_coupee_a_une_etape_n_est_pas_passee_et_la_suivante_la_finit(monkeypatch, horloge, etape):
    recu = signaler(un_groupe())
    horloge(a_midi(recu.expire_le))

    def mourir():
        raise KeyboardInterrupt

    coupees = [*purge.ETAPES[:etape], mourir, *purge.ETAPES[etape + 1 :]]
    with monkeypatch.context() as coupure:
        coupure.setattr(purge, "ETAPES", coupees)
        with pytest.raises(KeyboardInterrupt):
            purge.passer()
    assert passages() == 0
    assert not purge.du_jour_faite()
    assert purge.passer().vide
    assert passages() == 1
    assert purge.du_jour_faite()


@pytest.mark.django_db
def test_une_purge_d_un_jour_passe_ne_compte_pas_pour_celle_du_jour(horloge):
    recu = signaler(un_groupe())
    horloge(a_midi(recu.expire_le))
    assert purge.passer(recu.expire_le - timedelta(days=1)).vide
    assert not purge.du_jour_faite()
    assert purge.passer().signalements == [str(recu.public_id)]
    horloge(a_midi(recu.expire_le + timedelta(days=1)))
    assert not purge.du_jour_faite()


def test_une_seule_purge_a_la_fois_et_le_verrou_meurt_avec_elle(
    base_neuve, serveur_essais, django_db_blocker
):
    autre = serveur_essais.parametres_connexion("m_proprietaire", base_neuve).libpq()
    with django_db_blocker.unblock():
        with psycopg.connect(**autre, autocommit=True) as tierce:
            tierce.execute("SELECT pg_advisory_lock(%s)", [purge.VERROU])
            with purge.seul() as libre:
                assert not libre
        _attendre_la_fin()
        for _ in range(2):
            with purge.seul() as libre:
                assert libre


def _attendre_la_fin() -> None:
    """A session that was closed drops its locks an instant later."""
    fin = monotonic() + 30
    while monotonic() < fin:
        with connection.cursor() as curseur:
            curseur.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [purge.VERROU]
            )
            if curseur.fetchone() == (0,):
                return
        sleep(0.05)


@pytest.mark.django_db
def test_la_commande_ne_fait_rien_quand_une_autre_court_ou_que_le_jour_est_fait(monkeypatch, horloge, capsys):
    recu = signaler(un_groupe())
    horloge(a_midi(recu.expire_le))
    args = SimpleNamespace(action="purger", le=None, essai=False, du_jour=True, json=False)
    monkeypatch.setattr("maillage.projet.commandes._base.en_operateur", en_maintenance)
    monkeypatch.setattr(conserver, "_laisser_les_journaux_d_ecriture", lambda: None)
    with monkeypatch.context() as pris:
        pris.setattr(purge, "seul", lambda: JamaisLibre())
        assert conserver.executer(args) == 0
    assert "déjà en cours" in capsys.readouterr().out
    with en_maintenance():
        assert Signalement.objects.count() == 1
    assert conserver.executer(args) == 0
    assert "signalements 1" in capsys.readouterr().out
    assert conserver.executer(args) == 0
    assert "déjà passée" in capsys.readouterr().out
    assert passages() == 1


class JamaisLibre:
    def __enter__(self):
        return False

    def __exit__(self, *_):
        return None


@pytest.mark.django_db
def test_la_purge_lit_par_lots_quel_que_soit_le_nombre_de_dossiers(monkeypatch, horloge):
    """No statement brings back more rows when there are three times as many files to erase."""
    monkeypatch.setattr(conservation, "LOT", 3)
    monkeypatch.setattr(du_maire, "LOT", 3)
    plus_lus = []
    for nombre in (6, 18):
        ici = un_groupe()
        recus = [signaler(ici) for _ in range(nombre)]
        horloge(a_midi(recus[-1].expire_le))
        lus = []

        def compter(executer, sql, params, many, contexte, lus=lus):
            rendu = executer(sql, params, many, contexte)
            if sql.lstrip().upper().startswith("SELECT"):
                lus.append(contexte["cursor"].rowcount)
            return rendu

        with connection.execute_wrapper(compter):
            assert len(purge.passer().signalements) == nombre
        plus_lus.append(max(lus))
        horloge(datetime.now(UTC))
    assert plus_lus[0] == plus_lus[1]


def test_les_pages_ne_se_reecrivent_pas_dans_une_transaction(db):
    assert purge._reecrire_les_pages() == 0


def test_une_table_tenue_par_une_sauvegarde_est_dite_et_reprise(
    base_neuve, serveur_essais, django_db_blocker
):
    from maillage.projet.bases import sous_le_proprietaire

    lecteur = serveur_essais.parametres_connexion("m_proprietaire", base_neuve).libpq()
    with django_db_blocker.unblock(), sous_le_proprietaire():
        with psycopg.connect(**lecteur) as sauvegarde:
            sauvegarde.execute("SELECT FROM socle_jetonformulaire")
            with connection.cursor() as curseur:
                curseur.execute("SET lock_timeout = '100ms'")
            with pytest.raises(OperationalError):
                purge._reecrire("socle_jetonformulaire")
            assert purge._reecrire_les_pages() == len(purge.DU_JOUR) - 2
        assert purge._reecrire("socle_jetonformulaire")
        with psycopg.connect(**lecteur) as sauvegarde:
            sauvegarde.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            sauvegarde.execute("SELECT 1")
            with en_maintenance():
                for _ in range(2):
                    JetonFormulaire.objects.create(
                        compte=1, jeton=uuid.uuid4(), resultat="/", le=datetime.now(UTC)
                    )
            with en_maintenance():
                JetonFormulaire.objects.all().delete()
            assert not purge._reecrire("socle_jetonformulaire")
        assert purge._reecrire("socle_jetonformulaire")
        assert not purge._a_reecrire()
        from maillage.situations.api import noter_le_passage
        from maillage.socle.temps import aujourd_hui

        noter_le_passage(aujourd_hui(), a_reecrire=1)
        assert purge._a_reecrire()
        noter_le_passage(aujourd_hui())
        assert not purge._a_reecrire()


# --- Started by the service ------------------------------------------------------------------------


class Lancee(quotidien.Quotidienne):
    """Starts nothing: says that it would."""

    def __init__(self):
        self.heure, self.lancees, self.code = 0.0, 0, None
        super().__init__(horloge=lambda: self.heure)

    def lancer(self):
        self.lancees += 1
        return SimpleNamespace(poll=lambda: self.code, terminate=lambda: setattr(self, "code", -15))


@pytest.mark.django_db
def test_le_service_lance_la_purge_du_jour_une_fois_apres_deux_heures(horloge):
    horloge(datetime(2026, 6, 3, 23, 59, tzinfo=UTC))  # 1 h 59 in Paris
    service = Lancee()
    service.veiller()
    service.heure = quotidien.APRES_LE_DEPART + 1
    service.veiller()
    assert service.lancees == 0
    horloge(datetime(2026, 6, 4, 0, 1, tzinfo=UTC))
    for _ in range(3):
        service.veiller()
    assert service.lancees == 1


@pytest.mark.django_db
def test_une_purge_qui_echoue_est_reprise_une_heure_apres_et_pas_avant(horloge):
    horloge(datetime(2026, 6, 4, 9, tzinfo=UTC))
    service = Lancee()
    service.heure = quotidien.APRES_LE_DEPART + 1
    service.veiller()
    service.code = 1
    service.veiller()
    assert service.lancees == 1
    service.heure += quotidien.AVANT_DE_REESSAYER + 1
    service.veiller()
    assert service.lancees == 2
    service.code = 0
    purge.passer()
    service.heure += quotidien.AVANT_DE_REESSAYER + 1
    service.veiller()
    assert service.lancees == 2


@pytest.mark.django_db
def test_le_service_qui_s_arrete_arrete_la_purge(horloge):
    horloge(datetime(2026, 6, 4, 9, tzinfo=UTC))
    service = Lancee()
    service.arreter()
    service.heure = quotidien.APRES_LE_DEPART + 1
    service.veiller()
    service.arreter()
    assert service.code == -15


def test_l_ordre_lance_est_celui_de_l_exploitant(monkeypatch):
    vus = []
    monkeypatch.setattr(subprocess, "Popen", lambda ordre, **_: vus.append(ordre))
    quotidien.Quotidienne().lancer()
    assert vus[0][1:] == ["-m", "maillage.projet.cli", "conserver", "purger", "--du-jour"]


def test_la_purge_est_confiee_au_service_ou_a_l_exploitant(settings):
    assert configuration.lire({}).purge == "service"
    assert configuration.lire({"MAILLAGE_PURGE": "exploitant"}).purge == "exploitant"
    assert any("MAILLAGE_PURGE" in faute for faute in configuration.lire({"MAILLAGE_PURGE": "x"}).fautes)
    assert "service" in controles_conservation.purge_confiee()[1]


@pytest.mark.django_db
def test_un_registre_en_retard_dans_une_autre_salle_fait_echouer_le_controle(horloge):
    horloge(INSTANT)
    lue = recue(un_registre())
    horloge(a_midi(lue.expire_le + timedelta(days=1)))
    assert controles_conservation.registres_a_jour()[0]
    horloge(a_midi(lue.expire_le + timedelta(days=2)))
    ok, detail = controles_conservation.registres_a_jour()
    assert not ok
    assert "demandededroit : 1" in detail
    with en_maintenance():
        retenue = Limitation.objects.create(
            cercle_id=lue.cercle_id,
            objet=lue.public_id,
            reference="retenue pour la justice",
            le=lue.expire_le,
            par=creer_compte(),
            motif=JUSTICE,
            gele=False,
        )
        assert controles_conservation.registres_a_jour()[0]
        Limitation.objects.filter(pk=retenue.pk).update(levee_le=lue.expire_le)
    assert not controles_conservation.registres_a_jour()[0]
    purge.passer()
    assert controles_conservation.registres_a_jour()[0]
