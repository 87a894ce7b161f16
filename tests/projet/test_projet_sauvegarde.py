"""Backups: what leaves comes back whole behind its walls; a file changed or cut never comes back at all."""

import io
import os
import tempfile
import uuid
from pathlib import Path

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import sql
from tests.instances import fabriques as f
from tests.situations.fabriques import personne, un_groupe, une_situation

from maillage.projet.cli import main
from maillage.projet.sauvegardes.coffre import (
    MORCEAU,
    CoffreRefuse,
    Ecriture,
    Lecture,
    cle_de_sauvegarde,
    lire_cle,
)
from maillage.projet.sauvegardes.copie import Manifeste, compter, restaurer, sauvegarder
from maillage.projet.sauvegardes.rules import SauvegardeRefusee
from maillage.situations import identites
from maillage.situations.models import Identite
from maillage.socle.contexte import en_maintenance
from maillage.socle.journal import journaliser
from maillage.socle.scelle.sequenceur import signer_la_tete
from maillage.socle.scelle.signature import cle_privee

CLE = bytes(range(32))


def enfermer(clair: bytes, cle: bytes = CLE) -> bytes:
    sortie = io.BytesIO()
    with Ecriture(sortie, cle) as coffre:
        for debut in range(0, len(clair), 300_000):
            coffre.write(clair[debut : debut + 300_000])
    return sortie.getvalue()


def ouvrir(octets: bytes, cle: bytes = CLE) -> bytes:
    return io.BufferedReader(Lecture(io.BytesIO(octets), cle)).read()


@pytest.mark.parametrize("taille", [0, 1, MORCEAU - 1, MORCEAU, MORCEAU + 1, 3 * MORCEAU])
def test_what_is_locked_opens_with_its_key_whatever_its_length(taille):
    clair = os.urandom(taille)
    ferme = enfermer(clair)
    assert ouvrir(ferme) == clair
    if taille > 64:
        assert clair[:64] not in ferme


def test_another_key_a_piece_moved_removed_or_cut_is_refused():
    ferme = enfermer(b"x" * (2 * MORCEAU + 10))
    debut, pas = len(ferme) - (2 * MORCEAU + 10 + 3 * 16), MORCEAU + 16
    un, deux = ferme[debut : debut + pas], ferme[debut + pas : debut + 2 * pas]
    for change in (
        ferme[: debut + 2 * pas],
        ferme[:-1],
        ferme[:debut] + deux + un + ferme[debut + 2 * pas :],
        ferme[:debut] + deux + ferme[debut + 2 * pas :],
        ferme + b"x",
        b"autre chose",
        b"",
    ):
        with pytest.raises(CoffreRefuse):
            ouvrir(change)
    with pytest.raises(CoffreRefuse):
        ouvrir(ferme, bytes(32))


@given(st.data())
def test_any_changed_byte_is_refused(data):
    octets = bytearray(enfermer(b"bonjour"))
    ou = data.draw(st.integers(0, len(octets) - 1))
    octets[ou] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CoffreRefuse):
        ouvrir(bytes(octets))


def test_the_key_is_drawn_once_for_its_owner_alone(tmp_path: Path):
    fichier = tmp_path / "cles" / "sauvegarde.cle"
    cle = cle_de_sauvegarde(fichier)
    assert cle_de_sauvegarde(fichier) == lire_cle(fichier) == cle
    assert fichier.stat().st_mode & 0o777 == 0o600
    fichier.write_text("rien")
    with pytest.raises(CoffreRefuse):
        lire_cle(fichier)


# --- The database ------------------------------------------------------------------------------------


@pytest.fixture
def monde(base_neuve, serveur_essais, django_db_blocker, tmp_path):
    """A groupe with a followed person, the register of a mayor, a signed journal."""
    with django_db_blocker.unblock():
        groupe = un_groupe()
        une_situation(groupe)
        lecteur, autre = f.membre(groupe.formation), f.membre(f.groupe(f.conseil(f.VOISINE)))
        journaliser("essai")
        signer_la_tete(cle_privee(tmp_path / "journal.pem"))
    return serveur_essais, base_neuve, lecteur, autre


