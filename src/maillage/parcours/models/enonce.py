"""What was stated for a scheme to be judged: a sentence, what restorative justice asks. Days, answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.parcours.rules.tig import Nature
from maillage.socle.contraintes import CleComposee, Mur, MurRestreint

_SANS_MUR = [c for c in LigneNominative.Meta.constraints if not isinstance(c, Mur)]


class Enoncee(LigneNominative):
    """A statement: written once, corrected by a later one. It lives and dies with its situation."""

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    enonce_le = models.DateField()

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints = [
            *_SANS_MUR,
            MurRestreint(name="%(class)s_mur", modifiables=()),
            CleComposee(champ="situation", name="%(class)s_situation"),
        ]


class PeineEnoncee(Enoncee):
    """A community work as a judicial member stated it: hours and two days, nothing of the facts."""

    heures = models.PositiveSmallIntegerField()
    nature = models.CharField(max_length=12, default=Nature.DELIT.value)
    decision_le = models.DateField()
    faits_le = models.DateField()

    class Meta(Enoncee.Meta):
        abstract = False
        constraints = [
            *Enoncee.Meta.constraints,
            models.CheckConstraint(
                condition=Q(nature__in=[nature.value for nature in Nature]), name="peine_nature"
            ),
            models.CheckConstraint(condition=Q(faits_le__lte=F("decision_le")), name="peine_dates"),
        ]
        indexes = [models.Index(fields=["cercle", "situation"], name="peine_du_dossier")]


class ConditionEnoncee(Enoncee):
    """One condition of a restorative measure, yes or no on a day: each consent in a row of its own."""

    code = models.CharField(max_length=40)
    oui = models.BooleanField()
    le = models.DateField()

    class Meta(Enoncee.Meta):
        abstract = False
        indexes = [models.Index(fields=["cercle", "situation", "code"], name="condition_du_dossier")]
