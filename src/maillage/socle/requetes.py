"""Queries written out and planned once by each connection: what nearly every page asks.

A page of a followed person asks a dozen small questions; composing one, and planning it, costs more than
answering it. Those asked at every page are written here and there as a ``Requete``: PostgreSQL keeps their
plan, and judges the wall at every execution as for any other. The rest stays with the ORM.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection


class _Prepare(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor whose statements are prepared at their first execution."""

    def execute(self, query: Any, params: Any = None, **_: Any) -> _Prepare:
        return super().execute(query, params, prepare=True)


class Requete:
    """A ``SELECT`` with named parameters (``%(nom)s``), each cast where its type is not obvious.

    It runs on the connection of the page, in its transaction, as its role; an error of the database is
    Django's. ``jsonb`` comes as text: select it ``::text`` and read it yourself.
    """

    __slots__ = ("sql",)

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def lignes(self, **parametres: Any) -> list[tuple[Any, ...]]:
        """Every row."""
        connection.close_if_health_check_failed()  # as Django's own cursors do: the server may have restarted
        connection.ensure_connection()
        brut: Any = _Prepare(connection.connection)
        curseur = (
            connection.make_debug_cursor(brut) if connection.queries_logged else connection.make_cursor(brut)
        )
        with curseur:
            curseur.execute(self.sql, parametres)
            lues: list[tuple[Any, ...]] = curseur.fetchall()
        return lues

    def ligne(self, **parametres: Any) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.lignes(**parametres)), None)
