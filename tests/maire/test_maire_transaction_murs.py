"""A settlement under the database: another register sees nothing, nobody rewrites, nothing is half done."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import psycopg
import pytest
from django.db import OperationalError, connection
from psycopg import errors
from tests.instances import fabriques as f
from tests.maire.fabriques_transactions import (
    constat,
    constatee,
    executer,
    homologuee,
    identite,
    proposee,
    une_mairie,
    version,
)

from maillage.maire.models import LigneDeRegistre, Transaction
from maillage.maire.services import transactions as debut
from maillage.maire.services.conservation import purger_actes
from maillage.maire.services.silences import conclure_les_silences
from maillage.socle.contexte import contexte, en_maintenance
from maillage.socle.refus import Refus
from maillage.socle.temps import aujourd_hui

TABLES = (
    "maire_transaction",
    "maire_propositiondetransaction",
    "maire_actedetransaction",
    "maire_executiondetransaction",
)


@pytest.fixture
def proie(base_neuve, django_db_blocker):
    """A settlement with every piece, and an agent who keeps the same register for another commune."""
    with django_db_blocker.unblock():
        ici, ailleurs = une_mairie(), une_mairie(f.VOISINE)
        dossier = homologuee(ici)
        executer(ici, dossier, "10")
        yield ici, ailleurs, dossier


def test_raw_sql_neither_reads_another_register_nor_rewrites_what_an_act_says(proie, connexion_web):
    ici, ailleurs, dossier = proie
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ailleurs.agent.pk)])
    for table in TABLES:
        assert web.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (0,)
        assert web.execute(f"UPDATE {table} SET version = 9".encode()).rowcount == 0
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ici.agent.pk)])
    interdits = [
        "UPDATE maire_transaction SET pv_numero = 'X'",
        "UPDATE maire_transaction SET estimation = 1",
        "UPDATE maire_propositiondetransaction SET montant = 1",
        "UPDATE maire_actedetransaction SET fait_le = now()",
        "UPDATE maire_executiondetransaction SET montant = 1",
        *(f"UPDATE {table} SET cercle_id = {ailleurs.actes.cercle_id}" for table in TABLES),
        *(f"DELETE FROM {table}" for table in TABLES),
    ]
    for ordre in interdits:
        with pytest.raises(errors.InsufficientPrivilege):
            web.execute(ordre.encode())
    # A piece cannot be hung on a file of another register, even by who may write in both.
    with pytest.raises(errors.InsufficientPrivilege):
        web.execute(
            "INSERT INTO maire_executiondetransaction "
            "(public_id, cercle_id, version, dossier_id, le, par_id, fait_le, montant, encadrant) "
            "VALUES (gen_random_uuid(), %s, 1, %s, now(), %s, now(), 5, 'regisseur')",
            [ailleurs.actes.cercle_id, dossier.pk, ici.agent.pk],
        )


def test_the_database_itself_refuses_the_same_pv_written_otherwise(proie, connexion_web):
    ici, _, dossier = proie
    web: psycopg.Connection = connexion_web
    web.autocommit = True
    web.execute("SELECT set_config('maillage.acteur', %s, false)", [str(ici.agent.pk)])
    colonnes = (
        "cercle_id, version, identite_id, annee, tranche_age, origine, recu_le, recu_par_id, expire_le, "
        "pv_le, faits_le, contravention, bien, lieu, lieu_precis, lieu_commune, estimation, etat"
    )
    copier = (
        f"INSERT INTO maire_transaction (public_id, fil, numero, pv_numero, {colonnes}) "
        f"SELECT gen_random_uuid(), gen_random_uuid(), %s, %s, {colonnes} "
        "FROM maire_transaction WHERE id = %s"
    )
    autrement = dossier.pv_numero.lower().replace("-", " / ")
    for numero, erreur in ((autrement, errors.UniqueViolation), ("- .", errors.CheckViolation)):
        with pytest.raises(erreur):
            web.execute(copier.encode(), [2, numero, dossier.pk])
    with pytest.raises(errors.GeneratedAlways):
        web.execute(
            copier.replace("pv_numero, c", "pv_numero, pv_cle, c")
            .replace("%s, %s, c", "%s, %s, 'X', c")
            .encode(),
            [2, "PM 88", dossier.pk],
        )
    assert web.execute("SELECT count(*) FROM maire_transaction").fetchone() == (1,)
    web.execute(copier.encode(), [2, "PM 88", dossier.pk])


def test_the_same_pv_typed_twice_at_once_is_recorded_once(base_neuve):
    ici = une_mairie()
    depart, faits, refuses = Barrier(2), [], []

    def enregistrer() -> None:
        try:
            with contexte(ici.agent.pk):
                depart.wait(timeout=10)
                faits.append(
                    debut.constater(
                        ou=ici.actes.cercle.public_id,
                        identite=identite(),
                        constat=constat(pv_numero="PM 44"),
                        action_publique=False,
                    ).numero
                )
        except Refus as refus:
            refuses.append(refus.verdict.codes)
        finally:
            connection.close()

    fils = [Thread(target=enregistrer) for _ in range(2)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=20)
    assert (faits, refuses) == ([1], [("pv_deja_enregistre",)])
    with en_maintenance():
        assert LigneDeRegistre.objects.count() == 1


def test_a_connection_killed_before_the_end_of_a_record_leaves_no_half_act_nor_gap(
    base_neuve, serveur_essais, monkeypatch
):
    ici = une_mairie()

    def tuer(*_args: object, **_details: object) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_backend_pid()")
            (pid,) = curseur.fetchone()
            with serveur_essais.connexion_superutilisateur() as superutilisateur:
                superutilisateur.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
            curseur.execute("SELECT 1")

    with monkeypatch.context() as pendant:
        pendant.setattr(debut, "journaliser", tuer)
        with pytest.raises(OperationalError):
            constatee(ici)
    connection.close()
    with en_maintenance():
        assert (Transaction.objects.count(), LigneDeRegistre.objects.count()) == (0, 0)
    assert constatee(ici).numero == 1


@pytest.mark.django_db
def test_the_daily_run_reads_silence_in_the_register_and_an_answer_in_time_opens_it_again(horloge):
    ici = une_mairie()
    dossier = proposee(ici)
    jour = aujourd_hui()
    assert conclure_les_silences() == 0
    horloge(datetime.combine(jour + timedelta(days=16), time(9), UTC))
    assert (conclure_les_silences(), conclure_les_silences()) == (1, 0)
    with en_maintenance():
        assert LigneDeRegistre.objects.get().issue == "silence"
        assert Transaction.objects.get().etat == "proposee"
    v = version(dossier, ici.agent)
    with contexte(ici.agent.pk):
        debut.noter_reponse(
            dossier=dossier.public_id,
            version=v,
            accepte=True,
            fait_le=jour + timedelta(days=15),
            action_publique=False,
        )
    with en_maintenance():
        ligne = LigneDeRegistre.objects.get()
        assert (ligne.issue, ligne.issue_le) == ("", None)


@pytest.mark.django_db
def test_a_file_past_its_term_goes_with_its_pieces_and_its_person_and_its_line_stays(horloge):
    ici = une_mairie()
    dossier = homologuee(ici)
    executer(ici, dossier, str(Decimal("240.50")))
    with en_maintenance():
        terme = Transaction.objects.get().expire_le
    horloge(datetime.combine(terme, time(9), UTC))
    effaces = purger_actes()
    assert (effaces["transaction"], effaces["executiondetransaction"], effaces["identite"]) == (1, 1, 1)
    with en_maintenance():
        assert LigneDeRegistre.objects.get().issue == "executee"
