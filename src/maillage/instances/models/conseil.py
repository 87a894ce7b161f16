"""The council (CLSPD, CISPD…), its member communes, and the strands its DPO has confirmed."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.instances.models.cercle import Volet
from maillage.socle.contraintes import Droits


class GenreConseil(models.TextChoices):
    """Kinds of council. Only those of CSI L. 132-4, L. 132-13 and D. 132-7 may open nominative groupes."""

    CLSPD = "clspd", "Conseil local (CLSPD)"
    CISPD = "cispd", "Conseil intercommunal (CISPD)"
    CMSPD = "cmspd", "Conseil métropolitain (CMSPD)"
    INTER_CLSPD = "inter_clspd", "Inter-CLSPD"


class Schema(models.TextChoices):
    """The three patterns of governance of fiche 38, and the association of communes of fiche 36."""

    COMMUNAL = "communal", "Communal : le maire pilote"
    INTERCOMMUNAL = "intercommunal", "Intercommunal : l’intercommunalité pilote"
    METROPOLITAIN = "metropolitain", "Métropolitain : la métropole coordonne des conseils de commune"
    ASSOCIATION = "association", "Association de communes voisines"


class ConseilQuerySet(models.QuerySet["Conseil"]):
    def actifs(self, instant: datetime) -> "ConseilQuerySet":
        """Councils not dissolved at ``instant``."""
        return self.filter(Q(dissous_le__isnull=True) | Q(dissous_le__gt=instant), cree_le__lte=instant)


class Conseil(models.Model):
    """A council. ``obligatoire`` is the verdict of the day of its creation, kept as it was given.

    ``commune_code`` (INSEE) for a council of one commune, or the seat of an association of communes;
    ``epci_code`` (SIREN) for that of an EPCI: one of the two, never both, because who chairs follows.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.CharField(max_length=16, choices=GenreConseil.choices)
    nom = models.CharField(max_length=160)
    commune_code = models.CharField(max_length=5, blank=True, default="")
    epci_code = models.CharField(max_length=9, blank=True, default="")
    departement_code = models.CharField(max_length=3)
    delibere_le = models.DateField()
    obligatoire = models.JSONField(default=dict, blank=True)
    schema = models.CharField(max_length=16, choices=Schema.choices, default=Schema.COMMUNAL)
    cree_le = models.DateTimeField()
    dissous_le = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ConseilQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(commune_code="") & ~Q(epci_code="")) | (~Q(commune_code="") & Q(epci_code="")),
                name="conseil_un_territoire",
            ),
            models.UniqueConstraint(
                fields=["genre", "commune_code"],
                condition=Q(dissous_le__isnull=True) & ~Q(commune_code=""),
                name="conseil_un_actif_par_commune",
            ),
            models.UniqueConstraint(
                fields=["genre", "epci_code"],
                condition=Q(dissous_le__isnull=True) & ~Q(epci_code=""),
                name="conseil_un_actif_par_epci",
            ),
            Droits(name="conseil_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [
            models.Index(fields=["departement_code", "genre"], name="conseil_departement"),
            models.Index(fields=["commune_code"], name="conseil_commune"),
            models.Index(fields=["epci_code"], name="conseil_epci"),
        ]

    def __str__(self) -> str:
        return self.nom

    def actif(self, instant: datetime) -> bool:
        """Whether the council exists at ``instant``."""
        return self.dissous_le is None or instant < self.dissous_le


class ConseilCommune(models.Model):
    """A commune of a council, between two days; ``jusqua`` is the first day on which it has left."""

    conseil = models.ForeignKey(Conseil, on_delete=models.PROTECT, related_name="communes")
    commune_code = models.CharField(max_length=5)
    depuis = models.DateField()
    jusqua = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["commune_code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")), name="conseil_commune_dates"
            ),
            models.UniqueConstraint(
                fields=["conseil", "commune_code"],
                condition=Q(jusqua__isnull=True),
                name="conseil_commune_unique",
            ),
            Droits(name="conseil_commune_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [models.Index(fields=["commune_code"], name="conseil_commune_code")]

    def __str__(self) -> str:
        return self.commune_code


class VoletConfirme(models.Model):
    """The DPO's confirmation that a council may follow adults or victims. Absent: it may not.

    The reference framework (CNIL 2014-262) was written for minors and young adults; the other
    strands need an impact assessment of their own, hence off by default.
    """

    conseil = models.ForeignKey(Conseil, on_delete=models.PROTECT, related_name="volets_confirmes")
    volet = models.CharField(max_length=12, choices=Volet.choices)
    confirme_le = models.DateTimeField()
    confirme_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    analyse_du = models.DateField(help_text="date of the impact assessment (GDPR art. 35)")
    retire_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conseil", "volet"], condition=Q(retire_le__isnull=True), name="volet_confirme_unique"
            ),
            Droits(name="volet_confirme_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return self.volet
