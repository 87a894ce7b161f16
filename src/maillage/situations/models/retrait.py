"""What an author may take back: the instant of the entry, and the wall's own reading of the rule."""

from typing import Any

from django.db import models

from maillage.socle.contraintes import ROLE_WEB, ContrainteSql


class Retrait(ContrainteSql):
    """The web role erases a row only for its author, soon, untouched, in an open file.

    Two restrictive policies add to the wall. The instant and the author are those of the transaction
    that writes the row, and the columns left to UPDATE let nobody change either of them: a row cannot be
    made young again. ``modifiables`` always holds ``version``, without which no row could be locked.
    """

    def __init__(self, *, name: str, auteur: str, minutes: int, modifiables: tuple[str, ...] = ()) -> None:
        super().__init__(name=name)
        self.auteur = auteur
        self.minutes = minutes
        self.modifiables = modifiables

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        situation = model._meta.get_field("situation").remote_field.model._meta.db_table
        sien = f"{nom(model._meta.get_field(self.auteur).column)} = (SELECT socle.acteur())"
        recent = f"saisi_le > (SELECT socle.maintenant()) - interval '{self.minutes} minutes'"
        ouverte = (
            f"EXISTS (SELECT FROM {nom(situation)} s WHERE s.id = {table}.situation_id "
            f"AND s.cercle_id = {table}.cercle_id AND s.etat = 'ouverte')"
        )
        colonnes = ", ".join(nom(colonne) for colonne in ("version", *self.modifiables))
        return "; ".join(
            [
                f"CREATE POLICY {nom(self.name + '_saisie')} ON {table} AS RESTRICTIVE FOR INSERT "
                f"TO {ROLE_WEB} WITH CHECK ({sien} AND saisi_le = (SELECT socle.maintenant()))",
                f"CREATE POLICY {nom(self.name)} ON {table} AS RESTRICTIVE FOR DELETE TO {ROLE_WEB} "
                f"USING ({sien} AND version = 1 AND {recent} AND {ouverte})",
                f"REVOKE UPDATE ON {table} FROM {ROLE_WEB}",
                f"GRANT UPDATE ({colonnes}) ON {table} TO {ROLE_WEB}",
                f"GRANT DELETE ON {table} TO {ROLE_WEB}",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        return "; ".join(
            [
                f"REVOKE DELETE ON {table} FROM {ROLE_WEB}",
                f"GRANT UPDATE ON {table} TO {ROLE_WEB}",
                f"DROP POLICY {nom(self.name)} ON {table}",
                f"DROP POLICY {nom(self.name + '_saisie')} ON {table}",
            ]
        )

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        kwargs |= {"auteur": self.auteur, "minutes": self.minutes}
        if self.modifiables:
            kwargs["modifiables"] = self.modifiables
        return chemin, args, kwargs


class Reprenable(models.Model):
    """An entry its author may take back. ``saisi_le`` is empty for what no page wrote: it then stays."""

    AUTEUR: str
    saisi_le = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def auteur_id(self) -> int | None:
        """The account that wrote it."""
        cle: int | None = getattr(self, f"{self.AUTEUR}_id")
        return cle
