"""The whole life of a convention as steps: from which day, in which state, until which term. Pure.

A state follows from the facts and the day. The facts only change by an act: so each act writes, beside them,
the steps they lead to, and the register is filtered and ordered by the database without telling the rules
again in SQL. Nothing has to run at night.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.documents.rules.conventions import (
    RENOUVELLEMENTS_MAX,
    Faits,
    Mode,
    ajouter_mois,
    etat,
    limite_de_denonciation,
    terme,
)
from maillage.documents.states import EtatConvention

UN_JOUR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Palier:
    """From ``depuis`` included to ``jusqua`` excluded."""

    depuis: date
    jusqua: date
    etat: EtatConvention
    terme: date

    def en_colonne(self) -> dict[str, str]:
        """As the row keeps it: days in ISO order, which is also the order of texts."""
        return {
            "depuis": self.depuis.isoformat(),
            "jusqua": self.jusqua.isoformat(),
            "etat": self.etat.value,
            "terme": self.terme.isoformat(),
        }


def paliers(faits: Faits) -> tuple[Palier, ...]:
    """Every step, from the first day of the calendar to its last one."""
    lus: list[tuple[date, EtatConvention, date]] = []
    for jour in sorted({date.min, *_jours_de_changement(faits)}):
        etat_, terme_ = etat(faits, jour), terme(faits, jour)
        if not lus or lus[-1][1:] != (etat_, terme_):
            lus.append((jour, etat_, terme_))
    fins = [jour for jour, _, _ in lus[1:]] + [date.max]
    return tuple(
        Palier(jour, fin, etat_, terme_) for (jour, etat_, terme_), fin in zip(lus, fins, strict=True)
    )


def _jours_de_changement(faits: Faits) -> set[date]:
    """The days on which something may change; there may be more of them than steps."""
    jours = {faits.proposee_le, faits.debut, faits.signee_le, faits.renouvelee_le, faits.resiliee_le}
    for avenant in faits.avenants:
        jours |= {avenant.prend_effet_le, avenant.signe_le}
    for fin in _termes_possibles(faits):
        jours |= {fin + UN_JOUR, limite_de_denonciation(faits, fin) + UN_JOUR}
    return {jour for jour in jours if jour is not None}


def _termes_possibles(faits: Faits) -> set[date]:
    ecrits = {faits.fin, *(a.nouvelle_fin for a in faits.avenants if a.nouvelle_fin is not None)}
    return ecrits | set(_prolonges(ecrits, faits))


def _prolonges(ecrits: Iterable[date], faits: Faits) -> Sequence[date]:
    regle = faits.renouvellement
    if regle.mode is not Mode.TACITE or regle.duree_mois < 1:
        return ()
    fois = range(1, min(regle.fois, RENOUVELLEMENTS_MAX) + 1)
    return [ajouter_mois(depart, regle.duree_mois * n) for depart in ecrits for n in fois]
