"""The journal's door: entries are written by one SQL function that stamps actor and time itself."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection


def journaliser(
    evenement: str,
    *,
    objet: UUID | str | None = None,
    cercle: int | None = None,
    details: Mapping[str, str | int | bool | Sequence[str] | None] | None = None,
) -> None:
    """Record an event in the transaction it describes; if it cannot be recorded, the act fails.

    ``details`` holds codes, counts and pseudonymous ids, never a name nor a text.
    """
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT socle.journaliser(%s, %s, %s, %s::jsonb)",
            [evenement, str(objet) if objet else None, cercle, json.dumps(dict(details or {}))],
        )
