"""Checks and preparation of folders: owner, rights, room left, version of the data."""

from __future__ import annotations

import os
import socket
import stat
from itertools import pairwise
from pathlib import Path

from .chemins import PORT, Chemins, dossier_donnees, est_root
from .compte import Compte, choisir_compte, permet, premier_obstacle, proprietaire_des_fichiers
from .erreurs import DisquePlein, DossierInaccessible, PriseOccupee, VersionDesDonnees

MEGA = 1024 * 1024
PLACE_CREATION = 160 * MEGA
PLACE_DEMARRAGE = 32 * MEGA
NOEUDS_CREATION = 2_000


def preparer_dossier(chemins: Chemins) -> Compte:
    """Create the server's folder and its parts, and return the account the server will have.

    When root, what we create (and the data folder, even made by somebody's mktemp) becomes crossable by that
    account, never listable; a folder that is not ours is never opened.
    """
    try:
        for dossier in (*reversed(chemins.dossier.parents), chemins.dossier):
            if not dossier.exists():
                dossier.mkdir(exist_ok=True)
                dossier.chmod(0o711 if est_root() else 0o700)
        compte = choisir_compte(chemins)
        if compte.change:
            for dossier in (*_faits_pour_nous(chemins.dossier), dossier_donnees().resolve(), chemins.dossier):
                _laisser_traverser(dossier, compte)
        if not chemins.verrous.exists():
            chemins.verrous.mkdir(exist_ok=True)
            chemins.verrous.chmod(0o700)
            if (proprietaire := proprietaire_des_fichiers(chemins.dossier)) is not None:
                os.chown(chemins.verrous, *proprietaire)
    except (PermissionError, NotADirectoryError, FileExistsError) as erreur:
        raise DossierInaccessible(
            f"Le dossier {chemins.dossier} ne peut pas être créé ou ouvert par ce compte :"
            " changez ses droits ou choisissez un autre MAILLAGE_DONNEES."
        ) from erreur
    except OSError as erreur:
        raise DisquePlein(
            f"Le dossier {chemins.dossier} ne peut pas être créé ({erreur.strerror}) :"
            " libérez de la place ou choisissez un autre MAILLAGE_DONNEES."
        ) from erreur
    if compte.change and (obstacle := premier_obstacle(chemins.grappe, compte)) is not None:
        raise DossierInaccessible(
            f"Le compte sans privilège de la base (numéro {compte.uid}) ne peut pas traverser {obstacle} :"
            " placez MAILLAGE_DONNEES ailleurs, par exemple sous /var/lib."
        )
    return compte


def _faits_pour_nous(dossier: Path) -> list[Path]:
    """Return the parents that root owns and that hold nothing but the way to us, as mktemp makes them."""
    faits = []
    for enfant, parent in pairwise((dossier, *dossier.parents)):
        if parent.stat().st_uid != 0 or {element.name for element in parent.iterdir()} - {enfant.name}:
            break
        faits.append(parent)
    return faits


def _laisser_traverser(dossier: Path, compte: Compte) -> None:
    """Add the right to cross, and only that, to a folder of ours."""
    if dossier.is_dir() and not permet(dossier, compte, 1):
        dossier.chmod(stat.S_IMODE(dossier.stat().st_mode) | stat.S_IXOTH)


def exiger_de_la_place(dossier: Path, *, creation: bool) -> None:
    """Refuse before touching anything when the disk has too little room or too few inodes."""
    etat = os.statvfs(dossier)
    libre, minimum = etat.f_bavail * etat.f_frsize, PLACE_CREATION if creation else PLACE_DEMARRAGE
    if libre < minimum:
        raise DisquePlein(
            f"Il ne reste que {libre // MEGA} Mo sur le disque qui porte {dossier}"
            f" et la base en demande {minimum // MEGA} :"
            " libérez de la place, puis relancez la commande."
        )
    if creation and etat.f_files and etat.f_favail < NOEUDS_CREATION:
        raise DisquePlein(
            f"Le disque qui porte {dossier} ne peut plus recevoir de fichiers :"
            " supprimez-en, puis relancez la commande."
        )


def verifier_grappe(chemins: Chemins, compte: Compte, majeure: int) -> None:
    """Refuse a cluster of another version, of another owner, or open to other accounts."""
    grappe = chemins.grappe
    try:
        etat = grappe.stat()
        version = (grappe / "PG_VERSION").read_text(encoding="ascii").strip()
    except PermissionError:
        raise DossierInaccessible(
            f"Le dossier {grappe} appartient à un autre compte :"
            " lancez la commande sous le compte qui l’a créé."
        ) from None
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        raise VersionDesDonnees(
            f"Le dossier {grappe} n’est pas une base PostgreSQL complète :"
            " restaurez-le depuis votre sauvegarde, ou écartez-le pour repartir d’une base vide."
        ) from None
    if etat.st_uid != compte.uid:
        raise DossierInaccessible(
            f"Le dossier {grappe} appartient au compte numéro {etat.st_uid}"
            f" et non à celui du serveur ({compte.uid}) : rendez-le à son propriétaire par « chown -R »."
        )
    if stat.S_IMODE(etat.st_mode) & 0o027:
        raise DossierInaccessible(
            f"Le dossier {grappe} est ouvert à d’autres comptes :"
            " fermez-le par « chmod 700 », puis relancez la commande."
        )
    if version != str(majeure):
        raise VersionDesDonnees(
            f"Les données de {chemins.dossier} ont été créées par PostgreSQL {version} et ce logiciel"
            f" emploie la version {majeure} : réinstallez la version précédente de Maillage,"
            " sauvegardez la base, puis restaurez-la avec celle-ci."
        )


def _repond(prise: Path) -> bool:
    """Tell whether some program accepts connections on the socket file."""
    with socket.socket(socket.AF_UNIX) as essai:
        essai.settimeout(2)
        try:
            essai.connect(str(prise))
        except OSError:
            return False
        return True


def preparer_prise(chemins: Chemins, compte: Compte) -> None:
    """Create the socket folder for the server alone and sweep what a crash left there."""
    dossier = chemins.prise
    try:
        dossier.mkdir(mode=0o700)
    except FileExistsError:
        etat = dossier.lstat()
        if not stat.S_ISDIR(etat.st_mode) or etat.st_uid not in {compte.uid, os.geteuid()}:
            raise PriseOccupee(
                f"Le dossier {dossier} appartient à un autre compte :"
                " supprimez-le ou choisissez un autre MAILLAGE_DONNEES."
            ) from None
    if compte.change:
        os.chown(dossier, compte.uid, compte.gid)
    dossier.chmod(0o700)
    prise = dossier / f".s.PGSQL.{PORT}"
    if _repond(prise):
        raise PriseOccupee(
            f"Un autre programme répond déjà sur {prise} :"
            " arrêtez-le ou choisissez un autre MAILLAGE_DONNEES."
        )
    try:
        prise.unlink(missing_ok=True)
        prise.with_name(prise.name + ".lock").unlink(missing_ok=True)
    except OSError as erreur:
        raise PriseOccupee(
            f"Le chemin {prise} est occupé ({erreur.strerror}) : supprimez-le, puis relancez la commande."
        ) from erreur
