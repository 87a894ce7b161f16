"""A base backup of the embedded cluster, and the way back to an instant from it and the archived segments.

The whole cluster goes: the database and the store of keys, of the same instant. That is why neither a base
backup nor a segment is kept longer than the copies of the store.
"""

from __future__ import annotations

import gzip
import io
import json
import shlex
import shutil
import subprocess
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from maillage.projet.sauvegardes.archives import lire_segment, noms, passer, restes
from maillage.projet.sauvegardes.coffre import Ecriture, Lecture
from maillage.projet.sauvegardes.fichiers import ecrire_entier
from maillage.projet.sauvegardes.programmes import environnement_de, phrase_de_l_echec
from maillage.projet.sauvegardes.rules import ArchivesRefusees, BaseGardee, bases, choisir, nom_archive, suite
from maillage.socle.postgres import ErreurServeur, Serveur, mots_de_passe, preparer_roles
from maillage.socle.postgres.compte import proprietaire_des_fichiers
from maillage.socle.postgres.erreurs import GrappePresente
from maillage.socle.postgres.secrets_locaux import relire
from maillage.socle.postgres.verrou import Verrou

_MORCEAU: Final = 1 << 20
#: A long journal takes long to replay; the way back is not hurried.
DELAI_DU_RETOUR: Final = 24 * 3600.0
#: The server hands a closed segment over within a second; a base backup is whole without it.
DELAI_DU_MORCEAU: Final = 30.0
_HORS_DES_ARCHIVES: Final = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class BaseEcrite:
    """A base backup that was made: which, its weight, how many files its making took away."""

    base: BaseGardee
    octets: int
    otes: int


@dataclass(frozen=True, slots=True)
class Retour:
    """What came back: from which base backup, how many segments, up to which confirmed write."""

    base: BaseGardee
    segments: int
    derniere_ecriture: datetime | None


def sauvegarder_la_base(serveur: Serveur, dossier: Path, cle: bytes) -> BaseEcrite:
    """Write a base backup of the running server into its archives. Raises ``ArchivesRefusees``."""
    verrou = Verrou(
        serveur.chemins.verrous / "archives-base", proprietaire_des_fichiers(serveur.chemins.dossier)
    )
    try:
        if not verrou.essayer():
            raise ArchivesRefusees("une autre sauvegarde de base est en cours.")
        noms(dossier)
        for reste in restes(dossier):
            if reste.name.startswith(".base-"):
                reste.unlink(missing_ok=True)
        return _sauvegarder(serveur, dossier, cle)
    finally:
        verrou.fermer()


def _sauvegarder(serveur: Serveur, dossier: Path, cle: bytes) -> BaseEcrite:
    with serveur.connexion_superutilisateur() as connexion:
        _exiger_les_archives(connexion)
        segment = str(_une(connexion, "SELECT pg_walfile_name(pg_current_wal_lsn())"))
        entete = {
            "sorte": "base",
            "format": 1,
            "segment": segment,
            "superutilisateur": relire(serveur.chemins.mot_de_passe_superutilisateur),
        }
        faite: list[BaseGardee] = []

        def nommer() -> Path:
            """It can be brought back from its end on: rounded up, since names tell whole seconds."""
            fin: datetime = _une(connexion, "SELECT clock_timestamp()")
            faite.append(BaseGardee(fin.replace(microsecond=0) + timedelta(seconds=1), segment))
            return dossier / faite[0].nom

        with ecrire_entier(dossier / "base", nommer) as sortie, Ecriture(sortie, cle) as coffre:
            coffre.write(json.dumps(entete).encode() + b"\n")
            _copier_la_grappe(serveur, coffre)
        _attendre_le_morceau(connexion)
    passage = passer(serveur.chemins, dossier, cle)
    return BaseEcrite(faite[0], (dossier / faite[0].nom).stat().st_size, passage.otes)


def _attendre_le_morceau(connexion: Any) -> None:
    """Close the segment in which the base backup ends, and let the server hand it over."""
    dernier = str(_une(connexion, "SELECT pg_walfile_name(pg_switch_wal() - 1)"))
    limite = time.monotonic() + DELAI_DU_MORCEAU
    while time.monotonic() < limite:
        if (_une(connexion, "SELECT last_archived_wal FROM pg_stat_archiver") or "") >= dernier:
            return
        time.sleep(0.1)


