"""The notices due to the mayor (CSI L. 132-3): who owes which, since when, what came. Nobody is named."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.maire.etats_avis import EtatAvis
from maillage.maire.models.dossier import sans_mur
from maillage.maire.models.rappel import CODE
from maillage.maire.rules.avis import REFERENCE_MAX
from maillage.socle.contraintes import CleComposee, MurRestreint


class AvisDu(LigneNominative):
    """``reference``: the procureur's own number, opaque. ``echeance``: empty where no text sets a delay.

    ``cause_le``: the day of the report, or of the offence. There is no person here, not even a pseudonym;
    the wall is that of the register all the same, for a number leads to a procedure.
    """

    annee = models.PositiveSmallIntegerField()
    numero = models.PositiveIntegerField()
    genre = models.CharField(max_length=CODE)
    debiteur = models.CharField(max_length=12)
    cause_le = models.DateField()
    demande_le = models.DateField()
    echeance = models.DateField(null=True)
    reference = models.CharField(max_length=REFERENCE_MAX, blank=True, default="")
    etat = models.CharField(max_length=8, default=EtatAvis.ATTENDU)
    recu_le = models.DateField(null=True)
    reponse = models.CharField(max_length=CODE, blank=True, default="")
    recu_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    enregistre_le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expire_le = models.DateField()
    fil = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *sans_mur(LigneNominative.Meta.constraints),
            MurRestreint(
                name="avisdu_mur", modifiables=["etat", "recu_le", "reponse", "recu_par_id", "expire_le"]
            ),
            models.UniqueConstraint(fields=["cercle", "annee", "numero"], name="avis_numero"),
            models.CheckConstraint(condition=Q(demande_le__gte=F("cause_le")), name="avis_apres_sa_cause"),
            models.CheckConstraint(
                condition=Q(etat=EtatAvis.RECU, recu_le__isnull=False)
                & ~Q(reponse="")
                & Q(recu_par__isnull=False)
                | ~Q(etat=EtatAvis.RECU),
                name="avis_recu_complet",
            ),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "echeance"], name="avis_attendus")]

    @property
    def nom(self) -> str:
        """How people name it: « 2026-007 »."""
        return f"{self.annee}-{self.numero:03d}"


class RelanceAvis(LigneNominative):
    """A letter of reminder: that it was written, by whom, when."""

    avis = models.ForeignKey(AvisDu, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="avis", name="relanceavis_avis"),
            MurRestreint(name="relanceavis_mur", modifiables=[]),
            models.UniqueConstraint(fields=["cercle", "avis", "le"], name="relanceavis_une_par_jour"),
        ]
