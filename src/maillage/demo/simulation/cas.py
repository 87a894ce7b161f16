"""One followed person from the signalement to the end, as dates and decisions: nothing is written here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID, uuid4

from maillage.demo.simulation import recits
from maillage.demo.simulation.hasard import Hasard
from maillage.droit.api import anniversaire
from maillage.situations.points import AVANCE
from maillage.situations.rules import conservation
from maillage.situations.rules.ages import tranche

UN_JOUR = timedelta(days=1)
#: A year of birth asks the rules for its term through the day alone: these answers come back often.
prochaine_revue = lru_cache(maxsize=65_536)(conservation.prochaine_revue)
expiration_signalement = lru_cache(maxsize=65_536)(conservation.expiration_signalement)


@dataclass(slots=True)
class Personne:
    """Who is brought to the groupe, by whom and why.

    ``objet``: the pseudonym of the key; that of a person is never that of another simulation.
    """

    fil: UUID
    signalement: UUID
    nom: str
    prenom: str
    sexe: str
    naissance: date
    mineure: bool
    motif: str
    exposition: str
    origine: str
    auteur: str
    tranche: str
    recu_le: date
    objet: UUID = field(default_factory=uuid4)


@dataclass(slots=True)
class Cas:
    """A follow-up. ``rang``: the séance that opened it; ``revues``: (séance, decision) that came after.

    ``fin`` is the day it was closed, or ended by itself at its term; None while it goes on. ``vivant``: its
    rows are still kept on the last day of the history.
    """

    personne: Personne
    situation: UUID
    rang: int
    ouverte_le: date
    revues: list[tuple[int, str]]
    revue_le: date
    expire_le: date | None
    fin: date | None
    issue: str
    vivant: bool

    @property
    def close(self) -> bool:
        return bool(self.issue)


def personne(
    hasard: Hasard, volet: str, recu_le: date, noms: Sequence[str], prenoms: dict[str, list[str]]
) -> Personne:
    """Someone nobody knows, brought to the groupe that day."""
    motif, exposition, origine, auteur = hasard.un(recits.RECITS[volet])
    bas, haut = recits.AGES[volet][exposition]
    naissance = recu_le - timedelta(days=hasard.entre(bas * 366, haut * 365))
    sexe = hasard.un("FMMM")
    return Personne(
        fil=hasard.uuid(),
        signalement=hasard.uuid(),
        nom=hasard.un(noms),
        prenom=hasard.un(prenoms[sexe]),
        sexe=sexe,
        naissance=naissance,
        mineure=anniversaire(naissance, 18) > recu_le,
        motif=motif,
        exposition=exposition,
        origine=origine,
        auteur=auteur,
        tranche=tranche(naissance, recu_le),
        recu_le=recu_le,
    )


def suivre(
    hasard: Hasard, volet: str, qui: Personne, rang: int, seances: Sequence[date], aujourd_hui: date
) -> Cas:
    """What the groupe decides of this person at each séance where the review is due.

    ``seances``: the days of the séances held, in order; the one of ``rang`` opened the follow-up.
    """
    ouverte_le = seances[rang]
    terme = conservation.echeances_situation(
        volet=volet, le=ouverte_le, naissance=qui.naissance, cloture=None
    ).destruction
    revue_le = prochaine_revue(le=ouverte_le, destruction=terme)
    cas = Cas(qui, hasard.uuid(), rang, ouverte_le, [], revue_le, terme, None, "", True)
    while True:
        rang = max(rang + 1, bisect_left(seances, cas.revue_le - AVANCE))
        jour = seances[rang] if rang < len(seances) else aujourd_hui
        if terme is not None and terme <= jour:
            cas.fin, cas.vivant = terme, False
            return cas
        if rang >= len(seances):
            return cas
        if hasard.arrive(recits.CLORE):
            cas.revues.append((rang, "clore"))
            return _clore(hasard, volet, cas, jour, aujourd_hui)
        cas.revues.append((rang, "prolonger"))
        cas.revue_le = prochaine_revue(le=jour, destruction=terme)


def _clore(hasard: Hasard, volet: str, cas: Cas, jour: date, aujourd_hui: date) -> Cas:
    cas.fin, cas.issue = jour, hasard.un(recits.ISSUES)
    cas.expire_le = conservation.echeances_situation(
        volet=volet, le=jour, naissance=cas.personne.naissance, cloture=jour
    ).destruction
    cas.vivant = cas.expire_le is not None and cas.expire_le > aujourd_hui
    return cas
