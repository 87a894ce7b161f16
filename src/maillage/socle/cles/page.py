"""The keys of a page: asked once, all together, and forgotten with the request."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from maillage.socle.cles.acces import coffre
from maillage.socle.cles.coffre import Cles
from maillage.socle.contexte import courant

_CLES: Final = "cles_de_dossier"


def cles_de(objets: Collection[UUID]) -> Cles:
    """The keys of these files; within a page that only reads, only those it does not hold yet are asked."""
    contexte = courant()
    if contexte is None or contexte.memoire is None:
        return coffre().lire(objets)
    tenues = contexte.memoire.setdefault(_CLES, {})
    manquantes = set(objets) - tenues.keys()
    if manquantes:
        lues = coffre().lire(manquantes)
        tenues.update((objet, lues.get(objet, {})) for objet in manquantes)
    connues: Cles = tenues
    return connues
