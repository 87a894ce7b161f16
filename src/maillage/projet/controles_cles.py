"""What the store of keys closes, looked at on the base itself: nothing in clear, nothing sampled."""

from django.apps import apps
from django.db import connection, models

from maillage.instances.api import LigneNominative
from maillage.socle.contexte import en_maintenance

#: A sealed value begins with its format and is never shorter than its header, its nonce and its mark.
_OUVERTES = """
SELECT count(*), count(*) FILTER (
  WHERE octet_length(scelle) < 31 OR substring(scelle FROM 1 FOR 1) <> '\\x01'::bytea
) FROM {table}"""
_APPRISES = """
SELECT count(*) FROM pg_attribute a WHERE a.attname = 'scelle' AND a.attrelid = ANY(%s::regclass[])
AND coalesce(a.attstattarget, -1) <> 0"""


def tables_scellees() -> list[str]:
    """The walled tables with a sealed column."""
    return sorted(
        modele._meta.db_table
        for modele in apps.get_models()
        if issubclass(modele, LigneNominative)
        and any(
            champ.name == "scelle" and isinstance(champ, models.BinaryField)
            for champ in modele._meta.concrete_fields
        )
    )


def identites_et_textes_fermes() -> tuple[bool, str]:
    """Names and narratives are sealed in every row, and the planner keeps no sample of them."""
    tables = tables_scellees()
    lignes = 0
    fautives = []
    with en_maintenance(), connection.cursor() as curseur:
        for table in tables:
            curseur.execute(_OUVERTES.format(table=connection.ops.quote_name(table)))
            toutes, ouvertes = curseur.fetchone()
            lignes += toutes
            if ouvertes:
                fautives.append(f"{table} ({ouvertes})")
        curseur.execute(_APPRISES, [tables])
        (apprises,) = curseur.fetchone()
    if fautives:
        return False, f"Des lignes ne sont pas fermées par une clé : {', '.join(fautives)}."
    if apprises:
        return False, f"La base garde des statistiques sur {apprises} colonne(s) fermée(s)."
    return True, f"Noms et textes sont fermés par une clé : {lignes} lignes, {len(tables)} tables."
