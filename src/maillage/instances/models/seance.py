"""Séances: when, where, who was there, what was decided. Only ``Point`` may lead to a named file."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.instances.etats_seance import EtatSeance
from maillage.instances.models.cercle import Cercle
from maillage.instances.models.formation import Formation, Siege
from maillage.socle.contraintes import Droits, Mur


class Seance(models.Model):
    """A meeting of one formation. Numbered within it; a number is never used again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    formation = models.ForeignKey(Formation, on_delete=models.PROTECT, related_name="seances")
    numero = models.PositiveIntegerField()
    modele = models.CharField(max_length=30)
    commence_le = models.DateTimeField()
    duree_minutes = models.PositiveSmallIntegerField(default=120)
    lieu = models.CharField(max_length=200)
    etat = models.CharField(max_length=12, choices=EtatSeance.choices, default=EtatSeance.PREPAREE)
    convoquee_le = models.DateTimeField(null=True)
    ouverte_le = models.DateTimeField(null=True)
    close_le = models.DateTimeField(null=True)
    preparee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["formation", "numero"], name="seance_numero_unique"),
            models.CheckConstraint(
                condition=models.Q(duree_minutes__gte=15, duree_minutes__lte=600), name="seance_duree"
            ),
            models.CheckConstraint(
                condition=models.Q(close_le__isnull=True) | models.Q(etat=EtatSeance.CLOSE),
                name="seance_close_datee",
            ),
            Droits(name="seance_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["formation", "-commence_le"], name="seance_par_date")
        ]

    def __str__(self) -> str:
        return f"Séance n° {self.numero}"


class EtatPresence(models.TextChoices):
    ATTENDU = "attendu", "Attendu"
    PRESENT = "present", "Présent"
    EXCUSE = "excuse", "Excusé"
    ABSENT = "absent", "Absent"


class Presence(models.Model):
    """Who was expected, who came: a seat, and in a nominative groupe the agent habilitated for it."""

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="presences")
    siege = models.ForeignKey(Siege, on_delete=models.PROTECT, related_name="+")
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    etat = models.CharField(max_length=8, choices=EtatPresence.choices, default=EtatPresence.ATTENDU)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seance", "siege", "compte"], name="presence_unique", nulls_distinct=False
            ),
            Droits(name="presence_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return f"{self.siege_id} {self.etat}"


class PointTheme(models.Model):
    """A subject without a named person; ``releve`` says what was concluded, without a name either."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="themes")
    rang = models.PositiveSmallIntegerField()
    partie = models.CharField(max_length=120, blank=True, default="")
    titre = models.CharField(max_length=200)
    releve = models.TextField(max_length=2000, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seance", "rang"], name="point_theme_rang"),
            Droits(name="point_theme_droits", web="SELECT, INSERT, UPDATE, DELETE"),
        ]

    def __str__(self) -> str:
        return self.titre


class Point(models.Model):
    """A file on the agenda of its own groupe, and the collective decision taken on it."""

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    cercle = models.ForeignKey(Cercle, on_delete=models.PROTECT, related_name="+")
    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="points")
    rang = models.PositiveSmallIntegerField()
    genre = models.CharField(max_length=20)
    objet = models.UUIDField()
    decision = models.CharField(max_length=30, blank=True, default="")
    precision = models.CharField(max_length=60, blank=True, default="")
    decide_le = models.DateTimeField(null=True)
    decide_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cercle", "public_id"], name="point_cercle_public_id"),
            models.UniqueConstraint(fields=["cercle", "seance", "objet"], name="point_objet_unique"),
            models.CheckConstraint(
                condition=models.Q(decision="", decide_le__isnull=True)
                | (~models.Q(decision="") & models.Q(decide_le__isnull=False)),
                name="point_decision_datee",
            ),
            Mur(name="point_mur", effacer=True),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cercle", "seance", "rang"], name="point_ordre")
        ]

    def __str__(self) -> str:
        return f"Point {self.rang}"
