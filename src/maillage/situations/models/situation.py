"""One person's follow-up in one groupe, opened and continued by collective decisions."""

import uuid

from django.db import models

from maillage.instances.api import LigneNominative
from maillage.situations.models.identite import Identite
from maillage.situations.models.signalement import Signalement
from maillage.situations.states import EtatSituation
from maillage.socle.contraintes import CleComposee


class Situation(LigneNominative):
    """``revue_le``: without a review by then, closure is proposed. ``expire_le``: erased that day.

    An open file of the strand ``jeune`` already carries the day of the 25th birthday; an open file of
    another strand has no day of erasure until it is closed. ``fil`` names its anonymous facts.
    """

    identite = models.ForeignKey(
        Identite, on_delete=models.PROTECT, related_name="situations", db_constraint=False
    )
    signalement = models.ForeignKey(
        Signalement, on_delete=models.PROTECT, related_name="situations", db_constraint=False, null=True
    )
    numero = models.CharField(max_length=12)
    exposition = models.CharField(max_length=20)
    volet = models.CharField(max_length=12)
    genre_suivi = models.CharField(max_length=40, blank=True, default="")
    tranche_age = models.CharField(max_length=12)
    ouverte_le = models.DateField()
    ouverte_en_seance = models.UUIDField()
    revue_le = models.DateField()
    expire_le = models.DateField(null=True)
    etat = models.CharField(max_length=10, default=EtatSituation.OUVERTE)
    close_le = models.DateField(null=True)
    issue = models.CharField(max_length=40, blank=True, default="")
    fil = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="identite", name="situation_identite"),
            CleComposee(champ="signalement", name="situation_signalement"),
            models.UniqueConstraint(fields=["cercle", "numero"], name="situation_numero"),
            models.UniqueConstraint(
                fields=["cercle", "signalement"],
                condition=models.Q(signalement__isnull=False),
                name="situation_une_par_signalement",
            ),
            models.CheckConstraint(
                condition=models.Q(etat="ouverte", close_le__isnull=True, issue="")
                | models.Q(etat="close", close_le__isnull=False, expire_le__isnull=False)
                & ~models.Q(issue=""),
                name="situation_close_a_une_issue",
            ),
            models.CheckConstraint(
                condition=~models.Q(volet="jeune") | models.Q(expire_le__isnull=False),
                name="situation_jeune_expire",
            ),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "revue_le"], name="situation_revue")]


class Numerotation(LigneNominative):
    """The last number given in a year: an erased file's number is never given again."""

    annee = models.PositiveSmallIntegerField()
    dernier = models.PositiveIntegerField(default=0)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "annee"], name="numerotation_annee"),
        ]