def _exiger_les_archives(connexion: Any) -> None:
    if _une(connexion, "SHOW archive_mode") != "on":
        raise ArchivesRefusees(
            "le serveur n’archive pas encore : arrêtez-le (« maillage base arreter »), puis redémarrez-le."
        )


def _une(connexion: Any, requete: str) -> Any:
    return connexion.execute(requete).fetchone()[0]


def _copier_la_grappe(serveur: Serveur, coffre: Ecriture) -> None:
    """What pg_basebackup sends, compressed and encrypted as it comes: nothing readable touches the disk."""
    commande = [str(serveur.binaires().programme("pg_basebackup"))]
    commande += ["-D", "-", "-Ft", "-X", "fetch", "-c", "fast", "--no-password"]
    with (
        subprocess.Popen(
            commande,
            env=environnement_de(serveur),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as lance,
        gzip.GzipFile(fileobj=cast(BinaryIO, coffre), mode="wb", compresslevel=1, mtime=0) as serre,
    ):
        assert lance.stdout is not None
        assert lance.stderr is not None
        try:
            while morceau := lance.stdout.read(_MORCEAU):
                serre.write(morceau)
        except BaseException:
            lance.kill()
            raise
        dit = lance.stderr.read().decode("utf-8", "replace")
    if lance.returncode:
        raise ArchivesRefusees(phrase_de_l_echec("pg_basebackup", lance.returncode, dit))


# --- The way back ----------------------------------------------------------------------------------------


@contextmanager
def revenir(serveur: Serveur, archives: Path, cle: bytes, instant: datetime | None) -> Iterator[Retour]:
    """Within it the cluster is back and runs, as it was at that instant; kept if the block ends well.

    ``serveur`` is one that may start what is being brought back. Anything that fails, here or in the block,
    takes the cluster away: half of it never passes for a database. Raises ``ArchivesRefusees``,
    ``CoffreRefuse``, ``ErreurServeur``.
    """
    presents = noms(archives)
    base = choisir(bases(presents), instant)
    segments = suite(base, presents)
    chemins = serveur.chemins
    if chemins.grappe.exists():
        raise ArchivesRefusees(
            "ce dossier contient déjà une base : restaurez dans un dossier de données neuf."
        )
    mot_de_passe = str(_entete(archives / base.nom, cle)["superutilisateur"])
    try:
        serveur.poser(
            lambda partielle: _remplir(serveur, archives, cle, base, segments, instant, partielle),
            mot_de_passe,
        )
        with _en_marche(serveur, instant):
            yield _constater(serveur, base, len(segments))
            chemins.restauration.unlink()
    except GrappePresente:  # somebody else's, laid meanwhile
        raise
    except BaseException:
        _retirer(serveur)
        raise


def _remplir(
    serveur: Serveur,
    archives: Path,
    cle: bytes,
    base: BaseGardee,
    segments: list[str],
    instant: datetime | None,
    partielle: Path,
) -> None:
    chemins = serveur.chemins
    chemins.restauration.touch(mode=0o600)
    shutil.rmtree(chemins.retour, ignore_errors=True)
    chemins.retour.mkdir(mode=0o700)
    for nom in segments:
        (chemins.retour / nom).write_bytes(lire_segment(archives / nom_archive(nom), cle, nom))
    _ouvrir_la_base(archives / base.nom, cle, partielle)
    _verifier(serveur, partielle)
    (partielle / "recovery.signal").touch(mode=0o600)
    (partielle / "postgresql.auto.conf").write_text(reglages_du_retour(chemins.retour, instant), "utf-8")


def _entete(fichier: Path, cle: bytes) -> dict[str, Any]:
    with fichier.open("rb") as entree, io.BufferedReader(Lecture(entree, cle)) as lue:
        return _lire_l_entete(lue.readline(), fichier)


def _lire_l_entete(ligne: bytes, fichier: Path) -> dict[str, Any]:
    try:
        lu: dict[str, Any] = json.loads(ligne)
        if lu["sorte"] != "base":
            raise ValueError
        str(lu["superutilisateur"])
    except (ValueError, KeyError, TypeError) as erreur:
        raise ArchivesRefusees(f"{fichier.name} n’est pas une sauvegarde de base.") from erreur
    return lu


def _ouvrir_la_base(fichier: Path, cle: bytes, partielle: Path) -> None:
    """Every file of it, then the end of the safe: a base backup cut short is refused there."""
    try:
        with fichier.open("rb") as entree, io.BufferedReader(Lecture(entree, cle)) as lue:
            _lire_l_entete(lue.readline(), fichier)
            with gzip.GzipFile(fileobj=lue) as claire, tarfile.open(mode="r|", fileobj=claire) as archive:
                archive.extractall(partielle, filter="data")
            while lue.read(_MORCEAU):
                continue
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as erreur:
        raise ArchivesRefusees(f"{fichier.name} est illisible.") from erreur


def _verifier(serveur: Serveur, partielle: Path) -> None:
    """Each file is the one the server sent, by the list it joined to them."""
    programme = str(serveur.binaires().programme("pg_verifybackup"))
    fini = subprocess.run(
        [programme, "--quiet", "--exit-on-error", str(partielle)], capture_output=True, check=False
    )
    if fini.returncode:
        raise ArchivesRefusees("la sauvegarde de base n’est pas telle que le serveur l’a envoyée.")


def reglages_du_retour(retour: Path, instant: datetime | None) -> str:
    """Take the segments where they were laid, stop at that instant, open only then."""
    source = shlex.quote(str(retour)).replace("%", "%%")
    reglages = {
        "restore_command": f'cp {source}/%f "%p"',
        "recovery_target_timeline": "current",
        "recovery_target_action": "promote",
        "hot_standby": "off",
    }
    if instant is not None:
        reglages["recovery_target_time"] = instant.astimezone(UTC).isoformat()
    return "".join("{} = '{}'\n".format(nom, valeur.replace("'", "''")) for nom, valeur in reglages.items())


@contextmanager
def _en_marche(serveur: Serveur, instant: datetime | None) -> Iterator[None]:
    try:
        usage = serveur.rejoindre()
    except ErreurServeur as erreur:
        if instant is not None and _HORS_DES_ARCHIVES in _dit_du_serveur(serveur):
            raise ArchivesRefusees(
                f"les archives s’arrêtent avant le {instant.isoformat(timespec='seconds')} ; sans --instant, "
                "tout ce qu’elles portent revient."
            ) from erreur
        raise
    try:
        yield
    finally:
        serveur.quitter(usage)


def _dit_du_serveur(serveur: Serveur) -> str:
    """What it wrote about itself since it was laid: a new folder has no older words."""
    return serveur.chemins.journal.read_text(encoding="utf-8", errors="replace")


def _constater(serveur: Serveur, base: BaseGardee, segments: int) -> Retour:
    """The cluster is open; its roles take the passwords of this folder."""
    with serveur.connexion_superutilisateur() as connexion:
        if _une(connexion, "SELECT pg_is_in_recovery()"):
            raise ArchivesRefusees("le serveur n’est pas sorti de sa reprise.")
        derniere = _une(connexion, "SELECT pg_last_xact_replay_timestamp()")
        preparer_roles(connexion, mots_de_passe(serveur.chemins.dossier))
    shutil.rmtree(serveur.chemins.retour, ignore_errors=True)
    (serveur.chemins.grappe / "postgresql.auto.conf").write_text("", encoding="ascii")
    return Retour(base, segments, derniere)


def _retirer(serveur: Serveur) -> None:
    """Leave the folder as it was: without a database."""
    chemins = serveur.chemins
    serveur.arreter()
    for dossier in (chemins.grappe, chemins.retour, chemins.prise):
        shutil.rmtree(dossier, ignore_errors=True)
    for fichier in (
        chemins.mot_de_passe_superutilisateur,
        chemins.secrets,
        chemins.journal,
        chemins.restauration,
    ):
        fichier.unlink(missing_ok=True)