@pytest.fixture
def ailleurs(serveur_essais):
    nom = f"revenue_{uuid.uuid4().hex[:10]}"
    yield nom
    with serveur_essais.connexion_superutilisateur() as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nom)))


def copier(serveur, base: str) -> tuple[bytes, Manifeste]:
    sortie = io.BytesIO()
    manifeste = sauvegarder(serveur, sortie, CLE, base=base)
    return sortie.getvalue(), manifeste


def test_every_row_comes_back_behind_its_walls(monde, ailleurs):
    serveur, base, lecteur, autre = monde
    octets, manifeste = copier(serveur, base)
    assert manifeste.lignes["public.situations_situation"] == 1
    assert manifeste.journal[0] >= 1
    revenu = restaurer(serveur, io.BytesIO(octets), CLE, base=ailleurs)
    assert revenu == manifeste
    with serveur.connexion_superutilisateur(ailleurs) as connexion:
        assert compter(connexion) == dict(manifeste.lignes)
    with psycopg.connect(**serveur.parametres_connexion("m_web", ailleurs).libpq()) as web:
        lues = []
        for acteur in ("", str(autre.pk), str(lecteur.pk)):
            web.execute("SELECT set_config('maillage.acteur', %s, false)", [acteur])
            ligne = web.execute("SELECT count(*) FROM situations_identite").fetchone()
            lues.append(ligne[0] if ligne else None)
        assert lues == [0, 0, 1]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("DELETE FROM situations_situation")


def test_a_backup_never_comes_back_over_a_living_database(monde, ailleurs):
    serveur, base, *_ = monde
    octets, manifeste = copier(serveur, base)
    with pytest.raises(SauvegardeRefusee, match="déjà des tables"):
        restaurer(serveur, io.BytesIO(octets), CLE, base=base)
    with serveur.connexion_superutilisateur(base) as connexion:
        assert compter(connexion) == dict(manifeste.lignes)


def test_a_wrong_key_or_a_cut_file_brings_nothing_back(monde, ailleurs):
    serveur, base, *_ = monde
    octets, _ = copier(serveur, base)
    for faux, cle in ((octets, bytes(32)), (octets[:-100], CLE), (octets[: len(octets) // 2], CLE)):
        with pytest.raises(SauvegardeRefusee):
            restaurer(serveur, io.BytesIO(faux), cle, base=ailleurs)
    with serveur.connexion_superutilisateur() as connexion:
        trouvee = connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ailleurs]).fetchone()
        assert trouvee is None


def test_nothing_readable_is_left_in_the_file_nor_on_the_disk(monde, django_db_blocker, monkeypatch):
    serveur, base, *_ = monde
    canari = "Zanzibarroux"
    with django_db_blocker.unblock(), en_maintenance():
        identites.creer(cercle=Identite.objects.get().cercle_id, donnees=personne(nom=canari))
    # Its own folders: another worker of the suite may be copying from the same server.
    faits, vraie = [], tempfile.mkdtemp
    monkeypatch.setattr(tempfile, "mkdtemp", lambda *a, **o: faits.append(vraie(*a, **o)) or faits[-1])
    octets, _ = copier(serveur, base)
    assert canari.encode() not in octets
    assert [Path(fait).parent for fait in faits] == [serveur.chemins.dossier]
    assert not Path(faits[0]).exists()


@pytest.mark.parametrize("octets", [b"{}", b"[]", b"x", b'{"le": "hier"}'])
def test_a_manifest_that_cannot_be_read_is_told(octets):
    with pytest.raises(SauvegardeRefusee, match="manifeste"):
        Manifeste.lire(octets)


@pytest.mark.parametrize("commande", [["sauvegarder", "x.msv"], ["restaurer", "x.msv", "--cle", "x.cle"]])
def test_a_managed_server_is_left_to_its_own_tools(commande, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://m_web@serveur/maillage")
    assert main(commande) == 1
    assert "ses propres outils" in capsys.readouterr().err


def test_a_missing_backup_is_told_in_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    cle = tmp_path / "cle"
    cle_de_sauvegarde(cle)
    assert main(["restaurer", str(tmp_path / "absente.msv"), "--cle", str(cle)]) == 1
    assert "ne se lit pas" in capsys.readouterr().err
