"""The life of the embedded server: started when needed, shared, surviving the death of anything."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from maillage.socle.postgres import Etat, Serveur, serveur_demarre
from maillage.socle.postgres import serveur as module_serveur
from maillage.socle.postgres.chemins import LONGUEUR_MAXIMALE_PRISE, PORT, Chemins
from maillage.socle.postgres.erreurs import ServeurConcurrent, ServeurUtilise
from maillage.socle.postgres.processus import lire_pid

pytestmark = pytest.mark.serveur

Commande = Callable[[str], subprocess.Popen[str]]


def pid_du_serveur(dossier: Path) -> int:
    return int((dossier / "grappe" / "postmaster.pid").read_text().splitlines()[0])


def compte_du_serveur(dossier: Path) -> dict[str, Any]:
    """Arguments of Popen that run a program as the server does."""
    if os.geteuid() != 0:
        return {}
    etat = (dossier / "grappe").stat()
    return {"user": etat.st_uid, "group": etat.st_gid, "extra_groups": []}


def ecrire(serveur: Serveur, texte: str) -> None:
    with serveur.connexion_superutilisateur("maillage") as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS public.preuve (texte text)")
        conn.execute("INSERT INTO public.preuve VALUES (%s)", (texte,))


def lire(serveur: Serveur) -> list[str]:
    with serveur.connexion_superutilisateur("maillage") as conn:
        return [ligne[0] for ligne in conn.execute("SELECT texte FROM public.preuve ORDER BY 1")]


def test_the_first_start_makes_a_utf8_cluster_that_listens_on_a_private_socket_only(
    dossier_vide: Path,
) -> None:
    assert Serveur(dossier_vide).etat() is Etat.ABSENT
    with serveur_demarre(dossier_vide) as serveur, serveur.connexion_superutilisateur() as conn:
        assert serveur.etat() is Etat.DEMARRE
        base = conn.execute(
            "SELECT pg_encoding_to_char(encoding), datlocprovider, datlocale FROM pg_database"
            " WHERE datname = 'postgres'"
        ).fetchone()
        assert base == ("UTF8", "b", "C.UTF-8")
        regles = conn.execute(
            "SELECT type, database, user_name, auth_method FROM pg_hba_file_rules"
        ).fetchall()
        assert regles == [
            ("local", ["all"], ["all"], "scram-sha-256"),
            ("local", ["replication"], ["postgres"], "scram-sha-256"),
        ]
        assert conn.execute("SHOW listen_addresses").fetchone() == ("",)
    assert Serveur(dossier_vide).etat() is Etat.ARRETE
    droits = {chemin.name: chemin.stat().st_mode & 0o777 for chemin in dossier_vide.iterdir()}
    assert droits["grappe"] == droits["prise"] == droits["verrous"] == 0o700
    assert droits["superutilisateur.secret"] == droits["serveur.log"] == 0o600


def test_the_password_is_asked_for_even_on_the_local_socket(serveur: Serveur) -> None:
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            host=str(serveur.chemins.prise), port=PORT, user="postgres", dbname="postgres", password="x"
        )


def test_the_server_stops_with_its_last_user_and_not_before(dossier: Path) -> None:
    with serveur_demarre(dossier) as premier:
        with serveur_demarre(dossier) as second:
            assert second.etat() is Etat.DEMARRE
        assert premier.etat() is Etat.DEMARRE
        assert lire_version(premier) >= 18
    assert Serveur(dossier).etat() is Etat.ARRETE


def lire_version(serveur: Serveur) -> int:
    with serveur.connexion_superutilisateur() as conn:
        return conn.info.server_version // 10_000


def test_a_server_started_to_stay_survives_the_commands_that_use_it(dossier: Path) -> None:
    durable = Serveur(dossier)
    durable.demarrer(durable=True)
    pid = pid_du_serveur(dossier)
    with serveur_demarre(dossier):
        assert pid_du_serveur(dossier) == pid
    assert durable.etat() is Etat.DEMARRE
    durable.arreter()
    assert durable.etat() is Etat.ARRETE
    durable.arreter()  # stopping twice is not a fault


def test_a_polite_stop_is_refused_while_another_command_is_at_work(dossier: Path) -> None:
    with serveur_demarre(dossier) as serveur:
        with pytest.raises(ServeurUtilise, match="Une autre commande utilise la base"):
            Serveur(dossier).arreter(si_libre=True)
        assert serveur.etat() is Etat.DEMARRE
    Serveur(dossier).demarrer(durable=True)
    Serveur(dossier).arreter(si_libre=True)
    assert Serveur(dossier).etat() is Etat.ARRETE


def test_after_kill_9_of_the_server_the_next_command_finds_every_committed_row(dossier: Path) -> None:
    with serveur_demarre(dossier) as serveur:
        ecrire(serveur, "avant la panne")
        os.kill(pid_du_serveur(dossier), signal.SIGKILL)
        assert (dossier / "grappe" / "postmaster.pid").exists()
        with serveur_demarre(dossier) as repris:
            assert lire(repris) == ["avant la panne"]
    assert Serveur(dossier).etat() is Etat.ARRETE


def test_the_children_of_a_killed_server_do_not_block_the_next_start(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_serveur, "PATIENCE_ORPHELINS", 0.5)
    with serveur_demarre(dossier) as serveur:
        parametres = serveur.parametres_connexion("m_proprietaire").libpq()
        with closing(psycopg.connect(**parametres)) as occupee:
            # Busy in the processor, this child does not notice that its parent is dead.
            occupee.pgconn.send_query(b"DO $$ BEGIN LOOP NULL; END LOOP; END $$")
            os.kill(pid_du_serveur(dossier), signal.SIGKILL)
            with serveur_demarre(dossier) as repris:
                assert lire_version(repris) >= 18


def test_a_command_killed_by_kill_9_leaves_a_server_that_the_next_one_uses_and_stops(
    dossier: Path, commande: Commande
) -> None:
    tuee = commande(f"with serveur_demarre(Path({str(dossier)!r})):\n print('prêt'); time.sleep(60)")
    assert tuee.stdout is not None
    assert tuee.stdout.readline().strip() == "prêt"
    pid = pid_du_serveur(dossier)
    tuee.kill()
    tuee.wait()
    assert Serveur(dossier).etat() is Etat.DEMARRE
    with serveur_demarre(dossier) as serveur:
        assert pid_du_serveur(dossier) == pid
        ecrire(serveur, "rien de perdu")
    assert Serveur(dossier).etat() is Etat.ARRETE


def test_a_command_killed_while_it_starts_the_server_does_not_hinder_the_next(
    dossier: Path, commande: Commande
) -> None:
    tuee = commande(f"s = Serveur(Path({str(dossier)!r}))\ns._lancer()\nimport os; os.kill(os.getpid(), 9)")
    tuee.wait()
    with serveur_demarre(dossier) as serveur:
        assert lire_version(serveur) >= 18
    assert Serveur(dossier).etat() is Etat.ARRETE


def test_a_cluster_half_made_is_made_again(dossier_vide: Path) -> None:
    partielle = dossier_vide / "grappe.partielle"
    partielle.mkdir()
    (partielle / "PG_VERSION").write_text("18\n")
    with serveur_demarre(dossier_vide) as serveur:
        assert lire_version(serveur) >= 18
    assert not partielle.exists()


def test_two_commands_at_once_on_an_empty_folder_share_one_server(
    dossier_vide: Path, commande: Commande
) -> None:
    code = f"""
