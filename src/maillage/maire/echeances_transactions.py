"""What the settlements make due: the next step with its last day, and the erasures."""

from collections.abc import Iterable, Sequence
from datetime import date

from maillage.interface.adresses import adresse
from maillage.maire.echeances import EcheanceDActe
from maillage.maire.lieux import Lieu
from maillage.maire.selectors.transactions import Filtres, Lue, echeance, toutes


def echeances(lieux: Sequence[Lieu], horizon: date) -> Iterable[EcheanceDActe]:
    """Everything due up to ``horizon``; a step without a day of its own is due today."""
    lus = {ou.cercle for ou in lieux}
    for lue in toutes(Filtres("toutes")):
        if lue.ou.cercle not in lus:
            continue
        if lue.ligne.expire_le <= horizon:
            yield _effacement(lue)
        due = echeance(lue)
        if due is None or not lue.ou.prepare:
            continue
        le = due.avant_le or lue.ou.jour
        if le <= horizon:
            yield EcheanceDActe(
                le,
                f"{due.quoi} : transaction de {lue.identite.initiales}",
                f"{lue.ou.vu.formation}, transaction n° {lue.ligne.reference}.",
                adresse("transactions:transaction", lue.ligne.public_id),
            )


def _effacement(lue: Lue) -> EcheanceDActe:
    return EcheanceDActe(
        lue.ligne.expire_le,
        f"Effacement de la transaction n° {lue.ligne.reference} ({lue.identite.initiales})",
        f"{lue.ou.vu.formation}. Il se fera seul ; sa ligne reste au registre, sans nom.",
        adresse("transactions:transaction", lue.ligne.public_id),
        "Vérifier",
        automatique=True,
    )
