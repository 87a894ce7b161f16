"""Passwords of the embedded server, drawn once and kept in files that only their owner reads."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from .chemins import Chemins, dossier_serveur
from .compte import proprietaire_des_fichiers
from .dossiers import preparer_dossier
from .erreurs import SecretPerdu

ROLES_A_MOT_DE_PASSE = ("m_proprietaire", "m_web", "m_taches", "m_essai")


def tirer() -> str:
    """Draw a password of 256 bits, in ASCII so that SCRAM needs no normalisation."""
    return secrets.token_urlsafe(32)


def deposer(chemin: Path, contenu: str, *, remplacer: bool = False) -> bool:
    """Write ``contenu`` in one step, mode 0600; False if the file was already there and is kept."""
    provisoire = chemin.with_name(f".{chemin.name}.{os.getpid()}.{secrets.token_hex(4)}")
    fd = os.open(provisoire, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(fd, "w", encoding="ascii") as fichier:
            if (proprietaire := proprietaire_des_fichiers(chemin.parent)) is not None:
                os.fchown(fichier.fileno(), *proprietaire)
            fichier.write(contenu)
            fichier.flush()
            os.fsync(fichier.fileno())
        if remplacer:
            provisoire.replace(chemin)
            return True
        try:
            os.link(provisoire, chemin)
        except FileExistsError:
            return False
        return True
    finally:
        provisoire.unlink(missing_ok=True)


def relire(chemin: Path) -> str:
    """Read a secret file, refusing one that other accounts could read."""
    try:
        if chemin.stat().st_mode & 0o077:
            raise SecretPerdu(
                f"Le fichier {chemin} est lisible par d’autres comptes : fermez-le par « chmod 600 »."
            )
        return chemin.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise SecretPerdu(f"Le fichier {chemin} a disparu : restaurez-le depuis votre sauvegarde.") from None
    except PermissionError:
        raise SecretPerdu(
            f"Le fichier {chemin} appartient à un autre compte :"
            " lancez la commande sous le compte qui a créé la base."
        ) from None


def mots_de_passe(dossier: Path | None = None) -> Mapping[str, str]:
    """Return the password of each login role of the embedded server, drawing the missing ones once."""
    chemins = Chemins((dossier or dossier_serveur()).expanduser().resolve())
    chemin = chemins.secrets
    if not chemin.exists():
        preparer_dossier(chemins)
        deposer(chemin, json.dumps({role: tirer() for role in ROLES_A_MOT_DE_PASSE}, indent=1))
    try:
        lus = json.loads(relire(chemin))
    except ValueError:
        lus = None
    if not isinstance(lus, dict) or not all(isinstance(lus.get(role), str) for role in ROLES_A_MOT_DE_PASSE):
        raise SecretPerdu(f"Le fichier {chemin} est abîmé : restaurez-le depuis votre sauvegarde.")
    return lus
