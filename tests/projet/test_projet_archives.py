"""The archives of the embedded server, for real: a cluster, its segments, a base backup, an instant."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.socle.postgres.conftest import dossier, dossier_modele

from maillage.projet.sauvegardes import archives, ouverture
from maillage.projet.sauvegardes.archives import Passage, en_attente, noms, passer
from maillage.projet.sauvegardes.coffre import CoffreRefuse
from maillage.projet.sauvegardes.physique import BaseEcrite, revenir, sauvegarder_la_base
from maillage.projet.sauvegardes.rules import JOURS_GARDES, ArchivesRefusees, bases, nom_archive
from maillage.socle.postgres import ErreurServeur, Serveur

__all__ = ["dossier", "dossier_modele"]
pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("archives")]
CLE = bytes(range(32))
CANARI = "Zanzibarroux"


class Archive:
    """A running server whose archives are open, and what the tests do with it."""

    def __init__(self, serveur: Serveur, archives: Path) -> None:
        self.serveur, self.dossier, self.cle = serveur, archives, CLE

    def ecrire(self, mot: str) -> datetime:
        with self.serveur.connexion_superutilisateur("maillage") as connexion:
            connexion.execute("CREATE TABLE IF NOT EXISTS temoin (mot text)")
            connexion.execute("INSERT INTO temoin VALUES (%s)", [mot])
            ligne = connexion.execute("SELECT clock_timestamp()").fetchone()
            assert ligne is not None
            return ligne[0]

    def clore(self) -> None:
        """Close the current segment and wait until the server has handed it over."""
        with self.serveur.connexion_superutilisateur() as connexion:
            ligne = connexion.execute("SELECT pg_walfile_name(pg_switch_wal() - 1)").fetchone()
            assert ligne is not None
            fin = time.monotonic() + 60
            while time.monotonic() < fin:
                dernier = connexion.execute("SELECT last_archived_wal FROM pg_stat_archiver").fetchone()
                if dernier is not None and (dernier[0] or "") >= ligne[0]:
                    return
                time.sleep(0.05)
        raise AssertionError("le serveur n’a pas remis son morceau")

    def passer(self, **options: object) -> Passage:
        return passer(self.serveur.chemins, self.dossier, CLE, **options)

    def sauvegarder(self) -> BaseEcrite:
        return sauvegarder_la_base(self.serveur, self.dossier, CLE)


@pytest.fixture
def ouvert(dossier: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """Opened by the command's own function, on a copy of a cluster."""
    serveur = Serveur(dossier)
    monkeypatch.setattr(ouverture, "Serveur", lambda: serveur)
    serveur.demarrer(durable=True)
    ouverture.ouvrir(tmp_path / "archives")
    yield Archive(serveur, tmp_path / "archives")
    serveur.arreter()


@pytest.fixture
def ailleurs(dossier_vide_ici: Path) -> Serveur:
    return Serveur(dossier_vide_ici, en_restauration=True)


@pytest.fixture
def dossier_vide_ici(dossier: Path) -> Iterator[Path]:
    """Beside the copy, where the server's account may go."""
    racine = dossier.with_name(f"{dossier.name}-retour")
    yield racine
    if racine.exists():
        Serveur(racine).arreter()
        subprocess.run(["rm", "-rf", str(racine)], check=True)


def mots(serveur: Serveur) -> list[str]:
    with serveur.connexion_superutilisateur("maillage") as connexion:
        return [ligne[0] for ligne in connexion.execute("SELECT mot FROM temoin ORDER BY mot").fetchall()]


def lus_apres(retour: Serveur, archive: Archive, instant: datetime | None) -> list[str]:
    with revenir(retour, archive.dossier, CLE, instant):
        return mots(retour)


def test_un_instant_se_retrouve_et_rien_de_lisible_ne_sort_de_la_base(ouvert: Archive, ailleurs: Serveur):
    ouvert.ecrire(f"{CANARI} un")
    ouvert.sauvegarder()
    ouvert.ecrire(f"{CANARI} deux")
    time.sleep(1.1)
    entre = datetime.now(UTC)
    ouvert.ecrire(f"{CANARI} trois")
    ouvert.clore()
    assert ouvert.passer().archives >= 1
    assert en_attente(ouvert.serveur.chemins) == []
    for nom in noms(ouvert.dossier):
        fichier = ouvert.dossier / nom
        assert CANARI.encode() not in fichier.read_bytes()
        assert fichier.stat().st_mode & 0o777 == 0o600
    with revenir(ailleurs, ouvert.dossier, CLE, entre) as retour:
        assert mots(ailleurs) == [f"{CANARI} deux", f"{CANARI} un"]
        assert retour.derniere_ecriture is not None
        assert retour.derniere_ecriture <= entre
    assert not ailleurs.chemins.retour.exists()
    # What is back is a database like another: it starts again by itself, under this folder's passwords.
    Serveur(ailleurs.chemins.dossier).demarrer()
    assert len(mots(ailleurs)) == 2
    with ailleurs.connexion_superutilisateur() as connexion:
        roles = connexion.execute("SELECT rolname FROM pg_roles WHERE rolsuper").fetchall()
    assert roles == [("postgres",)]


