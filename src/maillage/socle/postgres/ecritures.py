"""The write-ahead log after an erasure: what it still tells of the erased is ended, not kept for reuse.

A segment holds what was written, in clear where the table was. PostgreSQL keeps used segments to write over
them later: the embedded server is told not to (``wal_recycle``), so that a checkpoint removes them.
"""

from __future__ import annotations

from .serveur import Serveur


def oublier_les_ecritures(serveur: Serveur) -> None:
    """Begin a new segment and remove the former ones, with the files of tables written again."""
    with serveur.connexion_superutilisateur() as connexion:
        connexion.execute("SELECT pg_switch_wal()")
        connexion.execute("CHECKPOINT")
