"""The way out of a judicial measure: who takes over in each domain, from which day (fiche 10)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.parcours.etats_sortie import EtatEtape, EtatPlan
from maillage.socle.contraintes import CleComposee


class PlanDeSortie(LigneNominative):
    """``fin_prevue_le``: the last day of the measure, as a judicial member stated it.

    ``fin_effective_le``: the last day as it was. The days without support are counted from it once it is
    known. The plan lives and dies with its situation.
    """

    situation = models.ForeignKey(
        "situations.Situation", on_delete=models.PROTECT, related_name="plans_de_sortie", db_constraint=False
    )
    origine = models.CharField(max_length=20)
    fin_prevue_le = models.DateField()
    fin_effective_le = models.DateField(null=True)
    cree_le = models.DateField()
    cree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=8, default=EtatPlan.OUVERT)
    clos_le = models.DateField(null=True)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="situation", name="plan_de_sortie_situation"),
            models.UniqueConstraint(
                fields=["cercle", "situation"],
                condition=Q(etat="ouvert"),
                name="plan_de_sortie_un_ouvert",
            ),
            models.CheckConstraint(
                condition=Q(etat="ouvert", clos_le__isnull=True) | Q(etat="clos", clos_le__isnull=False),
                name="plan_de_sortie_etat",
            ),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "fin_prevue_le"], name="plan_de_sortie_fins")]


class LigneDePlan(LigneNominative):
    """A child of a plan, held in the same cercle by a composite key."""

    plan = models.ForeignKey(PlanDeSortie, on_delete=models.PROTECT, db_constraint=False)

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="plan", name="%(class)s_plan"),
        ]


class EtapeDeSortie(LigneDePlan):
    """A support in one domain, or why there is none.

    ``acteur`` is a code of the list ``acteurs_sortie``; ``organisme`` the very body, where it is known.
    ``prevue_le`` is the first day planned, ``effective_le`` the first day as it was, ``fin_le`` the last
    one, empty for a support that lasts. Nothing of what is done there: a service, dates, a state.
    """

    domaine = models.CharField(max_length=20)
    acteur = models.CharField(max_length=40, blank=True, default="")
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="+", null=True)
    prevue_le = models.DateField(null=True)
    effective_le = models.DateField(null=True)
    fin_le = models.DateField(null=True)
    raison = models.CharField(max_length=20, blank=True, default="")
    etat = models.CharField(max_length=12, default=EtatEtape.PREVUE)
    notee_le = models.DateField()

    class Meta(LigneDePlan.Meta):
        abstract = False
        default_related_name = "etapes"
        constraints = [
            *LigneDePlan.Meta.constraints,
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatEtape]), name="etape_de_sortie_etat"
            ),
            models.CheckConstraint(
                condition=Q(raison="") & ~Q(acteur="")
                | ~Q(raison="")
                & Q(acteur="", organisme__isnull=True, prevue_le__isnull=True, effective_le__isnull=True),
                name="etape_de_sortie_acteur_ou_raison",
            ),
            models.CheckConstraint(
                condition=~Q(etat="effective") | Q(effective_le__isnull=False),
                name="etape_de_sortie_effective_datee",
            ),
            models.CheckConstraint(
                condition=Q(fin_le__isnull=True)
                | Q(effective_le__isnull=False, fin_le__gte=F("effective_le"))
                | Q(effective_le__isnull=True, prevue_le__isnull=False, fin_le__gte=F("prevue_le")),
                name="etape_de_sortie_dates",
            ),
        ]


class FinDeplacee(LigneDePlan):
    """A change of the end date, kept: from which day to which, and the kind of decision."""

    de = models.DateField()
    vers = models.DateField()
    motif = models.CharField(max_length=20)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    #: The longest gap before and after, in days; empty when nothing ended it.
    pire_avant = models.PositiveIntegerField(null=True)
    pire_apres = models.PositiveIntegerField(null=True)

    class Meta(LigneDePlan.Meta):
        abstract = False
        default_related_name = "fins_deplacees"
        constraints = [*LigneDePlan.Meta.constraints]
