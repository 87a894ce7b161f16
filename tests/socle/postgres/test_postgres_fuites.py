"""Nothing that is stored, searched or mistyped reaches the server's log."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from maillage.socle.postgres import Serveur, serveur_demarre
from maillage.socle.postgres.reglages import SANS_CONTENU, memoire_partagee, reglages

pytestmark = pytest.mark.serveur

NOM = "Zoltán-Perceval"


def test_the_settings_that_keep_logs_silent_come_from_the_command_line(serveur: Serveur) -> None:
    with serveur.connexion_superutilisateur() as conn:
        lus = {
            nom: (valeur, source)
            for nom, valeur, source in conn.execute("SELECT name, setting, source FROM pg_settings")
        }
        for nom, valeur in SANS_CONTENU.items():
            assert lus[nom] == (valeur, "command line"), nom
        assert lus["listen_addresses"] == ("", "command line")
        assert lus["max_connections"][0] == "60"
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            conn.execute("ALTER SYSTEM SET log_statement = 'all'")


@pytest.mark.parametrize(
    "requete",
    [
        "SELECT %s::integer",
        "SELECT %s::date",
        "INSERT INTO public.personne VALUES (%s), (%s)",
        "INSERT INTO public.personne VALUES (repeat(%s, 3000))",
        "INSERT INTO public.absente VALUES (%s)",
        "SELECT 1/0 WHERE %s IS NOT NULL",
        "DO $$ BEGIN RAISE EXCEPTION '" + NOM + "'; END $$",
        "DO $$ BEGIN RAISE LOG 'bonjour'; END $$",
    ],
)
def test_a_failing_statement_leaves_no_name_in_the_log(serveur: Serveur, requete: str) -> None:
    parametres = serveur.parametres_connexion("m_proprietaire").libpq()
    with psycopg.connect(**parametres, autocommit=True) as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS public.personne (nom varchar(60) PRIMARY KEY)")
        with suppress(psycopg.Error):  # one of them only writes to the log
            conn.execute(requete.encode(), [NOM] * requete.count("%s") or None)
    assert NOM not in serveur.chemins.journal.read_text()
    assert "INSERT" not in serveur.chemins.journal.read_text()


def test_a_crash_in_the_middle_of_a_statement_leaves_no_name_in_the_log(dossier: Path) -> None:
    with serveur_demarre(dossier) as serveur:
        parametres = serveur.parametres_connexion("m_proprietaire").libpq()
        conn = psycopg.connect(**parametres)
        conn.pgconn.send_query(f"SELECT pg_sleep(30), '{NOM}'".encode())
        with serveur.connexion_superutilisateur() as observateur:
            endormi = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            limite = time.monotonic() + 10
            while not observateur.execute(endormi).fetchone():
                assert time.monotonic() < limite
                time.sleep(0.02)
        os.kill(conn.info.backend_pid, signal.SIGKILL)
        limite = time.monotonic() + 10
        while "terminated by signal 9" not in serveur.chemins.journal.read_text():
            assert time.monotonic() < limite
            time.sleep(0.05)
        conn.close()
    journal = serveur.chemins.journal.read_text()
    assert NOM not in journal
    assert "pg_sleep" not in journal


def test_a_wrong_password_is_logged_without_the_password(serveur: Serveur) -> None:
    parametres = {**serveur.parametres_connexion("m_web").libpq(), "password": NOM}
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(**parametres)
    assert NOM not in serveur.chemins.journal.read_text()


def test_connection_parameters_print_without_their_password(serveur: Serveur) -> None:
    parametres = serveur.parametres_connexion("m_web")
    assert parametres.mot_de_passe not in repr(parametres)
    assert parametres.mot_de_passe in parametres.adresse()
    assert parametres.django()["PASSWORD"] == parametres.mot_de_passe


def test_the_shared_memory_is_modest_and_the_socket_path_is_quoted() -> None:
    assert 128 <= memoire_partagee() <= 512
    assert reglages(Path('/a "b"'))["unix_socket_directories"] == '"/a ""b"""'


def test_a_log_that_grew_is_set_aside_at_the_next_start(dossier: Path) -> None:
    journal = dossier / "serveur.log"
    journal.write_text("LOG:  ancien\n" * 100_000)
    with serveur_demarre(dossier):
        assert journal.stat().st_size < 100_000
    assert (dossier / "serveur.log.1").stat().st_size > 1_000_000
