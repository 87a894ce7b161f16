"""An application of codes: its secret is sealed, under a key that is not in this database."""

import uuid

from django.db import models

from maillage.acteurs.models.compte import Compte
from maillage.socle.contraintes import Droits


class AppareilDeCodes(models.Model):
    """A device of an account (RFC 6238). ``public_id`` is the pseudonym of its key in the store.

    One key a device and not one an account: a device taken away loses its key for good, and the account
    enrols another. ``dernier_pas``: the time step of the last code used, which never serves again.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="appareils")
    scelle = models.BinaryField()
    confirme = models.BooleanField(default=False)
    dernier_pas = models.BigIntegerField(default=-1)
    derive = models.SmallIntegerField(default=0)
    cree_le = models.DateTimeField()

    class Meta:
        verbose_name = "application de codes"
        verbose_name_plural = "applications de codes"
        constraints = [
            Droits(
                name="appareil_de_codes_droits",
                web="SELECT, INSERT, DELETE, UPDATE (confirme, dernier_pas, derive)",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Rythme(models.Model):
    """How many files an account has opened lately, and since when it owes a proof for it.

    One row an account: a read costs one update, whatever was read before.
    """

    compte = models.OneToOneField(Compte, on_delete=models.CASCADE, primary_key=True, related_name="+")
    court_depuis = models.DateTimeField()
    court = models.PositiveIntegerField(default=0)
    jour_depuis = models.DateTimeField()
    jour = models.PositiveIntegerField(default=0)
    exigee_le = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "rythme de lecture"
        verbose_name_plural = "rythmes de lecture"
        constraints = [Droits(name="rythme_droits", web="SELECT, INSERT, UPDATE")]

    def __str__(self) -> str:
        return f"{self.court} lectures"
