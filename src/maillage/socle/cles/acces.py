"""The store of this process, as the settings describe it."""

from __future__ import annotations

from pathlib import Path

from maillage.socle.cles.coffre import Coffre
from maillage.socle.cles.maitre import FichierMaitre

#: Beside the master key, outside PostgreSQL: a store brought back from before is told who was erased since.
LISTE = "effacements.txt"
_coffre: list[Coffre] = []


def coffre() -> Coffre:
    """The store, built once; its connections open at their first use."""
    if not _coffre:
        from django.conf import settings

        fichier = Path(settings.CLE_MAITRESSE)
        _coffre.append(Coffre(settings.COFFRE_DE_CLES, FichierMaitre(fichier), fichier.with_name(LISTE)))
    return _coffre[0]


def installer(autre: Coffre) -> None:
    """Use that one from now on: a command that brings a store back, and the tests."""
    if _coffre:
        _coffre[0].fermer()
    _coffre[:] = [autre]
