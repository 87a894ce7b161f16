"""The yearly registers: a line for each file, numbered without a gap, that names nobody and stays."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import MurRestreint


class Registre(models.TextChoices):
    """One register by kind of act, each numbered from 1 every year in its cercle."""

    RAPPELS = "rappels", "Rappels à l’ordre"
    TRANSACTIONS = "transactions", "Transactions"
    FAMILLES = "familles", "Auditions de familles"
    SPORT = "sport", "Mesures d’un équipement sportif"
    AVIS = "avis", "Avis dus au maire"


class LigneDeRegistre(LigneNominative):
    """``objet``: the file, until it is erased; the line then leads nowhere and still counts.

    ``nature`` and ``issue`` are codes of closed lists. Numbers follow each other because the line is written
    with its file, under a lock, and never deleted: the web role may only say what became of it.
    """

    registre = models.CharField(max_length=16, choices=Registre.choices)
    annee = models.PositiveSmallIntegerField()
    numero = models.PositiveIntegerField()
    objet = models.UUIDField()
    inscrit_le = models.DateField()
    nature = models.CharField(max_length=40)
    issue = models.CharField(max_length=40, blank=True, default="")
    issue_le = models.DateField(null=True)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["cercle", "id"], name="%(class)s_cercle_id"),
            models.UniqueConstraint(fields=["cercle", "public_id"], name="%(class)s_cercle_public_id"),
            MurRestreint(name="%(class)s_mur", modifiables=["issue", "issue_le"]),
            models.UniqueConstraint(fields=["cercle", "registre", "annee", "numero"], name="registre_numero"),
            models.UniqueConstraint(fields=["cercle", "registre", "objet"], name="registre_objet"),
            models.CheckConstraint(
                condition=Q(issue="", issue_le__isnull=True) | ~Q(issue="") & Q(issue_le__isnull=False),
                name="registre_issue_datee",
            ),
            models.CheckConstraint(condition=Q(numero__gte=1), name="registre_depuis_un"),
        ]

    @property
    def reference(self) -> str:
        """How people name it: « 2026-007 »."""
        return f"{self.annee}-{self.numero:03d}"


class Rectification(LigneNominative):
    """An act was wrong: nothing of it is erased, another act takes its place, and this says why.

    ``objet``: the act corrected; ``par_objet``: the one that replaces it, none where it is only withdrawn.
    ``motif`` is a code of the list ``motifs_rectification``.
    """

    registre = models.CharField(max_length=16, choices=Registre.choices)
    objet = models.UUIDField()
    par_objet = models.UUIDField(null=True)
    motif = models.CharField(max_length=40)
    le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["cercle", "id"], name="%(class)s_cercle_id"),
            models.UniqueConstraint(fields=["cercle", "public_id"], name="%(class)s_cercle_public_id"),
            MurRestreint(name="%(class)s_mur", modifiables=[]),
            models.UniqueConstraint(fields=["cercle", "objet"], name="rectification_une_fois"),
        ]
