"""Grants that depend on the row: a table without names, whose rows belong to whoever holds them."""

from collections.abc import Sequence
from typing import Any

from maillage.socle.contraintes import ROLE_MAINTENANCE, ROLE_WEB, ContrainteSql


class DroitsTenus(ContrainteSql):
    """Grants of a table everybody reads and adds to, whose rows change or go by the hand of who holds them.

    ``tenue`` is an SQL condition on the row, read under the walls of the actor; ``modifiables`` are the only
    columns that change.
    """

    def __init__(self, *, name: str, tenue: str, modifiables: Sequence[str]) -> None:
        super().__init__(name=name)
        self.tenue = tenue
        self.modifiables = list(modifiables)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        ordres = [f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"]
        for ordre, condition in (
            ("SELECT", "USING (true)"),
            ("INSERT", "WITH CHECK (true)"),
            ("UPDATE", f"USING ({self.tenue}) WITH CHECK (true)"),
            ("DELETE", f"USING ({self.tenue})"),
        ):
            politique = nom(f"{self.name}_{ordre.lower()}")
            ordres.append(f"CREATE POLICY {politique} ON {table} FOR {ordre} TO {ROLE_WEB} {condition}")
        return "; ".join(
            [
                *ordres,
                f"CREATE POLICY {nom(self.name + '_maintenance')} ON {table} TO {ROLE_MAINTENANCE} "
                "USING (true) WITH CHECK (true)",
                f"GRANT SELECT, INSERT, DELETE ON {table} TO {ROLE_WEB}",
                f"GRANT UPDATE ({', '.join(map(nom, self.modifiables))}) ON {table} TO {ROLE_WEB}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE_MAINTENANCE}",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        ordres = ("select", "insert", "update", "delete", "maintenance")
        return "; ".join(
            [
                *(f"DROP POLICY {nom(f'{self.name}_{ordre}')} ON {table}" for ordre in ordres),
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                f"REVOKE ALL ON {table} FROM {ROLE_WEB}, {ROLE_MAINTENANCE}",
            ]
        )

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        return chemin, args, kwargs | {"tenue": self.tenue, "modifiables": self.modifiables}
