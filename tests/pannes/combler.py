"""One row with a canary in each nominative table that no journey of the suite has filled.

In a database that is thrown away: its checks of closed lists are dropped, its walls and its keys are not.
"""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models

from maillage.socle.contexte import en_maintenance
from maillage.socle.fins import fins
from maillage.socle.statistiques import murees

CANARI = "Zucanari"
INSTANT = datetime(2026, 3, 2, 9, tzinfo=UTC)
#: What fills a column of each kind; a date and time before a date, which it also is.
VALEURS: tuple[tuple[Any, Any], ...] = (
    (models.CharField, CANARI),
    (models.TextField, CANARI),
    (models.BinaryField, CANARI.encode()),
    (models.JSONField, {"qui": CANARI}),
    (models.DateTimeField, INSTANT),
    (models.DateField, date(2026, 3, 2)),
    (models.TimeField, INSTANT.time()),
    (models.BooleanField, False),
)


def combler() -> list[str]:
    """Fill what is empty, parents first; which tables."""
    with en_maintenance():
        vides = [
            m for m in murees() if not fins()[m._meta.label].personne and not m._default_manager.exists()
        ]
    _oter_les_listes([modele._meta.db_table for modele in vides])
    combles: list[str] = []
    while vides:
        restantes = [modele for modele in vides if not _une_ligne(modele)]
        combles += [modele._meta.label for modele in vides if modele not in restantes]
        assert len(restantes) < len(vides), restantes
        vides = restantes
    return combles


def _oter_les_listes(tables: list[str]) -> None:
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid::regclass::text = ANY(%s)",
            [tables],
        )
        for table, nom in curseur.fetchall():
            curseur.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{nom}"')


def _une_ligne(modele: type[models.Model]) -> bool:
    """False while a table it hangs on is empty too."""
    valeurs: dict[str, Any] = {}
    with en_maintenance():
        parent = _parent(modele)
        for champ in modele._meta.concrete_fields:
            if champ.primary_key:
                continue
            if isinstance(champ, models.ForeignKey) and champ.name != "cercle":
                if champ.null:
                    continue
                siens: Any = champ.related_model
                lignes = siens._default_manager.all()
                if parent is not None and hasattr(siens, "cercle") and siens is not type(parent):
                    lignes = lignes.filter(cercle=parent.cercle_id)
                cible = parent if parent is not None and siens is type(parent) else lignes.first()
                if cible is None:
                    return False
                valeurs[champ.attname] = cible.pk
            elif champ.name == "cercle":
                if parent is None:
                    return False
                valeurs[champ.attname] = parent.cercle_id
            else:
                valeurs[champ.name] = _valeur(modele, champ, parent)
        modele._default_manager.bulk_create([modele(**valeurs)])
    return True


def _parent(modele: type[models.Model]) -> Any:
    fin = fins()[modele._meta.label]
    for table in fin.suit:
        ligne = apps.get_model(table)._default_manager.first()
        if ligne is not None:
            return ligne
    for champ in modele._meta.concrete_fields:
        if isinstance(champ, models.ForeignKey) and hasattr(champ.related_model, "cercle"):
            siens: Any = champ.related_model
            if (ligne := siens._default_manager.first()) is not None:
                return ligne
    return None


def _valeur(modele: type[models.Model], champ: Any, parent: Any) -> Any:
    fin = fins()[modele._meta.label]
    if champ.name == fin.par and isinstance(champ, models.UUIDField):
        return getattr(parent, champ.name, None) or parent.public_id
    if isinstance(champ, models.UUIDField):
        return uuid.uuid4()
    if champ.has_default():
        defaut = champ.get_default()
        if defaut not in ("", None):
            return defaut
    if isinstance(champ, ArrayField):
        return [_valeur(modele, champ.base_field, parent)]
    for genre, valeur in VALEURS:
        if isinstance(champ, genre):
            return valeur[: champ.max_length] if genre is models.CharField else valeur
    return 1
