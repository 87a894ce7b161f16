"""What a member brings to the groupe: one closed motif, a short text, an expiry from the first second."""

import uuid

from django.conf import settings
from django.db import models

from maillage.instances.api import LigneNominative
from maillage.situations.models.identite import Identite
from maillage.situations.states import EtatSignalement
from maillage.socle.contraintes import CleComposee

TEXTE_MAX = 500


class Signalement(LigneNominative):
    """Fiche 1. Kept until ``expire_le``; only a decision of the groupe turns it into a situation.

    ``texte`` passed the guard on the server; it is sealed, and opened by ``situations.recits`` alone.
    ``fil`` names its anonymous facts and nothing else.
    """

    texte: str

    identite = models.ForeignKey(
        Identite, on_delete=models.PROTECT, related_name="signalements", db_constraint=False
    )
    exposition = models.CharField(max_length=20)
    motif = models.CharField(max_length=40)
    origine = models.CharField(max_length=40)
    scelle = models.BinaryField()
    tranche_age = models.CharField(max_length=12)
    recu_le = models.DateField()
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expire_le = models.DateField()
    etat = models.CharField(max_length=12, default=EtatSignalement.RECU)
    decision_le = models.DateField(null=True)
    suite = models.CharField(max_length=40, blank=True, default="")
    fil = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="identite", name="signalement_identite"),
            models.CheckConstraint(
                condition=models.Q(etat__in=[etat.value for etat in EtatSignalement]), name="signalement_etat"
            ),
            models.CheckConstraint(
                condition=models.Q(etat__in=["recu", "inscrit"]) | models.Q(decision_le__isnull=False),
                name="signalement_decide_a_une_date",
            ),
            models.CheckConstraint(
                condition=models.Q(expire_le__gte=models.F("recu_le")), name="signalement_expire_apres"
            ),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "recu_le"], name="signalement_a_examiner")]
