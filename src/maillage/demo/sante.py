"""Needs of care that found no answer, in the demonstration: numbers only, for the CLSM and the ARS."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from maillage.demo.territoire import Territoire, au_nom_de
from maillage.parcours import api as parcours
from maillage.situations import api as situations

#: (structure, reason, how many): one of them too small to be told.
BESOINS: Final = (
    ("cmp", "delai", 9),
    ("mda", "distance", 8),
    ("cmpp", "delai", 7),
    ("csapa", "absente", 2),
)


def noter_les_besoins(territoire: Territoire, fin: datetime) -> None:
    """Told by the coordination of Colomiers: nothing is kept of the file it was noted from."""
    coordination = territoire.comptes["coordonnatrice"]
    cercle = territoire.groupes["jeunesse"].cercle_id or 0
    with au_nom_de(coordination, fin):
        ouvertes = [situation.public_id for situation in situations.a_revoir(cercle, date.max)]
    if not ouvertes:
        return
    for rang, (structure, raison, combien) in enumerate(BESOINS):
        for fois in range(combien):
            with au_nom_de(coordination, fin - timedelta(days=3 + rang, minutes=fois)):
                parcours.noter_besoin(
                    situation=ouvertes[(rang + fois) % len(ouvertes)], structure=structure, raison=raison
                )
