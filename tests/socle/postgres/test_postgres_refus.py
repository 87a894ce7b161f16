"""Every refusal of the embedded server is one French sentence, and nothing is damaged."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from maillage.socle.postgres import ErreurServeur, Etat, Serveur, mots_de_passe, serveur_demarre
from maillage.socle.postgres import chemins as module_chemins
from maillage.socle.postgres import dossiers as module_dossiers
from maillage.socle.postgres import processus as module_processus
from maillage.socle.postgres.chemins import PORT, Chemins
from maillage.socle.postgres.compte import Compte
from maillage.socle.postgres.dossiers import MEGA, exiger_de_la_place, verifier_grappe
from maillage.socle.postgres.erreurs import (
    BinaireAbsent,
    CompteRefuse,
    DemarrageRefuse,
    DemarrageTropLong,
    DisquePlein,
    DossierInaccessible,
    PriseOccupee,
    SecretPerdu,
    ServeurArrete,
    ServeurConcurrent,
    VersionDesDonnees,
    dernieres_lignes,
    traduire,
)
from maillage.socle.postgres.processus import executer

pytestmark = pytest.mark.serveur

ROOT = os.geteuid() == 0


def est_une_phrase(erreur: ErreurServeur) -> bool:
    texte = str(erreur)
    return "\n" not in texte and texte[0].isupper() and texte.endswith(".") and len(texte) < 400


@pytest.mark.parametrize(
    ("journal", "attendue"),
    [
        ('initdb: error: could not write file "x": No space left on device', DisquePlein),
        ("PANIC:  could not write to file: Disk quota exceeded", DisquePlein),
        ("FATAL:  database files are incompatible with server", VersionDesDonnees),
        ('FATAL:  data directory "/d" has wrong ownership', DossierInaccessible),
        ('FATAL:  data directory "/d" has invalid permissions', DossierInaccessible),
        ('FATAL:  could not open file "/d/x": Permission denied', DossierInaccessible),
        ("initdb: error: could not look up effective user ID 9: user does not exist", DossierInaccessible),
        ('FATAL:  lock file "/p/.s.PGSQL.5432.lock" already exists', PriseOccupee),
        ('LOG:  could not bind Unix address "/p/.s": Address already in use', PriseOccupee),
        ('FATAL:  lock file "postmaster.pid" already exists', ServeurConcurrent),
        ("FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", ServeurConcurrent),
        ("FATAL:  could not map anonymous shared memory: Cannot allocate memory", DemarrageRefuse),
        ("FATAL:  something that no one has met yet", DemarrageRefuse),
        ("", DemarrageRefuse),
    ],
)
def test_what_postgresql_says_before_giving_up_becomes_one_sentence(
    journal: str, attendue: type[ErreurServeur]
) -> None:
    erreur = traduire(journal, "/donnees")
    assert type(erreur) is attendue
    assert est_une_phrase(erreur)


def test_the_last_words_of_the_log_carry_no_line_about_rows() -> None:
    journal = """2026-11-23 10:00:00.000 UTC [7] LOG:  starting PostgreSQL 18
