"""What goes from this room when the retention run erases a file."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from maillage.documents.models import (
    AvenantNominatif,
    ConventionNominative,
    PartieNominative,
    SignatureNominative,
)


def effacer_conventions(objets: Collection[UUID]) -> int:
    """Erase the nominative conventions of these files, as ``m_maintenance``. Returns how many rows went."""
    cles = list(ConventionNominative.objects.filter(objet__in=objets).values_list("pk", flat=True))
    effacees = SignatureNominative.objects.filter(partie__convention__in=cles).delete()[0]
    effacees += AvenantNominatif.objects.filter(convention__in=cles).delete()[0]
    effacees += PartieNominative.objects.filter(convention__in=cles).delete()[0]
    # A renewal first: it points at the convention it follows.
    suivantes = ConventionNominative.objects.filter(pk__in=cles)
    while suivantes.exists():
        feuilles = suivantes.exclude(
            pk__in=list(suivantes.exclude(precedente=None).values_list("precedente_id", flat=True))
        )
        effacees += feuilles.delete()[0]
    return effacees
