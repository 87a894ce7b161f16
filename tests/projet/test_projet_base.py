"""`maillage base`: what an operator sees, on a server of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from maillage.projet import cli
from maillage.socle.postgres import Serveur, creer_base, creer_base_des_cles, preparer_roles, verifier_role

pytestmark = pytest.mark.serveur


@pytest.fixture
def donnees(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of this test, stopped and removed at the end."""
    racine = Path(tempfile.mkdtemp(prefix="m-essai-"))
    monkeypatch.setenv("MAILLAGE_DONNEES", str(racine))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_URL_PROPRIETAIRE", raising=False)
    yield racine
    Serveur(racine / "postgres").arreter()
    shutil.rmtree(racine)


def maillage(*arguments: str, **environnement: str) -> subprocess.CompletedProcess[str]:
    """A command of its own: the settings of this process are those of the suite."""
    herite = {nom: valeur for nom, valeur in os.environ.items() if nom != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "maillage.projet.cli", *arguments],
        env={**herite, "MAILLAGE_MODE": "essais", **environnement},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_server_is_started_to_stay_questioned_and_stopped(
    donnees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["base", "etat"]) == 1
    assert capsys.readouterr().out == f"absent : {donnees}/postgres\n"
    assert cli.main(["base", "demarrer"]) == 0
    assert "maillage base arreter" in capsys.readouterr().err
    assert cli.main(["base", "etat", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "etat": "démarré",
        "lieu": f"{donnees}/postgres",
        "embarque": True,
    }
    assert cli.main(["base", "arreter"]) == 0
    assert cli.main(["base", "etat"]) == 1
    assert "arrêté" in capsys.readouterr().out


def test_the_server_is_not_stopped_under_the_feet_of_a_command_unless_forced(
    donnees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    serveur = Serveur(donnees / "postgres")
    usage = serveur.rejoindre()
    try:
        assert cli.main(["base", "arreter"]) == 1
        assert capsys.readouterr().err == (
            "maillage : Une autre commande utilise la base : attendez sa fin, ou forcez l’arrêt.\n"
        )
        assert cli.main(["base", "arreter", "--forcer"]) == 0
        assert cli.main(["base", "etat"]) == 1
    finally:
        serveur.quitter(usage)


def test_the_sql_for_a_managed_server_is_printed_without_touching_anything(
    donnees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["base", "preparer", "--sql"]) == 0
    texte = capsys.readouterr().out
    assert 'CREATE ROLE "m_web" LOGIN NOSUPERUSER' in texte
    assert "PASSWORD" not in texte
    assert list(donnees.iterdir()) == []


def test_preparing_from_nothing_gives_tables_and_a_harmless_web_role(
    donnees: Path,
) -> None:
    for _ in range(2):
        resultat = maillage("base", "preparer")
        assert resultat.returncode == 0, resultat.stderr
        assert "La base est prête" in resultat.stderr
    serveur = Serveur(donnees / "postgres")
    serveur.demarrer()
    with psycopg.connect(serveur.parametres_connexion("m_web").adresse()) as conn:
        assert verifier_role(conn) == []
        assert conn.execute("SELECT to_regclass('public.django_migrations') IS NULL").fetchone() == (False,)


def test_a_managed_server_is_prepared_by_two_roles_and_never_by_a_dangerous_one(
    donnees: Path,
) -> None:
    gere = Serveur(donnees / "gere")
    gere.demarrer()
    try:
        with gere.connexion_superutilisateur() as conn:
            preparer_roles(conn, gere.mots_de_passe())
            creer_base(conn)
            creer_base_des_cles(conn)
        web = gere.parametres_connexion("m_web").adresse()
        proprietaire = gere.parametres_connexion("m_proprietaire").adresse()
        seul = maillage("base", "preparer", DATABASE_URL=web)
        assert seul.returncode == 1
        assert "DATABASE_URL_PROPRIETAIRE manque" in seul.stderr
        dangereux = maillage(
            "base", "preparer", DATABASE_URL=proprietaire, DATABASE_URL_PROPRIETAIRE=proprietaire
        )
        assert dangereux.returncode == 1
        assert "DATABASE_URL désigne un rôle dangereux" in dangereux.stderr
        bon = maillage("base", "preparer", DATABASE_URL=web, DATABASE_URL_PROPRIETAIRE=proprietaire)
        assert bon.returncode == 0, bon.stderr
        etat = maillage("base", "etat", DATABASE_URL=web)
        assert (etat.returncode, etat.stdout) == (0, f"démarré : {gere.chemins.prise}\n")
        arret = maillage("base", "arreter", DATABASE_URL=web)
        assert arret.returncode == 1
        assert "serveur administré" in arret.stderr
        ailleurs = web.replace("5432", "5433")
        absent = maillage("base", "preparer", DATABASE_URL=ailleurs, DATABASE_URL_PROPRIETAIRE=proprietaire)
        assert absent.returncode == 1
        assert "ne répond pas" in absent.stderr
        assert gere.mots_de_passe()["m_web"] not in absent.stderr
        assert "Traceback" not in seul.stderr + dangereux.stderr + arret.stderr + absent.stderr
    finally:
        gere.arreter()
