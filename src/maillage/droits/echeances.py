"""What the rights of persons make due, for the day page: requests for the DPO, questions for the holders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from maillage.droits.lieux import registres, tenus
from maillage.droits.rules.demandes import TENANTS
from maillage.droits.selectors import demandes_dues, questions_dues
from maillage.interface.typographie import date_longue
from maillage.strategie.api import liste


@dataclass(frozen=True, slots=True)
class EcheanceDeDroit:
    """One thing to do: verb first, why it is here, one way to it. Never a name."""

    le: date
    titre: str
    pourquoi: str
    url: str
    bouton: str


def echeances(jours: int) -> Iterator[EcheanceDeDroit]:
    """Everything due within that many days, late ones included."""
    droits = liste("droits_personnes")
    lieux = registres()
    if lieux:
        horizon = max(ou.jour for ou in lieux) + timedelta(days=jours)
        for demande in demandes_dues(lieux, horizon):
            yield EcheanceDeDroit(
                demande.echeance,
                f"Répondre à la demande n° {demande.reference}",
                f"{droits.item(demande.droit).libelle}, reçue le {date_longue(demande.recue_le)}. "
                "Le délai est d’un mois (RGPD, art. 12).",
                reverse("droits:demande", args=[demande.public_id]),
                "Voir la demande",
            )
    repondent = [ou for ou in tenus() if ou.vu.role in TENANTS.get(ou.vu.genre, ())]
    if repondent:
        noms = {ou.cercle: ou.vu.formation for ou in repondent}
        horizon = max(ou.jour for ou in repondent) + timedelta(days=jours)
        for question in questions_dues(repondent, horizon):
            yield EcheanceDeDroit(
                question.avant_le,
                f"Répondre au délégué, demande n° {question.reference}",
                f"{noms[question.cercle_id]}. {droits.item(question.droit).libelle} : dites si la personne "
                "est connue ici.",
                reverse("droits:question", args=[question.public_id]),
                "Répondre",
            )
