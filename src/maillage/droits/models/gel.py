"""A file whose processing is restricted (RGPD, art. 18), and what a rectification replaced (art. 16)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.droits.models.declencheurs import GelDesDossiers
from maillage.droits.models.demande import CODE, sans_mur
from maillage.droits.rules.demandes import JUSTICE
from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee, ContrainteSql, MurRestreint

REFERENCE = 60
#: The tables of the first freeze, which a migration still lays; see ``declencheurs`` for those of today.
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
    """The freeze of situations alone, as the first migration lays it. ``GelDesDossiers`` took its place."""

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
    """A row about a file, held in the same cercle; it is erased with it."""

    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [
            *sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="situation", name="%(class)s_situation"),
        ]


class Limitation(LigneDeDossier):
    """The file is read and nothing more, until ``levee_le``. ``motif``: one of the four cases of art. 18.

    ``objet``: the pseudonym of the file, whatever its kind; ``situation`` is None for another kind.
    ``reference``: how people name the file; no name. For a claim in court (``justice``) the file is held
    back from the retention run as well; not ``gele``, it is held back and still written in: the person asked
    for its erasure, and it was refused for that reason (art. 17, § 3, e).
    """

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="+", db_constraint=False, null=True
    )
    objet = models.UUIDField()
    reference = models.CharField(max_length=REFERENCE)
    motif = models.CharField(max_length=CODE)
    gele = models.BooleanField(default=True)
    levee_le = models.DateField(null=True)

    class Meta(LigneDeDossier.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *LigneDeDossier.Meta.constraints,
            MurRestreint(name="limitation_mur", modifiables=["levee_le"]),
            models.UniqueConstraint(
                fields=["cercle", "objet", "gele"], condition=Q(levee_le__isnull=True), name="limitation_une"
            ),
            models.CheckConstraint(
                condition=Q(levee_le__isnull=True) | Q(levee_le__gte=F("le")), name="limitation_dates"
            ),
            models.CheckConstraint(condition=Q(gele=True) | Q(motif=JUSTICE), name="limitation_retenue"),
            GelDesDossiers(name="limitation_geldesdossiers"),
        ]

    @property
    def retient(self) -> bool:
        """Whether the retention run leaves the file where it is."""
        return self.motif == JUSTICE


class AncienneValeur(LigneDeDossier):
    """What a rectification replaced, sealed: the correction can be explained, the error reads nowhere."""

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    champ = models.CharField(max_length=CODE)
    valeur = models.BinaryField()

    class Meta(LigneDeDossier.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *LigneDeDossier.Meta.constraints,
            MurRestreint(name="anciennevaleur_mur", modifiables=[]),
        ]
