"""The cercle: the circle of those who may know, and the key of every wall."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from maillage.socle.contraintes import Droits


class GenreCercle(models.TextChoices):
    """The closed list of nominative processing; each entry has its controller, basis and retention."""

    GROUPE = "groupe", "Groupe de conseil"
    CDDF = "cddf", "Conseil pour les droits et devoirs des familles"
    CCTP = "cctp", "Cellule de citoyenneté et de tranquillité publique"
    ACTES_MAIRE = "actes_maire", "Actes du maire"
    ISCG = "iscg", "Accueil par l’intervenant social"
    AIDE_VICTIMES = "aide_victimes", "Aide aux victimes"
    PRESTATAIRE = "prestataire", "Participations suivies par un porteur d’action"
    DROITS = "droits", "Demandes d’exercice de droits"


class Volet(models.TextChoices):
    """Victims and people followed for offending are never in the same cercle."""

    JEUNE = "jeune", "Jeunes (moins de 25 ans)"
    MAJEUR = "majeur", "Majeurs"
    VICTIME = "victime", "Victimes et personnes vulnérables"
    #: A mayor's own acts: each has its age rule and its retention, none is a follow-up.
    ACTES = "actes", "Actes du maire, mineurs et majeurs"
    #: What people ask about their own data: no follow-up either, and its own retention.
    DROITS = "droits", "Demandes des personnes sur leurs données"


class CercleQuerySet(models.QuerySet["Cercle"]):
    def ouverts(self, instant: datetime) -> "CercleQuerySet":
        """Cercles open at ``instant``."""
        return self.filter(Q(ferme_le__isnull=True) | Q(ferme_le__gt=instant), ouvert_le__lte=instant)


class Cercle(models.Model):
    """A circle has a kind and one strand for ever; a smaller audience is another circle."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.CharField(max_length=16, choices=GenreCercle.choices)
    volet = models.CharField(max_length=12, choices=Volet.choices)
    ouvert_le = models.DateTimeField()
    ferme_le = models.DateTimeField(null=True, blank=True)

    objects = CercleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ferme_le__isnull=True) | Q(ferme_le__gte=F("ouvert_le")), name="cercle_dates"
            ),
            Droits(name="cercle_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.volet}"
