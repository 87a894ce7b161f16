"""What somebody was typing when their session ended, kept a quarter of an hour for them alone."""

import uuid

from django.db import models

from maillage.acteurs.models.compte import Compte
from maillage.socle.contraintes import MurDuCompte


class SaisieGardee(models.Model):
    """A form, encrypted. The key is in the browser that sent it and nowhere else: no dump can read it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="+")
    contenu = models.BinaryField()
    expire_le = models.DateTimeField()

    class Meta:
        verbose_name = "saisie gardée"
        verbose_name_plural = "saisies gardées"
        constraints = [MurDuCompte(name="saisie_gardee_mur")]
        indexes = [models.Index(fields=["expire_le"], name="saisie_expire_le")]

    def __str__(self) -> str:
        return str(self.public_id)
