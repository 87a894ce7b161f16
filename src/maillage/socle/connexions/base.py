"""The engine of ``DATABASES``: Django's own, that does not ask the server a question before each page."""

from __future__ import annotations

import select
from typing import Final

import psycopg
from django.db.backends.postgresql.base import DatabaseWrapper as DeDjango
from psycopg.pq import ConnStatus

#: What a server says as it stops is read in one or two times before the end of the line is seen.
_LECTURES: Final = 8


class DatabaseWrapper(DeDjango):
    """Nothing else differs: a page saves one question in ten."""

    def is_usable(self) -> bool:
        """Whether the line still holds: a server that stopped, or ended this session, has closed it.

        A server that answers no more without closing is not seen here, nor would a page that asked it first
        be better off: it would wait as long.
        """
        if self.connection is None:
            return False
        pgconn = self.connection.pgconn
        try:
            guet = select.poll()
            guet.register(pgconn.socket, select.POLLIN)
            for _ in range(_LECTURES):
                if not guet.poll(0):
                    break
                pgconn.consume_input()
        except (psycopg.Error, OSError):
            return False
        return bool(pgconn.status == ConnStatus.OK)
