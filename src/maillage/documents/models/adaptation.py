"""How a council presents a template: one row a version, never changed once written."""

import uuid

from django.conf import settings
from django.db import models

from maillage.socle.contraintes import Droits


class Adaptation(models.Model):
    """``numero`` counts from 1 for a council and a template. The one in force is the last that has begun."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    conseil = models.ForeignKey("instances.Conseil", on_delete=models.PROTECT, related_name="+")
    modele = models.CharField(max_length=60)
    numero = models.PositiveIntegerField()
    depuis = models.DateField()
    entete = models.JSONField(default=list)
    logo = models.BinaryField(null=True)
    logo_genre = models.CharField(max_length=3, blank=True, default="")
    logo_description = models.CharField(max_length=120, blank=True, default="")
    signataire = models.CharField(max_length=120, blank=True, default="")
    qualite = models.CharField(max_length=120, blank=True, default="")
    paragraphes = models.JSONField(default=dict)
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conseil", "modele", "numero"], name="adaptation_numero"),
            models.CheckConstraint(
                condition=models.Q(logo__isnull=True, logo_genre="")
                | models.Q(logo__isnull=False, logo_genre__in=["png", "svg"])
                & ~models.Q(logo_description=""),
                name="adaptation_logo",
            ),
            Droits(name="adaptation_droits", web="SELECT, INSERT"),
        ]

    def __str__(self) -> str:
        return f"{self.modele} n° {self.numero}"
