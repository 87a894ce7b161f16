"""Where a signalement may be handed over in this room: the family councils the reader writes in."""

from uuid import UUID

from maillage.interface.adresses import adresse
from maillage.interface.navigation import Lien
from maillage.maire.lieux import lieux_des_familles


def vers_les_familles(signalement: UUID) -> list[Lien]:
    """One link a council; none for who sits in no family council, or only reads there."""
    ecrits = [ou for ou in lieux_des_familles() if ou.prepare]
    return [
        Lien(
            "Saisir le conseil des familles" if len(ecrits) == 1 else f"Saisir : {ou.vu.nom}",
            adresse("familles:depuis_un_groupe", ou.vu.public_id, signalement),
        )
        for ou in ecrits
    ]