def test_sans_instant_tout_ce_qui_est_archive_revient(ouvert: Archive, ailleurs: Serveur):
    ouvert.sauvegarder()
    ouvert.ecrire("un")
    ouvert.clore()
    ouvert.passer()
    ouvert.ecrire("deux, jamais archivé")
    assert lus_apres(ailleurs, ouvert, None) == ["un"]


def test_une_base_tuee_ne_perd_rien_de_confirme_et_archive_ce_qui_restait(ouvert: Archive):
    ouvert.sauvegarder()
    ouvert.ecrire("confirmé")
    pid = int((ouvert.serveur.chemins.grappe / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    fin = time.monotonic() + 30
    while not ouvert.serveur.relever():  # a killed process is still seen for an instant
        assert time.monotonic() < fin
        time.sleep(0.02)
    assert mots(ouvert.serveur) == ["confirmé"]
    ouvert.clore()
    assert ouvert.passer().archives >= 1


def test_un_passage_rejoue_ne_change_rien(ouvert: Archive):
    ouvert.ecrire("un")
    ouvert.clore()
    [premier, *_] = en_attente(ouvert.serveur.chemins)
    octets = premier.read_bytes()
    ouvert.passer()
    garde = ouvert.dossier / nom_archive(premier.name)
    avant = garde.read_bytes()
    premier.write_bytes(octets)  # handed over again, as after a crash
    ouvert.passer()
    assert garde.read_bytes() == avant
    assert en_attente(ouvert.serveur.chemins) == []
    assert ouvert.passer() == Passage(0, 0)


def test_deux_morceaux_differents_du_meme_nom_ne_s_ecrasent_pas(ouvert: Archive):
    ouvert.ecrire("un")
    ouvert.clore()
    [premier, *_] = en_attente(ouvert.serveur.chemins)
    ouvert.passer()
    garde = ouvert.dossier / nom_archive(premier.name)
    avant = garde.read_bytes()
    premier.write_bytes(b"autre chose")
    with pytest.raises(ArchivesRefusees, match="deux morceaux différents"):
        ouvert.passer()
    assert garde.read_bytes() == avant
    assert premier.read_bytes() == b"autre chose"


def test_un_archivage_qui_echoue_garde_le_morceau(ouvert: Archive, monkeypatch: pytest.MonkeyPatch):
    ouvert.sauvegarder()
    ouvert.ecrire("un")
    ouvert.clore()
    attendent = en_attente(ouvert.serveur.chemins)
    assert attendent
    presents = noms(ouvert.dossier)

    def plein(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("maillage.projet.sauvegardes.fichiers.os.fsync", plein)
    with pytest.raises(OSError, match="No space"):
        ouvert.passer()
    monkeypatch.undo()
    assert en_attente(ouvert.serveur.chemins) == attendent
    assert noms(ouvert.dossier) == presents
    assert ouvert.passer().archives == len(attendent)


def test_un_sas_ou_le_serveur_ne_peut_ecrire_garde_le_morceau_dans_la_base(ouvert: Archive):
    sas = ouvert.serveur.chemins.sas
    sas.rename(sas.with_name("sas-ailleurs"))
    ouvert.ecrire("un")
    with ouvert.serveur.connexion_superutilisateur() as connexion:
        connexion.execute("SELECT pg_switch_wal()")
        fin = time.monotonic() + 60
        while time.monotonic() < fin:
            lu = connexion.execute("SELECT failed_count, last_failed_wal FROM pg_stat_archiver").fetchone()
            if lu is not None and lu[0]:
                break
            time.sleep(0.1)
    assert lu is not None
    assert (ouvert.serveur.chemins.grappe / "pg_wal" / lu[1]).exists()
    sas.with_name("sas-ailleurs").rename(sas)


def test_une_base_sauvegardee_coupee_changee_ou_d_une_autre_cle_ne_revient_pas(
    ouvert: Archive, ailleurs: Serveur
):
    ouvert.ecrire("un")
    ecrite = ouvert.sauvegarder()
    fichier = ouvert.dossier / ecrite.base.nom
    entier = fichier.read_bytes()
    change = bytearray(entier)
    change[len(change) // 2] ^= 1
    for octets in (entier[:-40], entier[: len(entier) // 2], bytes(change)):
        fichier.write_bytes(octets)
        with pytest.raises((ArchivesRefusees, CoffreRefuse)), revenir(ailleurs, ouvert.dossier, CLE, None):
            pass
        assert not ailleurs.chemins.grappe.exists()
    fichier.write_bytes(entier)
    with pytest.raises(CoffreRefuse), revenir(ailleurs, ouvert.dossier, bytes(32), None):
        pass
    assert not ailleurs.chemins.grappe.exists()
    assert lus_apres(ailleurs, ouvert, None) == ["un"]


def test_un_morceau_absent_abime_ou_un_instant_trop_tard_ne_donne_pas_une_base(
    ouvert: Archive, ailleurs: Serveur
):
    ecrite = ouvert.sauvegarder()
    for mot in ("un", "deux", "trois"):
        ouvert.ecrire(mot)
        ouvert.clore()
    ouvert.passer()
    morceaux = [nom for nom in noms(ouvert.dossier) if len(nom) == 28]
    au_milieu = ouvert.dossier / morceaux[-2]
    octets = au_milieu.read_bytes()
    au_milieu.unlink()
    with pytest.raises(ArchivesRefusees, match="manque"), revenir(ailleurs, ouvert.dossier, CLE, None):
        pass
    au_milieu.write_bytes((ouvert.dossier / morceaux[-1]).read_bytes())
    with pytest.raises(ArchivesRefusees, match="annonce"), revenir(ailleurs, ouvert.dossier, CLE, None):
        pass
    au_milieu.write_bytes(octets)
    demain = datetime.now(UTC) + timedelta(days=1)
    with (
        pytest.raises(ArchivesRefusees, match="s’arrêtent avant"),
        revenir(ailleurs, ouvert.dossier, CLE, demain),
    ):
        pass
    hier = ecrite.base.des - timedelta(days=1)
    with pytest.raises(ArchivesRefusees, match="plus ancienne"), revenir(ailleurs, ouvert.dossier, CLE, hier):
        pass
    assert not ailleurs.chemins.grappe.exists()
    assert lus_apres(ailleurs, ouvert, None) == ["deux", "trois", "un"]


def test_une_restauration_interrompue_ne_passe_pas_pour_une_base(ouvert: Archive, ailleurs: Serveur):
    ouvert.ecrire("un")
    ouvert.sauvegarder()

    class CoupureError(Exception):
        pass

    def couper() -> None:
        with revenir(ailleurs, ouvert.dossier, CLE, None):
            raise CoupureError

    with pytest.raises(CoupureError):
        couper()
    assert not ailleurs.chemins.grappe.exists()
    # Killed without a word, it leaves its mark: an ordinary start refuses what is there.
    with revenir(ailleurs, ouvert.dossier, CLE, None):
        marque = ailleurs.chemins.restauration
        assert marque.exists()
    ailleurs.arreter()
    marque.touch()
    with pytest.raises(ErreurServeur, match="arrêtée en chemin"):
        Serveur(ailleurs.chemins.dossier).demarrer()


def test_une_base_presente_n_est_jamais_remplacee(ouvert: Archive, dossier: Path):
    ouvert.ecrire("un")
    ouvert.sauvegarder()
    occupe = Serveur(dossier, en_restauration=True)
    with pytest.raises(ArchivesRefusees, match="déjà une base"), revenir(occupe, ouvert.dossier, CLE, None):
        pass
    assert mots(ouvert.serveur) == ["un"]


SAUVEGARDER = """
import sys
from pathlib import Path
from maillage.projet.sauvegardes import physique
from maillage.socle.postgres import Serveur
vraie = physique._copier_la_grappe
def lente(serveur, coffre):
    vraie(serveur, coffre)
    coffre._sortie.flush()
    print("au milieu", flush=True)
    sys.stdin.read()
physique._copier_la_grappe = lente
physique.sauvegarder_la_base(Serveur(Path(sys.argv[1])), Path(sys.argv[2]), bytes(range(32)))
"""


def test_une_sauvegarde_de_base_tuee_au_milieu_n_en_laisse_pas_une_moitie(ouvert: Archive, dossier: Path):
    lance = subprocess.Popen(
        [sys.executable, "-c", SAUVEGARDER, str(dossier), str(ouvert.dossier)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert lance.stdout is not None
    assert lance.stdout.readline() == b"au milieu\n"
    with pytest.raises(ArchivesRefusees, match="en cours"):
        ouvert.sauvegarder()
    lance.kill()
    lance.communicate()
    assert archives.restes(ouvert.dossier)
    assert bases(noms(ouvert.dossier)) == []
    ecrite = ouvert.sauvegarder()
    assert archives.restes(ouvert.dossier) == []
    assert bases(noms(ouvert.dossier)) == [ecrite.base]


def test_une_sauvegarde_de_base_sans_place_laisse_les_autres_entieres(
    ouvert: Archive, monkeypatch: pytest.MonkeyPatch
):
    ecrite = ouvert.sauvegarder()
    avant = (ouvert.dossier / ecrite.base.nom).read_bytes()

    def plein(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("maillage.projet.sauvegardes.coffre.Ecriture._morceau", plein)
    with pytest.raises(OSError, match="No space"):
        ouvert.sauvegarder()
    monkeypatch.undo()
    assert bases(noms(ouvert.dossier)) == [ecrite.base]
    assert archives.restes(ouvert.dossier) == []
    assert (ouvert.dossier / ecrite.base.nom).read_bytes() == avant


def test_ce_qui_est_echu_part_et_la_derniere_base_reste(ouvert: Archive):
    vieille = ouvert.sauvegarder().base
    ouvert.ecrire("un")
    ouvert.clore()
    time.sleep(1.1)
    neuve = ouvert.sauvegarder().base
    ouvert.passer()
    limite = neuve.des + timedelta(days=JOURS_GARDES)
    assert ouvert.passer(instant=limite).otes >= 2
    assert bases(noms(ouvert.dossier)) == [neuve]
    assert nom_archive(vieille.segment) not in noms(ouvert.dossier)
    assert ouvert.passer(instant=limite + timedelta(days=400)).otes == 0


def test_la_liste_des_effacements_suit_les_archives(ouvert: Archive, tmp_path: Path):
    liste = tmp_path / "effacements.txt"
    assert archives.lire_la_liste(ouvert.dossier, CLE) == []
    for contenu in ("un\n", "un\ndeux\n"):
        liste.write_text(contenu)
        ouvert.passer(effacements=liste)
        assert archives.lire_la_liste(ouvert.dossier, CLE) == contenu.splitlines()
    with pytest.raises(CoffreRefuse):
        archives.lire_la_liste(ouvert.dossier, bytes(32))


def test_des_archives_ne_s_ouvrent_ni_deux_fois_ni_dans_la_base_ni_sur_d_autres(
    ouvert: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(ArchivesRefusees, match="déjà ouvertes"):
        ouverture.ouvrir(tmp_path / "deux")
    monkeypatch.setattr(ouverture, "passer_ici", lambda _serveur: ouvert.passer())
    ouvert.ecrire("un")
    ouverture.fermer()
    assert not ouvert.serveur.chemins.sas.exists()
    assert noms(ouvert.dossier)
    with pytest.raises(ArchivesRefusees, match="pas vide"):
        ouverture.ouvrir(ouvert.dossier)
    with pytest.raises(ArchivesRefusees, match="perdues avec elle"):
        ouverture.ouvrir(ouvert.serveur.chemins.dossier / "archives")
    with ouvert.serveur.connexion_superutilisateur() as connexion:
        assert connexion.execute("SHOW archive_mode").fetchone() == ("off",)
    with pytest.raises(ArchivesRefusees, match="n’archive pas"):
        ouvert.sauvegarder()


def test_un_dossier_au_nom_difficile_s_archive_aussi(tmp_path: Path):
    from maillage.socle.postgres.reglages import archivage

    sas = tmp_path / "l’été d'ici $(touch x) 100%" / "sas"
    sas.mkdir(parents=True)
    (tmp_path / "000000010000000000000001").write_bytes(b"x" * 100)
    ordre = archivage(sas)["archive_command"]
    ordre = ordre.replace("%%", "\0").replace("%p", "000000010000000000000001")
    ordre = ordre.replace("%f", "000000010000000000000001").replace("\0", "%")
    for _ in range(2):  # the second time, as after a crash
        assert subprocess.run(["/bin/sh", "-c", ordre], cwd=tmp_path, check=False).returncode == 0
    assert [fichier.name for fichier in sas.iterdir()] == ["000000010000000000000001"]


def test_un_fichier_d_archives_illisible_est_dit(dossier: Path):
    chemins = Serveur(dossier).chemins
    assert archives.dossier_des_archives(chemins) is None
    chemins.archives.write_text("{")
    with pytest.raises(ArchivesRefusees, match="illisible"):
        archives.dossier_des_archives(chemins)
    chemins.archives.write_text(json.dumps({"dossier": "/nulle/part"}))
    with pytest.raises(ArchivesRefusees, match="ne se lit pas"):
        noms(archives.dossier_des_archives(chemins) or Path())
