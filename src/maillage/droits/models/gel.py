"""A file whose processing is restricted (RGPD, art. 18), and what a rectification replaced (art. 16)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.droits.models.demande import CODE, sans_mur
from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee, ContrainteSql, MurRestreint

#: The tables that say something of a situation, and the column that leads to it.
GELEES = (
    ("situations_situation", "id"),
    *(
        (f"situations_{nom}", "situation_id")
        for nom in ("lettre", "element", "designation", "objectif", "contact", "bilan")
    ),
    *(
        (f"parcours_{nom}", "situation_id")
        for nom in (
            "orientation",
            "participation",
            "plandesortie",
            "levee",
            "peineenoncee",
            "conditionenoncee",
        )
    ),
)


class Gel(ContrainteSql):
    """While a file is restricted, no row of it is added, changed or taken away, whoever acts.

    A trigger and no policy: a policy would hide the row from those who may read it and lock it, and the body
    that receives the person does not read the restriction. Only the retention run passes: erasure is not
    writing. The function belongs to the role that reads across walls, and answers nothing to anybody.
    """

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        corps = f"""
CREATE FUNCTION socle.refuser_si_limitee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE ligne jsonb := to_jsonb(coalesce(NEW, OLD));
BEGIN
    IF EXISTS (SELECT FROM public.{table} l WHERE l.levee_le IS NULL
               AND l.cercle_id = (ligne ->> 'cercle_id')::bigint
               AND l.situation_id = (ligne ->> TG_ARGV[0])::bigint) THEN
        RAISE EXCEPTION 'dossier limité' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
REVOKE EXECUTE ON FUNCTION socle.refuser_si_limitee() FROM PUBLIC"""
        # Given away once the triggers are there: to create one, its owner must be able to execute it.
        donner = [
            "GRANT CREATE ON SCHEMA socle TO m_maintenance",
            "ALTER FUNCTION socle.refuser_si_limitee() OWNER TO m_maintenance",
            "REVOKE CREATE ON SCHEMA socle FROM m_maintenance",
        ]
        declencheurs = [
            f"CREATE TRIGGER {schema_editor.quote_name(f'gel_{gelee}')} BEFORE INSERT OR UPDATE OR DELETE "
            f"ON public.{gelee} FOR EACH ROW WHEN (current_user <> 'm_maintenance') "
            f"EXECUTE FUNCTION socle.refuser_si_limitee('{colonne}')"
            for gelee, colonne in GELEES
        ]
        return "; ".join([corps, *declencheurs, *donner])

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        enlever = [
            f"DROP TRIGGER {schema_editor.quote_name(f'gel_{gelee}')} ON public.{gelee}"
            for gelee, _ in GELEES
        ]
        return "; ".join([*enlever, "DROP FUNCTION socle.refuser_si_limitee()"])


class LigneDeDossier(LigneNominative):
    """A row about a situation, held in the same cercle; it is erased with it."""

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [
            *sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="situation", name="%(class)s_situation"),
        ]


class Limitation(LigneDeDossier):
    """The file is read and nothing more, until ``levee_le``. ``motif``: one of the four cases of art. 18."""

    motif = models.CharField(max_length=CODE)
    levee_le = models.DateField(null=True)

    class Meta(LigneDeDossier.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *LigneDeDossier.Meta.constraints,
            MurRestreint(name="limitation_mur", modifiables=["levee_le"]),
            models.UniqueConstraint(
                fields=["cercle", "situation"], condition=Q(levee_le__isnull=True), name="limitation_une"
            ),
            models.CheckConstraint(
                condition=Q(levee_le__isnull=True) | Q(levee_le__gte=F("le")), name="limitation_dates"
            ),
            Gel(name="limitation_gel"),
        ]


class AncienneValeur(LigneDeDossier):
    """What a rectification replaced, encrypted: the correction can be explained, the error reads nowhere."""

    champ = models.CharField(max_length=CODE)
    valeur = models.BinaryField()

    class Meta(LigneDeDossier.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *LigneDeDossier.Meta.constraints,
            MurRestreint(name="anciennevaleur_mur", modifiables=[]),
        ]
