"""Words for what waits in the conventions: signatures, notices of tacit renewal, terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.urls import reverse

from maillage.documents.api import rappels_de_conventions
from maillage.interface.typographie import date_longue
from maillage.pilotage.journee.taches import HORIZON, Tache

#: kind of reminder -> what to do, why, button.
MOTS: Mapping[str, tuple[str, str, str]] = {
    "signatures": (
        "Faire signer",
        "Premier jour le {le} ; elle ne vaut rien sans toutes ses signatures.",
        "Voir",
    ),
    "preavis": (
        "Décider de prolonger ou non",
        "Sans refus avant le {le}, elle se prolonge d’elle-même.",
        "Décider",
    ),
    "renouveler": ("Renouveler", "Elle prend fin le {le}.", "Renouveler"),
    "terme": ("Voir la fin de", "Elle prend fin le {le}, sans renouvellement prévu.", "Voir"),
}


def rappels(jour: date) -> Iterable[Tache]:
    """Reminders of the conventions kept, whose day falls in the horizon of the page or just beyond it."""
    for rappel in rappels_de_conventions():
        verbe, pourquoi, bouton = MOTS[rappel.genre]
        # A notice months ahead is prepared early: the page shows it now rather than at the last fortnight.
        le = min(rappel.le, jour + timedelta(days=HORIZON))
        yield Tache(
            le,
            f"{verbe} la convention n°\u00a0{rappel.numero}, {rappel.libelle}",
            f"{rappel.lieu}. {pourquoi.format(le=date_longue(rappel.le))}",
            reverse("documents:convention", args=[rappel.convention]),
            bouton,
        )
