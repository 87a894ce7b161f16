"""Every way the embedded server can refuse, as one French sentence that says what to do.

The sentences are shown as they are on the command line and on the maintenance page, so they name folders,
accounts and process numbers but never a row, a query or a password.
"""

from __future__ import annotations

import re


class ErreurServeur(Exception):
    """Base of every refusal of this package; ``str(erreur)`` is the sentence to show."""


class BinaireAbsent(ErreurServeur):
    """The wheel holds no program that this machine can run."""


class DossierInaccessible(ErreurServeur):
    """The data folder has a wrong owner, too wide permissions, or cannot be reached."""


class CompteRefuse(ErreurServeur):
    """The system does not let us run a program under the chosen account."""


class DisquePlein(ErreurServeur):
    """No room, or no inode, is left where the data live."""


class VersionDesDonnees(ErreurServeur):
    """The data folder was written by another major version of PostgreSQL."""


class ServeurConcurrent(ErreurServeur):
    """Another server, not started by Maillage, works on the same data folder."""


class PriseOccupee(ErreurServeur):
    """Something else already listens on the socket we must open."""


class DemarrageTropLong(ErreurServeur):
    """The server did not become ready, or did not stop, in the time allowed."""


class DemarrageRefuse(ErreurServeur):
    """The server exited while starting; the sentence ends with its last words."""


class ServeurArrete(ErreurServeur):
    """A connection was asked while the server is stopped."""


class ServeurUtilise(ErreurServeur):
    """A stop was asked while another command is at work."""


class GrappePresente(ErreurServeur):
    """A cluster was to be laid where there is one."""


class RestaurationInachevee(ErreurServeur):
    """What is in the folder was being brought back, and is not whole."""


class SecretPerdu(ErreurServeur):
    """A password file is missing, unreadable, or readable by others."""


class AdresseRefusee(ErreurServeur):
    """DATABASE_URL cannot be used: not PostgreSQL, unreadable, unreachable, or a version we do not know."""


PLUS_DE_PLACE = ("No space left on device", "Disk quota exceeded", "disk full", "File too large")
_PRISE = ("could not bind Unix address", "could not create any Unix-domain sockets")
_MEMOIRE = ("could not map anonymous shared memory", "Cannot allocate memory", "out of memory")
_LIGNE_SURE = re.compile(r"\b(LOG|FATAL|PANIC|initdb: error|could not)\b")
_PREFIXE = re.compile(r"^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\]\s*")


def dernieres_lignes(journal: str, nombre: int = 3) -> str:
    """Return the last ``nombre`` lines that describe the server itself, joined by « | ».

    The server is started so that no ERROR, DETAIL, STATEMENT or CONTEXT line is ever written; this filter is
    the second belt, should a log of an older configuration be read.
    """
    lignes = [ligne.strip() for ligne in journal.splitlines() if _LIGNE_SURE.search(ligne)]
    return " | ".join(_PREFIXE.sub("", ligne) for ligne in lignes[-nombre:])


def traduire(journal: str, dossier: object) -> ErreurServeur:
    """Choose the refusal that fits what initdb or the server wrote before giving up."""
    if any(signe in journal for signe in PLUS_DE_PLACE):
        return DisquePlein(
            f"Il n’y a plus de place sur le disque qui porte {dossier} :"
            " libérez de la place, puis relancez la commande."
        )
    if (
        "database files are incompatible with server" in journal
        or "not compatible with this version" in journal
    ):
        return VersionDesDonnees(
            f"Les données de {dossier} viennent d’une autre version de PostgreSQL :"
            " restaurez-les par une sauvegarde logique."
        )
    if "data directory" in journal and ("wrong ownership" in journal or "invalid permissions" in journal):
        return DossierInaccessible(
            f"Le dossier {dossier} n’a pas le bon propriétaire ou est ouvert à d’autres comptes :"
            " rendez-le au compte du serveur et fermez-le par « chmod 700 »."
        )
    if "could not look up effective user ID" in journal:
        return DossierInaccessible(
            "Le compte qui lance la commande n’a pas de nom sur cette machine,"
            " ce que PostgreSQL exige pour créer une base :"
            " ajoutez-le à /etc/passwd ou indiquez une base par DATABASE_URL."
        )
    if "Permission denied" in journal or "Operation not permitted" in journal:
        return DossierInaccessible(
            f"Le compte du serveur n’a pas le droit d’écrire dans {dossier} :"
            " vérifiez le propriétaire et les droits."
        )
    if ("already exists" in journal and ".lock" in journal) or any(signe in journal for signe in _PRISE):
        return PriseOccupee(
            f"La prise du serveur de {dossier} est tenue par un autre programme ou ne peut pas être ouverte :"
            " arrêtez ce programme ou choisissez un autre MAILLAGE_DONNEES."
        )
    if "postmaster.pid" in journal or "pre-existing shared memory block" in journal:
        return ServeurConcurrent(
            f"Un autre serveur PostgreSQL travaille encore sur {dossier} : attendez sa fin ou arrêtez-le."
        )
    if any(signe in journal for signe in _MEMOIRE):
        return DemarrageRefuse(
            "La machine n’a plus assez de mémoire pour démarrer la base : fermez d’autres programmes."
        )
    fin = dernieres_lignes(journal)
    return DemarrageRefuse(
        f"Le serveur de {dossier} n’a pas démarré" + (f" ; il a dit : « {fin} »." if fin else ".")
    )
