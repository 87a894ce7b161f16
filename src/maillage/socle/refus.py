"""Refusals: what a service raises when the law, a right or the state of things says no.

A service runs in a savepoint. Raising undoes its writes; the middleware then journals the refusal
in the request's transaction, which is committed: the attempt stays known, its effect does not.
"""

from uuid import UUID

from maillage.droit.api import Verdict


class Refus(Exception):
    """A refusal that explains itself.

    ``statut`` is the HTTP answer: 403 for a right, 409 for a stale or repeated act, 422 for a rule.
    ``objet`` is the public id of what was asked, for the journal; never a name.
    """

    def __init__(self, verdict: Verdict, *, statut: int = 422, objet: UUID | None = None) -> None:
        super().__init__(", ".join(motif.code for motif in verdict.motifs))
        self.verdict = verdict
        self.statut = statut
        self.objet = objet


class Introuvable(Exception):
    """Absent or hidden: the same answer, the same journal entry, nothing to tell them apart."""

    def __init__(self, objet: UUID | str | None = None) -> None:
        super().__init__("introuvable")
        self.objet = str(objet) if objet is not None else None
