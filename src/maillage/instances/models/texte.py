"""The texts of a formation (rules of procedure, charter), by versions, and who signed the charter."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.instances.models.formation import Formation
from maillage.socle.contraintes import Droits


class GenreTexte(models.TextChoices):
    """CSI L. 132-5: the council lays the rules of exchange on a proposal of the groupe's members."""

    REGLEMENT = "reglement", "Règlement intérieur"
    CHARTE = "charte", "Charte de confidentialité"


class EtatTexte(models.TextChoices):
    PROJET = "projet", "Projet"
    PROPOSE = "propose", "Proposé par le groupe"
    ADOPTE = "adopte", "En vigueur"
    REMPLACE = "remplace", "Remplacé"


class Texte(models.Model):
    """One version. A new one in force takes the place of the former: every charter is signed again."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    formation = models.ForeignKey(Formation, on_delete=models.PROTECT, related_name="textes")
    genre = models.CharField(max_length=12, choices=GenreTexte.choices)
    version_texte = models.PositiveSmallIntegerField(default=1)
    contenu = models.TextField()
    etat = models.CharField(max_length=12, choices=EtatTexte.choices, default=EtatTexte.PROJET)
    cree_le = models.DateTimeField()
    propose_le = models.DateTimeField(null=True, blank=True)
    propose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopte_le = models.DateTimeField(null=True, blank=True)
    adopte_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deliberation = models.CharField(max_length=80, blank=True, default="")
    delibere_le = models.DateField(null=True, blank=True)
    remplace_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["genre", "-version_texte"]
        constraints = [
            models.UniqueConstraint(
                fields=["formation", "genre", "version_texte"], name="texte_version_unique"
            ),
            models.UniqueConstraint(
                fields=["formation", "genre"], condition=Q(etat="adopte"), name="texte_un_en_vigueur"
            ),
            models.UniqueConstraint(
                fields=["formation", "genre"], condition=Q(etat="propose"), name="texte_une_proposition"
            ),
            models.CheckConstraint(
                condition=~Q(etat="adopte") | Q(adopte_le__isnull=False, delibere_le__isnull=False),
                name="texte_adopte_par_deliberation",
            ),
            Droits(name="texte_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} v{self.version_texte}"


class Signature(models.Model):
    """An agent signed this version of the charter. Never changed, never taken back: it is replaced."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures")
    texte = models.ForeignKey(Texte, on_delete=models.PROTECT, related_name="signatures")
    le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compte", "texte"], name="signature_unique"),
            Droits(name="signature_droits", web="SELECT, INSERT"),
        ]

    def __str__(self) -> str:
        return f"{self.compte_id} {self.texte_id}"
