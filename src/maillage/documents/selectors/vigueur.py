"""Which conventions hold in a commune on a day: asked by the rooms whose acts rest on one.

Between bodies only, and by commune: whoever acts for it may know on what their act rests, without being one
of those who keep the council's conventions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from maillage.documents.familles import SANS_NOM, Lue, faits_de
from maillage.documents.models import Convention
from maillage.documents.rules import conventions as regles
from maillage.documents.rules.genres import genre as genre_de
from maillage.documents.states import LIBELLES, EtatConvention

#: The party that says which commune a convention binds.
COMMUNE = "commune"
#: A commune signs a handful of them in its life; nothing is scrolled.
PLAFOND = 100


@dataclass(frozen=True, slots=True)
class ConventionDeCommune:
    """A convention that binds a commune, as it stands on the day asked. ``fin``: its last day of force."""

    reference: UUID
    numero: int
    etat: EtatConvention
    debut: date
    fin: date
    champs: Mapping[str, Any]
    rappels: tuple[regles.Rappel, ...]

    @property
    def en_vigueur(self) -> bool:
        return self.etat is EtatConvention.EN_VIGUEUR

    @property
    def libelle_etat(self) -> str:
        return LIBELLES[self.etat]


def conventions_de_la_commune(genre: str, commune: str, le: date) -> list[ConventionDeCommune]:
    """Those of a kind that bind this commune (INSEE code), the last to begin first.

    The commune is the body of the directory named as a party; a name only written out counts where the
    council that keeps the convention is the commune's own.
    """
    nommee = Q(parties__organisme__genre=COMMUNE, parties__organisme__commune_code=commune)
    ecrite = Q(parties__organisme__isnull=True, conseil__commune_code=commune)
    lignes = (
        Convention.objects.filter(Q(parties__role=COMMUNE) & (nommee | ecrite), genre=genre)
        .prefetch_related("avenants")
        .order_by("-debut", "-pk")
        .distinct()
    )
    delais = genre_de(genre).rappels_jours
    return [_lue(ligne, le, delais) for ligne in lignes[:PLAFOND]] if commune else []


def _lue(ligne: Convention, le: date, delais: tuple[int, ...]) -> ConventionDeCommune:
    faits = faits_de(ligne, Lue(ligne, SANS_NOM).avenants)
    fin = regles.terme(faits, le)
    if ligne.resiliee_le is not None:
        fin = min(fin, ligne.resiliee_le - timedelta(days=1))
    return ConventionDeCommune(
        reference=ligne.public_id,
        numero=ligne.numero,
        etat=regles.etat(faits, le),
        debut=regles.prend_effet_le(faits) or ligne.debut,
        fin=fin,
        champs=ligne.champs,
        rappels=regles.rappels(faits, le, delais),
    )
