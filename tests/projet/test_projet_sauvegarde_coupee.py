"""A backup cut short, by a full disk or a kill: the former one whole, nothing readable left."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from tests.pannes.test_pannes_disque import _monter, _peut_monter, _remplir
from tests.socle.postgres.conftest import dossier, dossier_modele, serveur

from maillage.projet.sauvegardes.copie import sauvegarder
from maillage.projet.sauvegardes.fichiers import ecrire_entier, pourquoi
from maillage.projet.sauvegardes.programmes import phrase_de_l_echec
from maillage.socle.postgres import Serveur

__all__ = ["dossier", "dossier_modele", "serveur"]
pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("archives")]
CLE = bytes(range(32))
TETES = "CREATE TABLE IF NOT EXISTS public.socle_tetejournal (taille int, racine text)"


def test_un_fichier_ne_prend_son_nom_qu_entier(tmp_path: Path):
    fichier = tmp_path / "lundi.msv"
    with ecrire_entier(fichier) as sortie:
        sortie.write(b"entier")
        assert not fichier.exists()

    def couper() -> None:
        with ecrire_entier(fichier) as sortie:
            sortie.write(b"moit")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        couper()
    assert fichier.read_bytes() == b"entier"
    assert [f.name for f in tmp_path.iterdir()] == ["lundi.msv"]
    assert fichier.stat().st_mode & 0o777 == 0o600


def test_un_disque_plein_se_dit_en_une_phrase_sans_rien_citer():
    assert "plus de place" in pourquoi(OSError(errno.ENOSPC, "No space left on device", "/secret/nom"))
    assert pourquoi(PermissionError(errno.EACCES, "x", "/secret/nom")) == "PermissionError"
    assert "plus de place" in phrase_de_l_echec("pg_dump", 1, "could not write: No space left on device")
    assert phrase_de_l_echec("pg_dump", 1, "ERROR: Martin") == "« pg_dump » s’est arrêté avec le code 1."


#: Files of a megabyte at most: what a full disk answers, wherever the suite runs.
BORNER = """
import resource, sys
from pathlib import Path
from maillage.projet.sauvegardes.fichiers import ecrire_entier, pourquoi
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    with ecrire_entier(Path(sys.argv[1])) as sortie:
        sortie.write(b"x" * (2 << 20))
except OSError as erreur:
    print(pourquoi(erreur))
"""


def _par_une_borne(dossier: Path, fichier: Path) -> str:
    ordre = [sys.executable, "-c", BORNER, str(fichier)]
    return subprocess.run(ordre, capture_output=True, text=True, check=True).stdout


def _par_un_disque_plein(dossier: Path, fichier: Path) -> str:
    lest = dossier / "lest"
    _remplir(lest)
    try:
        with pytest.raises(OSError, match="No space") as plein, ecrire_entier(fichier) as sortie:
            sortie.write(b"x" * (1 << 20))
    finally:
        lest.unlink()
    return pourquoi(plein.value)


FACONS = [_par_une_borne, *([_par_un_disque_plein] if _peut_monter() else [])]


@pytest.mark.parametrize("remplir", FACONS)
def test_sans_place_la_sauvegarde_d_avant_reste_entiere(remplir, tmp_path: Path):
    monte = remplir is _par_un_disque_plein
    if monte:
        assert _monter(tmp_path)
    try:
        fichier = tmp_path / "lundi.msv"
        with ecrire_entier(fichier) as sortie:
            sortie.write(b"entier" * 100)
        assert "la sauvegarde d’avant est restée entière" in remplir(tmp_path, fichier)
        assert fichier.read_bytes() == b"entier" * 100
        assert [f.name for f in tmp_path.iterdir()] == ["lundi.msv"]
    finally:
        if monte:
            subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


COUPER = """
import sys
from pathlib import Path
from maillage.projet.sauvegardes import copie
from maillage.projet.sauvegardes.fichiers import ecrire_entier
from maillage.socle.postgres import Serveur
vraie = copie._empreinte
def attendre(fichier):
    print("au milieu", flush=True)
    sys.stdin.read()
    return vraie(fichier)
copie._empreinte = attendre
with ecrire_entier(Path(sys.argv[2])) as sortie:
    copie.sauvegarder(Serveur(Path(sys.argv[1])), sortie, bytes(range(32)))
"""


def test_tuee_au_milieu_elle_ne_laisse_ni_moitie_de_sauvegarde_ni_copie_lisible(
    serveur: Serveur, dossier: Path, tmp_path: Path
):
    with serveur.connexion_superutilisateur("maillage") as connexion:
        connexion.execute(TETES)
    fichier = tmp_path / "lundi.msv"
    with ecrire_entier(fichier) as sortie:
        sauvegarder(serveur, sortie, CLE)
    avant = fichier.read_bytes()
    lancees = [
        subprocess.Popen(
            [sys.executable, "-c", COUPER, str(dossier), str(tmp_path / nom)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for nom in ("lundi.msv", "mardi.msv")
    ]
    try:
        for lance in lancees:
            assert lance.stdout is not None
            assert lance.stdout.readline() == b"au milieu\n"
        tuee, vivante = lancees
        tuee.kill()
        tuee.wait()
        assert fichier.read_bytes() == avant
        assert len(list(dossier.glob("copie-*/base.dump"))) == 2
        with ecrire_entier(fichier) as sortie:
            sauvegarder(serveur, sortie, CLE)
        # What the killed one left readable is gone; the living one keeps its own, and ends.
        assert len(list(dossier.glob("copie-*/base.dump"))) == 1
        vivante.communicate(b"", timeout=60)
        assert vivante.returncode == 0
        assert (tmp_path / "mardi.msv").exists()
        assert list(dossier.glob("copie-*")) == []
    finally:
        for lance in lancees:
            if lance.poll() is None:
                lance.kill()
            lance.communicate()
