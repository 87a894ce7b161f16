"""Under which account the server runs, and how it reaches its programs and its data."""

import os
import pwd
import shutil
import tempfile
import traceback
from pathlib import Path

import pytest

from maillage.socle.postgres import (
    Etat,
    Serveur,
    dossier_donnees,
    dossier_serveur,
    secrets_locaux,
    serveur_demarre,
)
from maillage.socle.postgres import compte as module_compte
from maillage.socle.postgres import dossiers as module_dossiers
from maillage.socle.postgres import processus as module_processus
from maillage.socle.postgres.chemins import Chemins, binaires_du_paquet
from maillage.socle.postgres.compte import (
    NUMEROS_LIBRES,
    Compte,
    _projete,
    binaires_accessibles,
    choisir_compte,
    compte_de_creation,
    premier_obstacle,
)
from maillage.socle.postgres.erreurs import DossierInaccessible, SecretPerdu

pytestmark = pytest.mark.serveur

ROOT = os.geteuid() == 0
ETRANGER = Compte(59_499, 59_499, change=True)


def test_the_data_folder_is_the_chosen_one_else_the_users_else_the_systems(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAILLAGE_DONNEES", "/ici")
    assert dossier_donnees() == Path("/ici")
    assert dossier_serveur() == Path("/ici/postgres")
    monkeypatch.delenv("MAILLAGE_DONNEES")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert dossier_donnees() == Path("/var/lib/maillage")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/claire")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert dossier_donnees() == Path("/home/claire/.local/share/maillage")
    monkeypatch.setenv("XDG_DATA_HOME", "relatif")
    assert dossier_donnees() == Path("/home/claire/.local/share/maillage")
    monkeypatch.setenv("XDG_DATA_HOME", "/donnees")
    assert dossier_donnees() == Path("/donnees/maillage")
    monkeypatch.setattr("sys.platform", "darwin")
    assert dossier_donnees() == Path("/home/claire/Library/Application Support/maillage")


def test_root_gives_the_server_an_account_that_nobody_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module_compte, "est_root", lambda: True)
    monkeypatch.delenv("MAILLAGE_UID_POSTGRES", raising=False)
    chemins = Chemins(tmp_path / "absent")
    monkeypatch.setattr(module_compte, "_numeros_occupes", lambda: {NUMEROS_LIBRES[0]})
    assert choisir_compte(chemins).uid == NUMEROS_LIBRES[1]
    monkeypatch.setattr(module_compte, "_numeros_occupes", lambda: set(NUMEROS_LIBRES))
    assert choisir_compte(chemins).uid == 65_534
    monkeypatch.setenv("MAILLAGE_UID_POSTGRES", "1234")
    assert choisir_compte(chemins) == Compte(1234, 1234, change=True)
    for mauvais in ("0", "-1", "root"):
        monkeypatch.setenv("MAILLAGE_UID_POSTGRES", mauvais)
        with pytest.raises(DossierInaccessible, match="sans privilège"):
            choisir_compte(chemins)


def test_a_container_that_maps_too_few_accounts_is_noticed(tmp_path: Path) -> None:
    table = tmp_path / "uid_map"
    table.write_text("         0       1000          1\n         1     100000      65536\n")
    assert _projete(59_470, table)
    table.write_text("         0       1000          1\n")
    assert not _projete(59_470, table)
    assert _projete(59_470, tmp_path / "absente")


def test_an_ordinary_user_keeps_its_own_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module_compte, "est_root", lambda: False)
    monkeypatch.setenv("MAILLAGE_UID_POSTGRES", "1234")
    assert choisir_compte(Chemins(tmp_path)) == Compte(os.geteuid(), os.getegid(), change=False)


def test_initdb_borrows_a_name_only_when_the_account_has_none() -> None:
    nomme = pwd.getpwall()[-1]
    avec_nom = Compte(nomme.pw_uid, nomme.pw_gid, change=True)
    assert compte_de_creation(avec_nom) == avec_nom
    assert compte_de_creation(ETRANGER).uid == pwd.getpwnam("nobody").pw_uid
    nous = Compte(59_499, 59_499, change=False)
    assert compte_de_creation(nous) == nous


def test_the_folder_that_blocks_the_way_is_named(tmp_path: Path) -> None:
    ferme = tmp_path / "ferme"
    ferme.mkdir(mode=0o700)
    assert premier_obstacle(ferme / "grappe", ETRANGER) is not None
    assert premier_obstacle(Path("/usr/bin/env"), ETRANGER) is None


