"""A reason of a rule set aside for one person: which, why, by whom, when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee, Mur, MurRestreint

_SANS_MUR = [c for c in LigneNominative.Meta.constraints if not isinstance(c, Mur)]


class Levee(LigneNominative):
    """Written once; its author may take it back, and it stays. ``objet``: the public id of what was judged.

    ``empreinte``: the print of what the rule was asked that day. Asked otherwise, the reason opposes again.
    ``juge_pour``, ``juge_avec``: the first day planned and the offer, where the entry of a scheme was judged.

    ``regle`` and ``code`` name the reason, ``raison`` is a code of the list ``motifs_levee``. The force
    recorded is that of the day: the database itself refuses the law. The row lives and dies with its
    situation. ``precision`` is sealed, and opened by ``situations.recits`` alone.
    """

    precision: str
    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="levees", db_constraint=False
    )
    objet = models.UUIDField()
    regle = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    force = models.CharField(max_length=8)
    raison = models.CharField(max_length=40)
    scelle = models.BinaryField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateField()
    empreinte = models.CharField(max_length=64, blank=True, default="")
    juge_pour = models.DateField(null=True)
    juge_avec = models.UUIDField(null=True)
    reprise_le = models.DateField(null=True)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *_SANS_MUR,
            MurRestreint(name="levee_mur", modifiables=("reprise_le",)),
            CleComposee(champ="situation", name="levee_situation"),
            models.UniqueConstraint(
                fields=["cercle", "objet", "regle", "code", "empreinte"],
                condition=Q(reprise_le__isnull=True),
                name="levee_une_fois",
            ),
            models.CheckConstraint(condition=Q(force__in=["doctrine", "usage"]), name="levee_jamais_la_loi"),
        ]
        indexes = [models.Index(fields=["cercle", "situation"], name="levee_du_dossier")]
