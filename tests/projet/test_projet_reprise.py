"""A whole installation saved, a person erased, then brought back elsewhere by the commands themselves."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import MODELE, _fabriquer_modele, _pointer
from tests.e2e.conftest import HORLOGE_DU_PRODUIT
from tests.situations.fabriques import personne, signaler, un_groupe

from maillage.projet.bases import sous_le_proprietaire
from maillage.situations import identites
from maillage.socle.cles.acces import coffre, installer
from maillage.socle.cles.coffre import Coffre
from maillage.socle.contexte import en_maintenance
from maillage.socle.installation import marquer
from maillage.socle.postgres import BASE, BASE_DES_CLES, Serveur, creer_base, serveur_demarre

pytestmark = [pytest.mark.serveur, pytest.mark.xdist_group("reprise")]
EFFACEE, RESTANTE = "Zanzibarroux", "Restant"


@dataclass
class Installation:
    """A data folder, and the commands run on it."""

    racine: Path
    maitre: Path
    base: Path = field(init=False)

    def __post_init__(self) -> None:
        self.base = self.racine / "ici"

    def lancer(self, *mots: str, dossier: Path | None = None) -> subprocess.CompletedProcess[str]:
        """``maillage …`` as an operator types it."""
        environnement = {
            **{nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("DATABASE_URL")},
            "DJANGO_SETTINGS_MODULE": "maillage.projet.settings",
            "MAILLAGE_MODE": "demonstration",
            "MAILLAGE_DONNEES": str(dossier or self.base),
            "MAILLAGE_CLE_MAITRE": str(self.maitre),
        }
        return subprocess.run(
            [sys.executable, "-m", "maillage.projet.cli", *map(str, mots)],
            env=environnement,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def exiger(self, *mots: str, dossier: Path | None = None) -> dict:
        fait = self.lancer(*mots, "--json", dossier=dossier)
        assert fait.returncode == 0, fait.stderr
        return json.loads(fait.stdout)

    @property
    def cle(self) -> str:
        return str(self.base / "cles" / "sauvegarde.cle")


@pytest.fixture(scope="module")
def ici(django_db_blocker) -> Iterator[Installation]:
    """Two persons signalled, their keys, the archives open."""
    from django.db import connections

    d_avant = coffre()
    travailleur = [dict(connections[alias].settings_dict) for alias in ("default", "proprietaire")]
    racine = Path(tempfile.mkdtemp(prefix="m-reprise-"))
    racine.chmod(0o711)
    installation = Installation(racine, Path(d_avant.maitre.chemin))
    installation.base.mkdir(mode=0o711)
    try:
        with serveur_demarre(installation.base / "postgres") as serveur, django_db_blocker.unblock():
            try:
                _fabriquer_modele(serveur, django_db_blocker)
                with serveur.connexion_superutilisateur() as connexion:
                    creer_base(connexion, BASE, modele=MODELE, essais=True)
                _pointer(serveur, BASE)
                with connections["proprietaire"].cursor() as curseur:
                    curseur.execute(HORLOGE_DU_PRODUIT)
                with sous_le_proprietaire(), en_maintenance():
                    marquer(demo=True, cree_le=datetime(2020, 1, 1, tzinfo=UTC))
                groupe = un_groupe()
                for nom in (EFFACEE, RESTANTE):
                    signaler(groupe, qui=personne(nom=nom))
            finally:
                for alias, reglages in zip(("default", "proprietaire"), travailleur, strict=True):
                    connections[alias].close()
                    connections[alias].settings_dict.clear()
                    connections[alias].settings_dict.update(reglages)
                installer(d_avant)
        yield installation
    finally:
        for dossier in racine.glob("*/postgres"):
            Serveur(dossier).arreter()
        shutil.rmtree(racine)


@pytest.fixture(scope="module")
def sauvee(ici: Installation, django_db_blocker) -> tuple[Installation, datetime]:
    """Both backups and the archives, then one person erased by the daily purge, then the archives again."""
    assert ici.lancer("base", "demarrer").returncode == 0
    ici.exiger("archiver", "ouvrir", str(ici.racine / "archives"))
    ici.exiger("sauvegarder", "--physique")
    ici.exiger("sauvegarder", str(ici.racine / "lundi.msv"))
    ici.exiger("cles", "sauvegarder", str(ici.racine / "copies"))
    time.sleep(1.1)
    d_avant = datetime.now(UTC)
    with Serveur(ici.base / "postgres").connexion_superutilisateur(BASE) as connexion:
        assert sorted(noms_lus(ici, ici.base, django_db_blocker)) == [RESTANTE, EFFACEE]
        pk = cle_de(ici, EFFACEE, django_db_blocker)
        echu = datetime.now(UTC) - timedelta(days=2)
        connexion.execute(
            "UPDATE situations_signalement SET expire_le = %s, recu_le = %s WHERE identite_id = %s",
            [echu.date(), echu.date() - timedelta(days=1), pk],
        )
    ici.exiger("conserver", "purger")
    assert noms_lus(ici, ici.base, django_db_blocker) == [RESTANTE]
    with Serveur(ici.base / "postgres").connexion_superutilisateur(BASE) as connexion:
        connexion.execute("SELECT pg_switch_wal()")
    time.sleep(2)
    ici.exiger("archiver", "passer")
    return ici, d_avant


def lignes_lues(ici: Installation, dossier: Path) -> tuple[Coffre, list[tuple]]:
    serveur = Serveur(dossier / "postgres")
    d_ici = coffre()
    acces = {
        cle: serveur.parametres_connexion(role, BASE_DES_CLES)
        for cle, role in (("web", "m_web"), ("proprietaire", "m_proprietaire"))
    }
    with serveur.connexion_superutilisateur(BASE) as connexion:
        lignes = connexion.execute(
            "SELECT id, public_id, version, scelle FROM situations_identite"
        ).fetchall()
    return Coffre(acces, d_ici.maitre, ici.base / "cles" / "effacements.txt"), lignes


def vues(ici: Installation, dossier: Path, blocage) -> list:
    """Every identity of that folder, opened with its own store as a page would."""
    magasin, lignes = lignes_lues(ici, dossier)
    avec = coffre()
    with blocage.unblock():
        try:
            installer(magasin)
            return [
                (ligne[0], vue.donnees.nom)
                for ligne, vue in zip(lignes, identites.des_listes(lignes), strict=True)
            ]
        finally:
            installer(avec)


def noms_lus(ici: Installation, dossier: Path, blocage) -> list[str]:
    return sorted(nom for _, nom in vues(ici, dossier, blocage))


def cle_de(ici: Installation, nom: str, blocage) -> int:
    [pk] = [pk for pk, lu in vues(ici, dossier=ici.base, blocage=blocage) if lu == nom]
    return pk


def test_une_personne_effacee_le_reste_quand_une_sauvegarde_d_avant_revient(sauvee, django_db_blocker):
    ici, _ = sauvee
    ailleurs = ici.racine / "par-le-fichier"
    [copie] = (ici.racine / "copies").glob("*.msc")
    liste = ici.maitre.with_name("effacements.txt")
    rendu = ici.exiger(
        "restaurer",
        str(ici.racine / "lundi.msv"),
        "--cle",
        ici.cle,
        "--cles",
        str(copie),
        "--effacements",
        str(liste),
        dossier=ailleurs,
    )
    assert all(rendu["controles"].values())
    assert ici.lancer("base", "demarrer", dossier=ailleurs).returncode == 0
    assert noms_lus(ici, ailleurs, django_db_blocker) == [RESTANTE]
    ici.exiger("conserver", "purger", dossier=ailleurs)
    assert [code for code, lu in controles(ici, ailleurs).items() if not lu["ok"]] == []
    magasin, _ = lignes_lues(ici, ailleurs)
    assert len(magasin.lignes("SELECT objet FROM cle")) == 1
    magasin.fermer()
    ici.lancer("base", "arreter", dossier=ailleurs)


def test_une_personne_effacee_le_reste_quand_un_instant_d_avant_revient(sauvee, django_db_blocker):
    """The keys come back with the cluster; the list that goes with the archives takes hers away again."""
    ici, d_avant = sauvee
    ailleurs = ici.racine / "par-les-archives"
    liste = ici.maitre.with_name("effacements.txt")
    cachee = liste.with_name("liste-cachee.txt")
    liste.rename(cachee)  # lost with the machine: the archives have their own
    try:
        rendu = ici.exiger(
            "restaurer",
            "--archives",
            str(ici.racine / "archives"),
            "--instant",
            d_avant.isoformat(),
            "--cle",
            ici.cle,
            dossier=ailleurs,
        )
    finally:
        cachee.replace(liste)
    assert all(rendu["controles"].values())
    assert rendu["dossiers_effaces"] == 1
    assert datetime.fromisoformat(rendu["derniere_ecriture"]) <= d_avant
    assert ici.lancer("base", "demarrer", dossier=ailleurs).returncode == 0
    assert noms_lus(ici, ailleurs, django_db_blocker) == [RESTANTE]
    ici.lancer("base", "arreter", dossier=ailleurs)


def test_une_sauvegarde_abimee_est_refusee_entiere(sauvee):
    ici, _ = sauvee
    ailleurs = ici.racine / "abimee"
    octets = bytearray((ici.racine / "lundi.msv").read_bytes())
    octets[len(octets) // 2] ^= 1
    (ici.racine / "mardi.msv").write_bytes(octets)
    fait = ici.lancer("restaurer", str(ici.racine / "mardi.msv"), "--cle", ici.cle, dossier=ailleurs)
    assert fait.returncode == 1
    assert "a été changée ou coupée" in fait.stderr
    with serveur_demarre(ailleurs / "postgres") as serveur, serveur.connexion_superutilisateur() as connexion:
        assert connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE]).fetchone() is None


def controles(ici: Installation, dossier: Path | None = None) -> dict[str, dict]:
    lus = json.loads(ici.lancer("controler", "--json", dossier=dossier).stdout)
    return {ligne["code"]: ligne for ligne in lus["controles"]}


def test_le_controle_dit_l_age_des_archives_et_ce_qui_attend(sauvee):
    ici, _ = sauvee
    assert ici.lancer("base", "demarrer").returncode == 0
    dits = controles(ici)
    assert dits["archives_base"]["ok"]
    assert dits["archives_ecritures"]["ok"]
    assert "morceaux archivés" in dits["archives_ecritures"]["detail"]
    [base] = (ici.racine / "archives").glob("*.msb")
    vieille = base.with_name("base-20260101T000000Z-" + base.name.rpartition("-")[2])
    base.rename(vieille)
    oublie = Serveur(ici.base / "postgres").chemins.sas / ("0" * 24)
    oublie.touch()
    os.utime(oublie, (0, 0))
    try:
        dits = controles(ici)
    finally:
        vieille.rename(base)
        oublie.unlink()
    assert not dits["archives_base"]["ok"]
    assert not dits["archives_ecritures"]["ok"]
    assert "attendent d’être archivés" in dits["archives_ecritures"]["detail"]


@pytest.mark.parametrize(
    "mots",
    [
        ("restaurer", "x.msv", "--cle", "k", "--instant", "2026-11-24T03:00:00"),
        ("restaurer", "--archives", "x", "--cle", "k", "--cles", "c"),
    ],
)
def test_des_options_qui_ne_vont_pas_ensemble_sont_refusees(ici: Installation, mots, tmp_path: Path):
    fait = ici.lancer(*mots, dossier=tmp_path)
    assert fait.returncode == 1
    assert fait.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_le_banc_mesure_une_reprise_et_ne_perd_rien_de_confirme(sauvee, monkeypatch: pytest.MonkeyPatch):
    from bench import reprise

    ici, _ = sauvee
    ici.exiger("archiver", "fermer")
    monkeypatch.setenv("MAILLAGE_CLE_MAITRE", str(ici.maitre))
    atelier = ici.racine / "atelier"
    atelier.mkdir(mode=0o711)
    try:
        rendu = reprise.mesurer(ici.base, atelier, secondes=0.5)
    finally:
        for dossier in atelier.glob("*/postgres"):
            Serveur(dossier).arreter()
    assert rendu["mort_subite"]["ecritures_confirmees"] > 0
    assert rendu["mort_subite"]["perdues"] == 0
    assert rendu["archives"]["morceaux_rejoues"] >= 1
    for facon in ("fichier", "archives"):
        assert rendu[facon]["octets"] > 0
        assert rendu[facon]["restaurer_s"] > 0
