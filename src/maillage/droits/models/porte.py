"""The gate between the register and a groupe: a question goes in, an answer comes out; no link remains.

Whoever hands over writes the row and never reads it. The groupe reads the question in its own cercle; the
register reads the answer in its own. The database itself holds who may hand over what to whom.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.droits.models.demande import CODE, sans_mur
from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import ROLE_WEB, MurDePorte

#: A question comes from the register of the same council, which noted that it sent it.
D_UN_ENVOI = """EXISTS (SELECT FROM droits_envoi e
    WHERE e.piste = droits_question.piste AND e.cercle_id = droits_question.cercle_origine_id)
AND EXISTS (SELECT FROM instances_formation r JOIN instances_formation g ON g.conseil_id = r.conseil_id
    WHERE r.cercle_id = droits_question.cercle_origine_id AND r.genre = 'droits'
    AND g.cercle_id = droits_question.cercle_id)"""
#: An answer comes from the cercle that was asked, to the register that asked.
D_UNE_QUESTION = """EXISTS (SELECT FROM droits_question q
    WHERE q.piste = droits_reponse.piste AND q.cercle_id = droits_reponse.cercle_origine_id
    AND q.cercle_origine_id = droits_reponse.cercle_id)"""

CONDITIONS = {"question": D_UN_ENVOI, "reponse": D_UNE_QUESTION}


class MurDeQuestion(MurDePorte):
    """The wall of a row handed over, with what makes the handing over true and what may change after it."""

    def __init__(self, *, name: str, sens: str, modifiables: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.sens = sens
        self.modifiables = list(modifiables)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        ordres = [
            super().create_sql(model, schema_editor),
            f"CREATE POLICY {nom(self.name + '_vraie')} ON {table} AS RESTRICTIVE FOR INSERT "
            f"TO {ROLE_WEB} WITH CHECK ({CONDITIONS[self.sens]})",
        ]
        if self.modifiables:
            colonnes = ", ".join(nom(model._meta.get_field(champ).column) for champ in self.modifiables)
            ordres.append(f"GRANT UPDATE ({colonnes}) ON {table} TO {ROLE_WEB}")
        return "; ".join(ordres)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        nom = schema_editor.quote_name
        table = nom(model._meta.db_table)
        return (
            f"{super().remove_sql(model, schema_editor)}; DROP POLICY {nom(self.name + '_vraie')} ON {table}"
        )

    def deconstruct(self) -> Any:
        chemin, args, kwargs = super().deconstruct()
        kwargs["sens"] = self.sens
        if self.modifiables:
            kwargs["modifiables"] = self.modifiables
        return chemin, args, kwargs


class LigneDePorte(LigneNominative):
    """``cercle`` receives and reads; ``cercle_origine`` hands over. ``piste`` is all the two share."""

    cercle_origine = models.ForeignKey(
        "instances.Cercle", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    piste = models.UUIDField(editable=False)

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [
            *sans_mur(LigneNominative.Meta.constraints),
            models.UniqueConstraint(fields=["cercle", "piste"], name="%(class)s_piste"),
        ]


class Question(LigneDePorte):
    """What a groupe is asked: which right, and, in ``scelle``, whom to look for and what to set."""

    reference = models.CharField(max_length=12)
    droit = models.CharField(max_length=CODE)
    champ = models.CharField(max_length=CODE, blank=True, default="")
    scelle = models.BinaryField()
    recue_le = models.DateField()
    avant_le = models.DateField()
    expire_le = models.DateField()
    constat = models.CharField(max_length=CODE, blank=True, default="")
    repondue_le = models.DateField(null=True)
    repondue_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta(LigneDePorte.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *LigneDePorte.Meta.constraints,
            MurDeQuestion(
                name="question_mur",
                sens="question",
                modifiables=["constat", "repondue_le", "repondue_par"],
            ),
            models.CheckConstraint(
                condition=Q(constat="", repondue_le__isnull=True)
                | ~Q(constat="") & Q(repondue_le__isnull=False),
                name="question_repondue_datee",
            ),
        ]


class Reponse(LigneDePorte):
    """What the groupe found and did. ``contenu``: its extract, sealed; third parties are not in it."""

    constat = models.CharField(max_length=CODE)
    motif = models.CharField(max_length=CODE, blank=True, default="")
    le = models.DateField()
    contenu = models.BinaryField(null=True)

    class Meta(LigneDePorte.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *LigneDePorte.Meta.constraints,
            MurDeQuestion(name="reponse_mur", sens="reponse"),
        ]
