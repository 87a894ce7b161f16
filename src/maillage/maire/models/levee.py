"""A doctrine or a usage set aside by the mayor for one act: which, why, by whom, when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import MurRestreint


class LeveeDuMaire(LigneNominative):
    """Written once, never changed; erased with what it is about.

    ``objet``: the public id of the file; ``regle`` and ``code`` name the reason; ``raison`` is a code of the
    list ``motifs_levee_maire``. The database itself refuses that the law be set aside.
    ``precision`` is sealed, and opened by ``situations.recits`` alone.
    """

    precision: str
    objet = models.UUIDField()
    regle = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    force = models.CharField(max_length=8)
    raison = models.CharField(max_length=40)
    scelle = models.BinaryField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateField()

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["cercle", "id"], name="%(class)s_cercle_id"),
            models.UniqueConstraint(fields=["cercle", "public_id"], name="%(class)s_cercle_public_id"),
            MurRestreint(name="%(class)s_mur", modifiables=[]),
            models.UniqueConstraint(fields=["cercle", "objet", "regle", "code"], name="levee_maire_une_fois"),
            models.CheckConstraint(
                condition=Q(force__in=["doctrine", "usage"]), name="levee_maire_jamais_la_loi"
            ),
        ]
