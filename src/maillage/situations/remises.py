"""Hand a signalement over where the groupe proposed it: the identity passes once, and nothing else.

The receiving room opens the gate and records a row of its own, in its own cercle; here only the fact that the
gate was used is kept, never where it led. No row leads from one to the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from maillage.interface.navigation import Lien
from maillage.situations.cercles import ici
from maillage.situations.identites import IdentiteVue
from maillage.situations.identites import lire as lire_identite
from maillage.situations.models import Signalement
from maillage.situations.rules.signalement import etat_d_une_remise, juger_remise
from maillage.situations.selectors import une
from maillage.situations.services.commun import exiger
from maillage.socle.journal import journaliser
from maillage.socle.services import commande, modifier


@dataclass(frozen=True, slots=True)
class Remise:
    """What passes: who, and the age band where the birth date is unknown. ``cercle``: where it was said."""

    identite: IdentiteVue
    tranche: str
    cercle: int


#: Decision -> the links a room offers to the reader, for the signalement of that public id.
_portes: dict[str, Callable[[UUID], Sequence[Lien]]] = {}


def enregistrer(decision: str, liens: Callable[[UUID], Sequence[Lien]]) -> None:
    """Open the gate of a decision, at start; two rooms for one decision is an error."""
    if _portes.setdefault(decision, liens) is not liens:
        raise ValueError(f"porte déjà enregistrée : {decision}")


def liens_de(signalement: Signalement) -> Sequence[Lien]:
    """Where this reader may hand it over now; nothing where it was already, or is not theirs to hand."""
    acteur = ici(signalement.cercle_id)
    for decision, liens in _portes.items():
        verdict = juger_remise(suite=signalement.suite, decision=decision, role=acteur.membre.role)
        if verdict.ok:
            return liens(signalement.public_id)
    return ()


def est_remis(signalement: Signalement) -> bool:
    """Whether a gate was used."""
    return any(signalement.suite == etat_d_une_remise(decision) for decision in _portes)


def a_remettre(signalement: UUID, decision: str) -> Remise:
    """What would pass, for the form of the receiving room. Raises ``Introuvable``, or why it may not."""
    return _lue(une(Signalement, signalement), decision)


def _lue(lu: Signalement, decision: str) -> Remise:
    acteur = ici(lu.cercle_id)
    exiger(juger_remise(suite=lu.suite, decision=decision, role=acteur.membre.role), lu)
    return Remise(lire_identite(lu.identite_id), lu.tranche_age, lu.cercle_id)


@commande
def remettre(*, signalement: UUID, decision: str) -> Remise:
    """Use the gate, once: whoever comes second is told. Called by the command that receives."""
    lu = une(Signalement, signalement, verrou=True)
    remise = _lue(lu, decision)
    modifier(Signalement.objects.filter(pk=lu.pk), version=lu.version, suite=etat_d_une_remise(decision))
    journaliser("signalement_remis", objet=signalement, cercle=lu.cercle_id, details={"decision": decision})
    return remise