2026-11-23 10:00:00.000 UTC [8] ERROR:  invalid input syntax for type integer: "Dupont"
2026-11-23 10:00:00.000 UTC [8] DETAIL:  Key (nom)=(Dupont) already exists.
2026-11-23 10:00:00.000 UTC [8] STATEMENT:  INSERT INTO personne VALUES ('Dupont')
2026-11-23 10:00:00.000 UTC [7] FATAL:  could not go on
"""
    assert dernieres_lignes(journal) == "LOG:  starting PostgreSQL 18 | FATAL:  could not go on"


def test_data_of_another_major_version_are_refused_and_left_untouched(dossier: Path) -> None:
    version = dossier / "grappe" / "PG_VERSION"
    version.write_text("17\n")
    with (
        pytest.raises(VersionDesDonnees, match=r"PostgreSQL 17.*restaurez") as refus,
        serveur_demarre(dossier),
    ):
        raise AssertionError("the server must not start")
    assert est_une_phrase(refus.value)
    assert version.read_text() == "17\n"
    version.write_text("18\n")


def test_a_folder_that_is_no_cluster_is_refused_rather_than_overwritten(dossier_vide: Path) -> None:
    (dossier_vide / "grappe").mkdir()
    (dossier_vide / "grappe" / "lettre.txt").write_text("à garder")
    with pytest.raises(VersionDesDonnees, match="n’est pas une base PostgreSQL complète"):
        Serveur(dossier_vide).demarrer()
    assert (dossier_vide / "grappe" / "lettre.txt").read_text() == "à garder"


def test_data_open_to_other_accounts_are_refused_with_the_command_that_closes_them(dossier: Path) -> None:
    (dossier / "grappe").chmod(0o755)
    with pytest.raises(DossierInaccessible, match="chmod 700") as refus:
        Serveur(dossier).demarrer()
    assert est_une_phrase(refus.value)
    (dossier / "grappe").chmod(0o700)


def test_data_of_another_account_are_refused_with_the_command_that_gives_them_back(dossier: Path) -> None:
    proprietaire = (dossier / "grappe").stat().st_uid
    with pytest.raises(DossierInaccessible, match="chown -R") as refus:
        verifier_grappe(Chemins(dossier), Compte(proprietaire + 1, proprietaire + 1, change=ROOT), 18)
    assert est_une_phrase(refus.value)


def test_a_socket_on_which_another_program_answers_is_refused(dossier: Path) -> None:
    prise = Chemins(dossier).prise
    prise.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as autre:
        autre.bind(str(prise / f".s.PGSQL.{PORT}"))
        autre.listen()
        with pytest.raises(PriseOccupee, match="répond déjà") as refus:
            Serveur(dossier).demarrer()
        assert est_une_phrase(refus.value)
        assert (prise / f".s.PGSQL.{PORT}").exists()


def test_something_that_is_no_socket_at_its_place_is_refused(dossier: Path) -> None:
    (Chemins(dossier).prise / f".s.PGSQL.{PORT}").mkdir(parents=True)
    with pytest.raises(PriseOccupee, match="est occupé"):
        Serveur(dossier).demarrer()


def test_a_socket_folder_squatted_by_a_link_is_refused(dossier: Path) -> None:
    prise = Chemins(dossier).prise
    if prise.is_dir():
        prise.rmdir()
    prise.symlink_to("/tmp")
    with pytest.raises(PriseOccupee, match="appartient à un autre compte"):
        Serveur(dossier).demarrer()


def test_too_little_room_is_said_before_anything_is_written(
    dossier_vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_dossiers, "PLACE_CREATION", 1 << 60)
    with pytest.raises(DisquePlein, match="Il ne reste que") as refus:
        Serveur(dossier_vide).demarrer()
    assert est_une_phrase(refus.value)
    assert not (dossier_vide / "superutilisateur.secret").exists()
    monkeypatch.undo()
    monkeypatch.setattr(module_dossiers, "NOEUDS_CREATION", 1 << 60)
    with pytest.raises(DisquePlein, match="ne peut plus recevoir de fichiers"):
        exiger_de_la_place(dossier_vide, creation=True)


@pytest.fixture
def petit_disque() -> Iterator[Path | None]:
    """A disk of 30 MB when this machine lets us mount one, else None."""
    point = Path(tempfile.mkdtemp(prefix="m-disque-"))
    monte = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=30m,mode=711", "tmpfs", str(point)],
        capture_output=True,
        check=False,
    )
    yield point if monte.returncode == 0 else None
    if monte.returncode == 0:
        Serveur(point / "donnees").arreter()
        subprocess.run(["umount", str(point)], check=True)
    point.rmdir()


def test_a_disk_that_fills_up_during_the_creation_leaves_nothing_half_made(
    petit_disque: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if petit_disque is None:
        # Without the right to mount, the sentence is still proved on PostgreSQL's own words.
        message = 'FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device'
        assert type(traduire(message, "/donnees")) is DisquePlein
        return
    monkeypatch.setattr(module_dossiers, "PLACE_CREATION", MEGA)
    dossier = petit_disque / "donnees"
    with pytest.raises(DisquePlein, match="plus de place") as refus:
        Serveur(dossier).demarrer()
    assert est_une_phrase(refus.value)
    assert not (dossier / "grappe").exists()
    assert not (dossier / "grappe.partielle").exists()


def test_a_start_on_a_full_disk_is_refused_and_works_again_once_room_is_made(
    dossier_modele: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = Path(tempfile.mkdtemp(prefix="m-disque-"))
    monte = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=120m,mode=711", "tmpfs", str(point)],
        capture_output=True,
        check=False,
    )
    dossier = point / "donnees"
    try:
        subprocess.run(["cp", "-a", str(dossier_modele), str(dossier)], check=True)
        if monte.returncode == 0:
            with pytest.raises(OSError, match="space"):
                (point / "encombrant").write_bytes(b"x" * (121 * MEGA))
        else:
            monkeypatch.setattr(module_dossiers, "PLACE_DEMARRAGE", 1 << 60)
        with pytest.raises(DisquePlein):
            Serveur(dossier).demarrer()
        (point / "encombrant").unlink(missing_ok=True)
        monkeypatch.undo()
        with serveur_demarre(dossier) as serveur:
            assert serveur.etat() is Etat.DEMARRE
    finally:
        if monte.returncode == 0:
            subprocess.run(["umount", str(point)], check=True)
        shutil.rmtree(point)


def test_a_start_that_takes_too_long_says_where_to_look(dossier: Path) -> None:
    with pytest.raises(DemarrageTropLong, match=r"serveur\.log") as refus:
        Serveur(dossier, delai=0.0).demarrer()
    assert est_une_phrase(refus.value)
    Serveur(dossier).demarrer()
    assert Serveur(dossier).etat() is Etat.DEMARRE


def test_an_unforeseen_refusal_ends_with_the_last_words_of_the_server(dossier: Path) -> None:
    reglages = dossier / "grappe" / "postgresql.conf"
    reglages.write_text(reglages.read_text() + "\nreglage_inconnu = 1\n")
    with pytest.raises(DemarrageRefuse, match=r"il a dit : .*errors") as refus:
        Serveur(dossier).demarrer()
    assert "\n" not in str(refus.value)
    assert Serveur(dossier).etat() is Etat.ARRETE


def test_a_machine_without_the_wheel_is_told_to_name_a_server(
    dossier_vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_chemins.importlib.util, "find_spec", lambda _nom: None)
    with pytest.raises(BinaireAbsent, match="DATABASE_URL") as refus:
        Serveur(dossier_vide).demarrer()
    assert est_une_phrase(refus.value)


def test_a_wheel_without_its_programs_is_told_to_be_reinstalled(
    dossier_vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_chemins, "PROGRAMMES", ("postgres", "absent"))
    with pytest.raises(BinaireAbsent, match="« absent » manque"):
        Serveur(dossier_vide).demarrer()


def test_a_program_that_this_machine_cannot_run_is_told_so(tmp_path: Path) -> None:
    nous = Compte(os.geteuid(), os.getegid(), change=False)
    with pytest.raises(BinaireAbsent, match="ne fonctionnent pas ici"):
        executer([str(tmp_path / "absent")], nous)
    (tmp_path / "interdit").write_text("rien")
    with pytest.raises(CompteRefuse, match="compte ordinaire"):
        executer([str(tmp_path / "interdit")], nous)


def test_a_container_that_leaves_too_few_rights_to_root_is_told_so(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(_pid: int, _signal: int) -> None:
        raise PermissionError

    serveur = Serveur(dossier)
    serveur.demarrer(durable=True)
    with monkeypatch.context() as interdit:
        interdit.setattr(module_processus, "signaler", refuser)
        with pytest.raises(CompteRefuse, match="compte ordinaire") as refus:
            serveur.arreter()
    assert est_une_phrase(refus.value)
    serveur.arreter()
    assert serveur.etat() is Etat.ARRETE


def test_a_connection_to_a_stopped_server_says_how_to_start_it(dossier: Path) -> None:
    with pytest.raises(ServeurArrete, match="maillage base demarrer"):
        Serveur(dossier).connexion_superutilisateur()


def test_secrets_that_others_can_read_or_that_are_lost_or_torn_are_refused(dossier: Path) -> None:
    secrets = Chemins(dossier).secrets
    secrets.chmod(0o644)
    with pytest.raises(SecretPerdu, match="chmod 600"):
        mots_de_passe(dossier)
    secrets.chmod(0o600)
    secrets.write_text("{")
    with pytest.raises(SecretPerdu, match="abîmé"):
        mots_de_passe(dossier)
    Chemins(dossier).mot_de_passe_superutilisateur.unlink()
    with pytest.raises(SecretPerdu, match="sauvegarde"):
        Serveur(dossier).demarrer()


def test_passwords_are_drawn_once_and_differ_for_each_role(dossier_vide: Path) -> None:
    premiers = mots_de_passe(dossier_vide)
    assert mots_de_passe(dossier_vide) == premiers
    assert set(premiers) == {"m_proprietaire", "m_web", "m_taches", "m_essai"}
    assert len(set(premiers.values())) == 4
    assert all(len(mot) >= 40 for mot in premiers.values())
    assert Chemins(dossier_vide).secrets.stat().st_mode & 0o777 == 0o600
