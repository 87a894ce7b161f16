"""Every file of this room about one person in one cercle, with its steps: for the answer to that person."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from maillage.instances.api import LigneNominative
from maillage.maire.conservation import FAMILLES
from maillage.maire.models import Dossier


def dossiers_de_la_personne(cercle: int, identite: int) -> Iterator[tuple[Dossier, list[LigneNominative]]]:
    """Each file and what was written in it, as the wall shows them to who holds the register."""
    for famille in FAMILLES:
        for dossier in famille.lignes.filter(cercle=cercle, identite=identite).order_by("pk"):
            pieces: list[LigneNominative] = []
            for piece in famille.pieces:
                lignes: QuerySet[Any] = piece._default_manager.all()
                pieces += lignes.filter(cercle=cercle, dossier=dossier.pk).order_by("pk")
            yield dossier, pieces