with serveur_demarre(Path({str(dossier_vide)!r})) as s, s.connexion_superutilisateur() as c:
    preparer_roles(c, s.mots_de_passe())
    creer_base(c)
    print(c.execute("SELECT system_identifier FROM pg_control_system()").fetchone()[0])
    sys.stdin.readline()
"""
    ensemble = [commande(code) for _ in range(3)]
    resultats = []
    for processus in ensemble:
        assert processus.stdout is not None
        resultats.append(processus.stdout.readline().strip())
    for processus in ensemble:
        _, erreurs = processus.communicate("\n", timeout=60)
        assert processus.returncode == 0, erreurs
    assert len(set(resultats)) == 1
    assert resultats[0].isdecimal()
    assert Serveur(dossier_vide).etat() is Etat.ARRETE


def test_a_pid_file_whose_number_was_given_to_a_stranger_is_not_believed(dossier: Path) -> None:
    with serveur_demarre(dossier):
        copie = (dossier / "grappe" / "postmaster.pid").read_text()
    compte = (dossier / "grappe").stat()
    # Under the server's own account: PostgreSQL alone would believe that the stranger is itself.
    etranger = subprocess.Popen(["sleep", "60"], **compte_du_serveur(dossier))
    try:
        _, reste = copie.split("\n", 1)
        fichier = dossier / "grappe" / "postmaster.pid"
        fichier.write_text(f"{etranger.pid}\n{reste}")
        os.chown(fichier, compte.st_uid, compte.st_gid)
        assert Serveur(dossier).etat() is Etat.ARRETE
        with serveur_demarre(dossier) as serveur:
            assert serveur.etat() is Etat.DEMARRE
        assert etranger.poll() is None
    finally:
        etranger.kill()
        etranger.wait()


def test_a_socket_file_left_by_a_crash_is_swept(dossier: Path) -> None:
    prise = Chemins(dossier).prise
    prise.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as ancienne:
        ancienne.bind(str(prise / f".s.PGSQL.{PORT}"))
    (prise / f".s.PGSQL.{PORT}.lock").write_text(f"{os.getpid()}\n{dossier}\n0\n{PORT}\n{prise}\n")
    with serveur_demarre(dossier) as serveur:
        assert lire_version(serveur) >= 18


def test_a_server_started_by_hand_on_our_data_is_refused_and_left_alone(dossier: Path) -> None:
    serveur = Serveur(dossier)
    serveur.preparer()
    grappe = dossier / "grappe"
    a_la_main = subprocess.Popen(
        [serveur.binaires().programme("postgres"), "-D", grappe, "-k", grappe, "-c", "listen_addresses="],
        stderr=subprocess.DEVNULL,
        cwd="/",
        **compte_du_serveur(dossier),
    )
    try:
        while (pid := lire_pid(grappe)) is None or not pid.pret:
            assert a_la_main.poll() is None
            time.sleep(0.02)
        with pytest.raises(ServeurConcurrent, match=str(a_la_main.pid)):
            serveur.demarrer()
        assert a_la_main.poll() is None
    finally:
        a_la_main.send_signal(signal.SIGINT)
        a_la_main.wait()


@pytest.mark.parametrize("nom", ["l'été, à Saint-Étienne", 'un "nom" long ' + "é" * 60])
def test_any_folder_name_will_do_and_the_socket_path_stays_short(dossier: Path, nom: str) -> None:
    ailleurs = dossier / nom
    ailleurs.mkdir(mode=0o711)
    for partie in ("grappe", "superutilisateur.secret", "secrets.json"):
        (dossier / partie).rename(ailleurs / partie)
    chemins = Chemins(ailleurs)
    assert len(os.fsencode(chemins.prise / f".s.PGSQL.{PORT}")) <= LONGUEUR_MAXIMALE_PRISE
    with serveur_demarre(ailleurs) as serveur:
        assert lire_version(serveur) >= 18
        assert chemins.prise.stat().st_mode & 0o777 == 0o700
    if chemins.prise.parent == Path("/tmp"):
        chemins.prise.rmdir()


def test_the_server_runs_under_an_account_without_privilege_and_without_our_environment(
    serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = pid_du_serveur(serveur.chemins.dossier)
    uid = Path(f"/proc/{pid}").stat().st_uid
    assert uid != 0
    assert uid == (os.geteuid() or serveur.chemins.grappe.stat().st_uid)
    environnement = Path(f"/proc/{pid}/environ").read_bytes()
    assert b"MAILLAGE_" not in environnement
    assert b"DATABASE_URL" not in environnement
    limites = Path(f"/proc/{pid}/limits").read_text()
    image = next(ligne for ligne in limites.splitlines() if ligne.startswith("Max core file size"))
    assert image.split()[4:6] == ["0", "0"]
    assert os.getsid(pid) != os.getsid(0)
