"""What the planner may keep of a personal table: keys, states, dates; never what says something of one.

PostgreSQL samples every column and keeps its commonest values and bounds in a catalogue, where they outlive
the rows. A text, a sealed value and the day of erasure (it tells a 25th birthday) are not sampled at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models

from maillage.socle.contraintes import Mur, MurDuCompte

#: Walled or not, a table that says who somebody is; told by the rooms that hold them.
_declarees: dict[str, tuple[str, ...]] = {}
#: A code of a closed list that plans need, in every table that has one.
ETATS: Final = frozenset({"etat", "volet", "registre"})
FIN: Final = "expire_le"
#: What can carry words or values of a person.
PARLANTS: Final = (
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.JSONField,
    ArrayField,
)

_DITES: Final = """
SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relname = ANY(%s) AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attstattarget IS DISTINCT FROM 0"""


def declarer(table: str, *colonnes: str) -> None:
    """Say at start that these columns of a table without a wall tell something of someone."""
    _declarees[table] = colonnes


def murees() -> Iterator[type[models.Model]]:
    """Every table behind a wall of a cercle or of an account."""
    for modele in apps.get_models():
        if any(isinstance(contrainte, Mur | MurDuCompte) for contrainte in modele._meta.constraints):
            yield modele


def muettes() -> dict[str, set[str]]:
    """By table of the database, the columns that are not sampled."""
    tables = {modele._meta.db_table: set(_parlantes(modele)) for modele in murees()}
    for etiquette, colonnes in _declarees.items():
        modele = apps.get_model(etiquette)
        siennes = tables.setdefault(modele._meta.db_table, set())
        siennes |= {str(modele._meta.get_field(nom).column) for nom in colonnes}
    return {table: colonnes for table, colonnes in tables.items() if colonnes}


def _parlantes(modele: type[models.Model]) -> Iterator[str]:
    indexees = {nom for index in modele._meta.indexes for nom in index.fields}
    for champ in modele._meta.concrete_fields:
        parle = isinstance(champ, PARLANTS) and champ.name not in ETATS and champ.name not in indexees
        if parle or champ.name == FIN:
            yield str(champ.column)


def bavardes(alias: str) -> list[tuple[str, str]]:
    """The columns that should be silent and are not, in that database."""
    voulues = muettes()
    with connections[alias].cursor() as curseur:
        curseur.execute(_DITES, [list(voulues)])
        return sorted((table, colonne) for table, colonne in curseur.fetchall() if colonne in voulues[table])


def taire(alias: str, colonnes: Iterable[tuple[str, str]] | None = None) -> int:
    """Stop sampling these columns and forget what was sampled; how many. Run by the owner."""
    connexion = connections[alias]
    nom = connexion.ops.quote_name
    faites = 0
    with connexion.cursor() as curseur:
        curseur.execute("SELECT to_regproc('pg_catalog.pg_clear_attribute_stats') IS NOT NULL")
        (oublie,) = curseur.fetchone()
        for table, colonne in bavardes(alias) if colonnes is None else colonnes:
            curseur.execute(f"ALTER TABLE {nom(table)} ALTER COLUMN {nom(colonne)} SET STATISTICS 0")
            if oublie:
                curseur.execute("SELECT pg_clear_attribute_stats('public', %s, %s, false)", [table, colonne])
            faites += 1
    return faites


def apres_les_migrations(using: str, **_reste: Any) -> None:
    """A table just made is silenced with the others, by its owner."""
    from maillage.socle.contraintes import ROLE_WEB

    with connections[using].cursor() as curseur:
        curseur.execute("SELECT current_user")
        (role,) = curseur.fetchone()
    if role != ROLE_WEB:
        taire(using)
