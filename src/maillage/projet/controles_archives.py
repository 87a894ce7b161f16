"""The controls of the archives: the last base backup, and whether what is written goes there as it should.

Ours on the embedded server; on a managed one, what PostgreSQL says of its own archiving.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection

from maillage.projet.sauvegardes.archives import dossier_des_archives, en_attente, noms
from maillage.projet.sauvegardes.rules import JOURS_GARDES, ArchivesRefusees, bases, segment_de
from maillage.socle.postgres import Serveur
from maillage.socle.temps import FUSEAU_METROPOLE, maintenant

HEURES_D_UNE_BASE: Final = 48
#: A segment is closed each minute in which something was written, and archived the minute after.
MINUTES_D_ATTENTE: Final = 15
FERMEES: Final = (
    "Sans objet : l’archivage au fil de l’eau n’est pas ouvert. Ce qui est saisi après une sauvegarde serait "
    "perdu avec le disque."
)
_ARCHIVEUR: Final = """
SELECT current_setting('archive_mode'), last_archived_time, last_failed_time, failed_count
FROM pg_stat_archiver
"""


def derniere_base() -> tuple[bool, str]:
    """A base backup is recent, and none is kept beyond its days: it holds keys that were destroyed since."""
    if settings.CONFIGURATION.database_url:
        return True, "Sans objet : un serveur administré se sauvegarde avec ses propres outils."
    try:
        dossier = dossier_des_archives(Serveur().chemins)
        if dossier is None:
            return True, FERMEES
        connues = bases(noms(dossier))
    except ArchivesRefusees as refus:
        return False, _phrase(refus)
    if not connues:
        return False, "Aucune sauvegarde de base n’a été faite : « maillage sauvegarder --physique »."
    heures = int((maintenant() - connues[-1].des).total_seconds() // 3600)
    dite = f"Dernière sauvegarde de base le {_le(connues[-1].des)}, il y a {heures} h."
    if heures >= HEURES_D_UNE_BASE:
        return False, f"{dite} Elle doit se faire chaque jour : « maillage sauvegarder --physique »."
    if maintenant() - connues[0].des > timedelta(days=JOURS_GARDES + 1):
        return False, (
            f"La plus ancienne sauvegarde de base est du {_le(connues[0].des)} : elle garde des clés "
            "effacées depuis. Lancez « maillage archiver passer »."
        )
    return True, f"{dite} La plus ancienne est du {_le(connues[0].des)}."


def ecritures() -> tuple[bool, str]:
    """What the database writes is archived within minutes, or the control says since when it is not."""
    with connection.cursor() as curseur:
        curseur.execute(_ARCHIVEUR)
        mode, dernier, echec, echecs = curseur.fetchone()
    if settings.CONFIGURATION.database_url:
        return _sur_un_serveur_administre(mode, dernier, echec)
    chemins = Serveur().chemins
    try:
        dossier = dossier_des_archives(chemins)
        if dossier is None:
            return True, FERMEES
        if mode != "on":
            return False, "Le serveur n’archive pas encore : « maillage base arreter », puis redémarrez-le."
        presents = noms(dossier)
    except ArchivesRefusees as refus:
        return False, _phrase(refus)
    if echec is not None and (dernier is None or echec > dernier):
        return False, (
            f"Le serveur ne remet plus ce qu’il écrit depuis le {_le(echec)} ({echecs} essais manqués) : "
            "le disque de la base est-il plein ?"
        )
    attendent = en_attente(chemins)
    depuis = min((_instant_de(fichier.stat().st_mtime) for fichier in attendent), default=None)
    if depuis is not None and datetime.now(UTC) - depuis > timedelta(minutes=MINUTES_D_ATTENTE):
        return False, (
            f"{len(attendent)} morceaux attendent d’être archivés depuis le {_le(depuis)} : "
            "« maillage archiver passer » dit pourquoi."
        )
    gardes = [nom for nom in presents if segment_de(nom) is not None]
    if not gardes:
        return True, "Rien n’a encore été archivé."
    ecrit = _instant_de((dossier / max(gardes)).stat().st_mtime)
    return True, f"{len(gardes)} morceaux archivés, le dernier le {_le(ecrit)} ; {len(attendent)} attendent."


def _sur_un_serveur_administre(
    mode: str, dernier: datetime | None, echec: datetime | None
) -> tuple[bool, str]:
    if mode == "off":
        return True, (
            "Le serveur administré n’archive pas ce qu’il écrit : ce qui est saisi après une sauvegarde "
            "serait perdu."
        )
    if echec is not None and (dernier is None or echec > dernier):
        return False, f"Le serveur administré n’archive plus ce qu’il écrit depuis le {_le(echec)}."
    if dernier is None:
        return True, "Le serveur administré archive ce qu’il écrit ; rien ne l’a encore été."
    return True, f"Le serveur administré archive ce qu’il écrit, la dernière fois le {_le(dernier)}."


def _instant_de(secondes: float) -> datetime:
    return datetime.fromtimestamp(secondes, UTC)


def _le(instant: datetime) -> str:
    return f"{instant.astimezone(FUSEAU_METROPOLE):%d/%m/%Y à %H:%M}"


def _phrase(refus: Exception) -> str:
    return str(refus)[:1].upper() + str(refus)[1:]
