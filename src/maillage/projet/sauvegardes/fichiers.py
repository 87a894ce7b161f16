"""A file that is there whole or not at all, for its owner alone; what to say when it cannot be written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

EN_COURS: Final = ".en-cours"
_PLEIN: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def ecrire_entier(fichier: Path, nommer: Callable[[], Path] | None = None) -> Iterator[BinaryIO]:
    """A file open for writing, which takes its name only once it is all on the disk.

    Cut short, whatever the way, the one that bore this name before is still there, whole. ``nommer``: its
    name, in the same folder, where only the end of the block tells it.
    """
    en_cours = fichier.with_name(f".{fichier.name}{EN_COURS}")
    descripteur = os.open(en_cours, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descripteur, "wb") as sortie:
            yield sortie
            sortie.flush()
            os.fsync(sortie.fileno())
        en_cours.replace(fichier if nommer is None else nommer())
        confirmer(fichier.parent)
    finally:
        en_cours.unlink(missing_ok=True)


def confirmer(dossier: Path) -> None:
    """What was just named in this folder keeps its name after a power cut."""
    descripteur = os.open(dossier, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)


def pourquoi(erreur: OSError) -> str:
    """Why it cannot be written, for the end of a sentence; never a path we did not ask for."""
    if erreur.errno in _PLEIN:
        return "il n’y a plus de place sur le disque : libérez-en ; la sauvegarde d’avant est restée entière"
    return type(erreur).__name__
