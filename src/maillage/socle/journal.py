"""The journal's door: entries are written by one SQL function that stamps actor and time itself."""

import json
import re
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection

from maillage.socle.lectures import noter

#: An account has opened more files than a person reads (see ``socle.lectures``); found by an index.
DEPASSEMENT = "rythme_depasse"
#: Public ids and codes of territories. Anything else was typed: the journal holds nothing typed.
PSEUDONYME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9][0-9AB][0-9]{0,7}")


def journaliser(
    evenement: str,
    *,
    objet: UUID | str | None = None,
    cercle: int | None = None,
    details: Mapping[str, str | int | bool | Sequence[str] | None] | None = None,
) -> None:
    """Record an event in the transaction it describes; if it cannot be recorded, the act fails.

    ``details`` holds codes, counts and pseudonymous ids, never a name nor a text. Raises ``PreuveDemandee``
    for the reading of a file by an account that owes a proof.
    """
    noter(evenement)
    pseudonyme = str(objet) if objet and PSEUDONYME.fullmatch(str(objet)) else None
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT socle.journaliser(%s, %s, %s, %s::jsonb)",
            [evenement, pseudonyme, cercle, json.dumps(dict(details or {}))],
        )