def test_a_private_folder_made_for_us_can_be_crossed_by_the_server_and_not_listed() -> None:
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    try:
        with serveur_demarre(racine / "demonstration" / "postgres") as serveur:
            assert serveur.etat() is Etat.DEMARRE
        assert racine.stat().st_mode & 0o777 == (0o701 if ROOT else 0o700)
    finally:
        shutil.rmtree(racine)


def test_a_private_folder_that_holds_something_else_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    (racine / "lettre.txt").write_text("de quelqu’un d’autre")
    monkeypatch.setattr(module_dossiers, "choisir_compte", lambda _chemins: ETRANGER)
    try:
        with pytest.raises(DossierInaccessible, match=f"ne peut pas traverser {racine}"):
            Serveur(racine / "postgres").preparer()
        assert racine.stat().st_mode & 0o777 == 0o700
    finally:
        shutil.rmtree(racine)


def test_programs_out_of_reach_are_copied_once_beside_the_data_and_work(
    dossier_vide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module_compte, "_lisibles", lambda _binaires, _compte: False)
    with serveur_demarre(dossier_vide) as serveur:
        copie = serveur.binaires()
        assert copie.racine.parent == dossier_vide
        assert copie.programme("pg_dump").stat().st_mode & 0o777 == 0o755
        assert serveur.etat() is Etat.DEMARRE
    avant = copie.racine.stat().st_mtime_ns
    assert binaires_accessibles(binaires_du_paquet(), Chemins(dossier_vide), ETRANGER) == copie
    assert copie.racine.stat().st_mtime_ns == avant
    assert not list(dossier_vide.glob("*.partiel"))


def test_programs_within_reach_are_not_copied(dossier: Path, tmp_path: Path) -> None:
    paquet = binaires_du_paquet()
    nous = Compte(os.geteuid(), os.getegid(), change=False)
    assert binaires_accessibles(paquet, Chemins(dossier), nous) == paquet
    ferme = Chemins(tmp_path)
    inaccessible = type(paquet)(tmp_path, paquet.version)
    prive = inaccessible.programme("postgres")
    prive.parent.mkdir(parents=True)
    prive.write_text("")
    prive.chmod(0o700)
    assert not module_compte._lisibles(inaccessible, ETRANGER)
    assert ferme.dossier == tmp_path


def test_a_postmaster_is_recognised_by_its_command_where_its_folder_is_hidden(
    serveur: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cache(_chemin: str) -> str:
        raise PermissionError

    monkeypatch.setattr(module_processus.os, "readlink", cache)
    assert serveur.etat() is Etat.DEMARRE
    assert not module_processus.est_postgres_de(os.getpid(), serveur.chemins.grappe)
    assert not module_processus.est_postgres_de(0, serveur.chemins.grappe)


def test_an_ordinary_user_has_a_server_too_and_cannot_use_that_of_another(dossier: Path) -> None:
    """Played in a child that gives up root; without root the whole suite is played by an ordinary user."""
    if not ROOT:
        with serveur_demarre(dossier) as serveur:
            assert serveur.chemins.grappe.stat().st_uid == os.geteuid()
        return
    personne = pwd.getpwnam("nobody")
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    os.chown(racine, personne.pw_uid, personne.pw_gid)
    Serveur(dossier).preparer()
    enfant = os.fork()
    if enfant == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(personne.pw_gid)
            os.setuid(personne.pw_uid)
            with serveur_demarre(racine / "a" / "b") as serveur, serveur.connexion_superutilisateur() as conn:
                assert conn.execute("SELECT 1").fetchone() == (1,)
                assert serveur.chemins.grappe.stat().st_uid == personne.pw_uid
            with pytest.raises((DossierInaccessible, SecretPerdu)):
                Serveur(dossier).demarrer()
            with pytest.raises((DossierInaccessible, SecretPerdu)):
                secrets_locaux.mots_de_passe(dossier)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    try:
        assert os.waitstatus_to_exitcode(os.waitpid(enfant, 0)[1]) == 0
        # Root who comes after works in that folder as its owner, and leaves nothing of his behind.
        with serveur_demarre(racine / "a" / "b") as serveur:
            assert serveur.etat() is Etat.DEMARRE
        assert {chemin.stat().st_uid for chemin in (racine / "a" / "b").iterdir()} == {personne.pw_uid}
    finally:
        shutil.rmtree(racine)
