"""Model constraints that carry the wall: composite keys, row-level security, grants.

A model declares its own protection in ``Meta.constraints``; the migration that creates the table
therefore creates its wall in the same transaction, and a model without one is visible in a diff.

Under ``FORCE ROW LEVEL SECURITY`` adding a foreign key would validate zero rows and accept
orphans, so every key is added between ``NO FORCE`` and ``FORCE``.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLE_WEB = "m_web"
ROLE_MAINTENANCE = "m_maintenance"

#: The wall key of every nominative row; the subselect makes PostgreSQL evaluate the function once.
PREDICAT_DU_MUR = "cercle_id = ANY((SELECT socle.mes_cercles())::bigint[])"


class ContrainteSql(models.BaseConstraint):
    """A constraint that only the database evaluates, created by a statement of its own."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """On table creation, postpone the statement until the table exists."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """Nothing to do in Python: the database is the judge."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ContrainteSql) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((type(self), self.name))


class CleComposee(ContrainteSql):
    """``FOREIGN KEY (champ_id, cercle_id) REFERENCES cible (id, cercle_id)``.

    A row can only point at a row of its own cercle: a foreign key on the id alone would tell, by
    its error, whether a hidden row exists. The target declares ``UniqueConstraint("id", "cercle")``
    and the field ``db_constraint=False``.
    """

    def __init__(self, *, champ: str, name: str, partage: str = "cercle") -> None:
        super().__init__(name=name)
        self.champ = champ
        self.partage = partage

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        nom = schema_editor.quote_name
        champ, partage = model._meta.get_field(self.champ), model._meta.get_field(self.partage)
        cible = champ.remote_field.model
        table, table_cible = nom(model._meta.db_table), nom(cible._meta.db_table)
        colonnes = f"({nom(champ.column)}, {nom(partage.column)})"
        colonnes_cible = f"({nom(cible._meta.pk.column)}, {nom(cible._meta.get_field(self.partage).column)})"
        tables = list(dict.fromkeys([table, table_cible]))
        lacher = [f"ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY" for t in tables]
        reprendre = [f"ALTER TABLE {t} FORCE ROW LEVEL SECURITY" for t in tables]
        cle = (
            f"ALTER TABLE {table} ADD CONSTRAINT {nom(self.name)} "
            f"FOREIGN KEY {colonnes} REFERENCES {table_cible} {colonnes_cible}"
        )
        return "; ".join([*lacher, cle, *reprendre])

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        nom = schema_editor.quote_name
        return f"ALTER TABLE {nom(model._meta.db_table)} DROP CONSTRAINT {nom(self.name)}"

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        kwargs["champ"] = self.champ
        if self.partage != "cercle":
            kwargs["partage"] = self.partage
        return chemin, args, kwargs


