"""Open and close the archives of the embedded server of this installation, and pass as it is set up."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from maillage.projet.sauvegardes.archives import Passage, dossier_des_archives, noms, passer
from maillage.projet.sauvegardes.coffre import cle_de_sauvegarde
from maillage.projet.sauvegardes.fichiers import ecrire_entier
from maillage.projet.sauvegardes.rules import ArchivesRefusees
from maillage.socle.postgres import Etat, Serveur
from maillage.socle.postgres.chemins import Chemins
from maillage.socle.postgres.compte import proprietaire_des_fichiers

FERMEES: Final = "les archives ne sont pas ouvertes : « maillage archiver ouvrir » et leur dossier."


def ouvrir(demande: Path) -> Path:
    """Archive from the next start on, which is now if the server was started to stay. Where.

    Raises ``ArchivesRefusees`` where the folder holds anything, ``ServeurUtilise`` while a command works.
    """
    serveur, dossier = Serveur(), demande.expanduser().absolute()
    chemins = serveur.chemins
    if chemins.archives.exists():
        raise ArchivesRefusees("les archives sont déjà ouvertes.")
    if serveur.etat() is Etat.ABSENT:
        raise ArchivesRefusees("il n’y a pas encore de base : « maillage base preparer ».")
    if dossier.is_relative_to(chemins.dossier):
        raise ArchivesRefusees("des archives dans le dossier de la base seraient perdues avec elle.")
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    if noms(dossier):
        raise ArchivesRefusees("ce dossier n’est pas vide : chaque base a ses archives.")

    def ecrire() -> None:
        chemins.sas.mkdir(mode=0o700, exist_ok=True)
        if (proprietaire := proprietaire_des_fichiers(chemins.grappe)) is not None:
            os.chown(chemins.sas, *proprietaire)
        with ecrire_entier(chemins.archives) as sortie:
            sortie.write(json.dumps({"dossier": str(dossier)}).encode())

    _redemarrer_autour(serveur, ecrire)
    return dossier


def fermer() -> None:
    """Archive what was left, then no more."""
    serveur = Serveur()
    if not serveur.chemins.archives.exists():
        raise ArchivesRefusees(FERMEES)

    def oter() -> None:
        passer_ici(serveur)
        serveur.chemins.archives.unlink()
        _vider(serveur.chemins)

    _redemarrer_autour(serveur, oter)


def _vider(chemins: Chemins) -> None:
    for fichier in chemins.sas.glob("*"):
        fichier.unlink()
    chemins.sas.rmdir()


def _redemarrer_autour(serveur: Serveur, geste: Callable[[], None]) -> None:
    """PostgreSQL reads this setting when it starts; what was started to stay is started again."""
    durable = serveur.chemins.durable.exists()
    serveur.arreter(si_libre=True)
    geste()
    if durable:
        serveur.demarrer(durable=True)


def passer_ici(serveur: Serveur) -> Passage | None:
    """One pass with the key and the list of this installation; None where the archives are not open."""
    from django.conf import settings

    from maillage.socle.cles.acces import coffre

    dossier = dossier_des_archives(serveur.chemins)
    if dossier is None:
        return None
    cle = cle_de_sauvegarde(Path(settings.CLE_SAUVEGARDE))
    return passer(serveur.chemins, dossier, cle, effacements=coffre().liste)