class Mur(ContrainteSql):
    """The wall of a nominative table: row-level security, forced, and the grants that go with it.

    ``effacer`` grants DELETE to the web role: only for rows an agent may take back (a draft);
    everything else is erased by the retention run.
    """

    def __init__(self, *, name: str, effacer: bool = False) -> None:
        super().__init__(name=name)
        self.effacer = effacer

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert schema_editor is not None
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        droits = "SELECT, INSERT, UPDATE" + (", DELETE" if self.effacer else "")
        return "; ".join(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY {nom(self.name)} ON {table} TO {ROLE_WEB} "
                f"USING ({PREDICAT_DU_MUR}) WITH CHECK ({PREDICAT_DU_MUR})",
                f"CREATE POLICY {nom(self.name + '_maintenance')} ON {table} TO {ROLE_MAINTENANCE} "
                "USING (true) WITH CHECK (true)",
                f"GRANT {droits} ON {table} TO {ROLE_WEB}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE_MAINTENANCE}",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        politiques = (self.name, f"{self.name}_maintenance")
        return "; ".join(f"DROP POLICY {nom(politique)} ON {table}" for politique in politiques)

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        if self.effacer:
            kwargs["effacer"] = True
        return chemin, args, kwargs


#: The same for a row that two sides share: those who follow, and the body that receives.
PREDICAT_PARTAGE = f"{PREDICAT_DU_MUR} OR cercle_prestataire_id = ANY((SELECT socle.mes_cercles())::bigint[])"


class CleLiee(ContrainteSql):
    """A foreign key on several columns: ``liens`` pairs each field with the field of the target it repeats.

    The key itself (``champ``) is always the first pair. The target holds a unique key on those very columns.
    """

    def __init__(self, *, champ: str, liens: Sequence[Sequence[str]], name: str) -> None:
        super().__init__(name=name)
        self.champ = champ
        self.liens = [tuple(lien) for lien in liens]

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        nom = schema_editor.quote_name
        cible = model._meta.get_field(self.champ).remote_field.model
        ici = [model._meta.get_field(self.champ).column] + [
            model._meta.get_field(champ).column for champ, _ in self.liens
        ]
        la = [cible._meta.pk.column] + [cible._meta.get_field(champ).column for _, champ in self.liens]
        table, table_cible = nom(model._meta.db_table), nom(cible._meta.db_table)
        tables = list(dict.fromkeys([table, table_cible]))
        cle = (
            f"ALTER TABLE {table} ADD CONSTRAINT {nom(self.name)} FOREIGN KEY ({', '.join(map(nom, ici))}) "
            f"REFERENCES {table_cible} ({', '.join(map(nom, la))})"
        )
        return "; ".join(
            [
                *(f"ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY" for t in tables),
                cle,
                *(f"ALTER TABLE {t} FORCE ROW LEVEL SECURITY" for t in tables),
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        nom = schema_editor.quote_name
        return f"ALTER TABLE {nom(model._meta.db_table)} DROP CONSTRAINT {nom(self.name)}"

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        return chemin, args, kwargs | {"champ": self.champ, "liens": self.liens}


class MurPartage(Mur):
    """The wall of a row that the cercle and the body's own cercle (``cercle_prestataire``) both read.

    The web role changes only ``modifiables``, and ``version``: neither side ever moves a row to another
    cercle, nor opens it to a third one. ``deux_cotes``: the body writes such rows too (an attendance);
    otherwise only the cercle does, and the row can only be opened to a cercle of kind ``prestataire``.
    """

    def __init__(self, *, name: str, modifiables: Sequence[str], deux_cotes: bool = False) -> None:
        super().__init__(name=name)
        self.modifiables = list(modifiables)
        self.deux_cotes = deux_cotes

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert schema_editor is not None
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        cercles = nom(model._meta.get_field("cercle").remote_field.model._meta.db_table)
        entree = (
            f"cercle_prestataire_id IS NULL OR EXISTS (SELECT FROM {cercles} c "
            "WHERE c.id = cercle_prestataire_id AND c.genre = 'prestataire')"
        )
        if not self.deux_cotes:
            entree = f"{PREDICAT_DU_MUR} AND ({entree})"
        return "; ".join(
            [
                *_mur_et_droits(nom, table, self.name, PREDICAT_PARTAGE, PREDICAT_PARTAGE),
                f"CREATE POLICY {nom(self.name + '_entree')} ON {table} AS RESTRICTIVE FOR INSERT "
                f"TO {ROLE_WEB} WITH CHECK ({entree})",
                f"GRANT UPDATE ({', '.join(nom(c) for c in ('version', *self.modifiables))}) "
                f"ON {table} TO {ROLE_WEB}",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        entree = f"DROP POLICY {nom(self.name + '_entree')} ON {table}"
        return f"{super().remove_sql(model, schema_editor)}; {entree}"

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        kwargs["modifiables"] = self.modifiables
        if self.deux_cotes:
            kwargs["deux_cotes"] = True
        return chemin, args, kwargs


class MurRestreint(Mur):
    """The wall of a row that stays as it was written: the web role changes only ``modifiables``.

    And ``version``. What an act says is never rewritten in the database: another act corrects it.
    """

    def __init__(self, *, name: str, modifiables: Sequence[str]) -> None:
        super().__init__(name=name)
        self.modifiables = list(modifiables)

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert schema_editor is not None
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        return "; ".join(
            [
                *_mur_et_droits(nom, table, self.name, PREDICAT_DU_MUR, PREDICAT_DU_MUR),
                f"GRANT UPDATE ({', '.join(nom(c) for c in ('version', *self.modifiables))}) "
                f"ON {table} TO {ROLE_WEB}",
            ]
        )

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        kwargs["modifiables"] = self.modifiables
        return chemin, args, kwargs


class MurDePorte(Mur):
    """The wall of rows handed over to another cercle: who hands over writes them and never reads them.

    ``cercle`` is that of those who receive; ``cercle_origine`` that of those who hand over. Nothing of such a
    row changes but its version.
    """

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        assert schema_editor is not None
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        origine = "cercle_origine_id = ANY((SELECT socle.mes_cercles())::bigint[])"
        return "; ".join(
            [
                *_mur_et_droits(nom, table, self.name, PREDICAT_DU_MUR, f"{PREDICAT_DU_MUR} OR {origine}"),
                f"CREATE POLICY {nom(self.name + '_entree')} ON {table} AS RESTRICTIVE FOR INSERT "
                f"TO {ROLE_WEB} WITH CHECK ({origine})",
                f"GRANT UPDATE (version) ON {table} TO {ROLE_WEB}",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        entree = f"DROP POLICY {nom(self.name + '_entree')} ON {table}"
        return f"{super().remove_sql(model, schema_editor)}; {entree}"


def _mur_et_droits(nom: Callable[[str], str], table: str, mur: str, lecture: str, ecriture: str) -> list[str]:
    """A forced wall whose web role reads and adds; what it may change is granted column by column."""
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {nom(mur)} ON {table} TO {ROLE_WEB} USING ({lecture}) WITH CHECK ({ecriture})",
        f"CREATE POLICY {nom(mur + '_maintenance')} ON {table} TO {ROLE_MAINTENANCE} "
        "USING (true) WITH CHECK (true)",
        f"GRANT SELECT, INSERT ON {table} TO {ROLE_WEB}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE_MAINTENANCE}",
    ]


class MurDuCompte(ContrainteSql):
    """The wall of what belongs to one account alone: its rows exist for no other actor.

    ``champ`` is the column of the account's id. The web role writes, reads and takes back; it never changes.
    """

    def __init__(self, *, name: str, champ: str = "compte") -> None:
        super().__init__(name=name)
        self.champ = champ

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        sien = f"{nom(model._meta.get_field(self.champ).column)} = (SELECT socle.acteur())"
        return "; ".join(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
                f"CREATE POLICY {nom(self.name)} ON {table} TO {ROLE_WEB} USING ({sien}) WITH CHECK ({sien})",
                f"CREATE POLICY {nom(self.name + '_maintenance')} ON {table} TO {ROLE_MAINTENANCE} "
                "USING (true) WITH CHECK (true)",
                f"GRANT SELECT, INSERT, DELETE ON {table} TO {ROLE_WEB}",
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE_MAINTENANCE}",
            ]
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        politiques = (self.name, f"{self.name}_maintenance")
        return "; ".join(f"DROP POLICY {nom(politique)} ON {table}" for politique in politiques)

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        if self.champ != "compte":
            kwargs["champ"] = self.champ
        return chemin, args, kwargs


class Droits(ContrainteSql):
    """Grants of a table without named persons: what the web role may do, written out.

    ``web`` is a list of SQL privileges, empty for a table the web role never touches. The
    maintenance role may always do everything: it loads and purges.
    """

    def __init__(self, *, name: str, web: str = "") -> None:
        super().__init__(name=name)
        self.web = web

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        ordres = [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {ROLE_MAINTENANCE}"]
        if self.web:
            ordres.append(f"GRANT {self.web} ON {table} TO {ROLE_WEB}")
        return "; ".join(ordres)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"REVOKE ALL ON {table} FROM {ROLE_WEB}, {ROLE_MAINTENANCE}"

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        kwargs["web"] = self.web
        return chemin, args, kwargs
