"""What proves who somebody is, beside their password: keys, recovery codes, an outer identity."""

import uuid

from django.db import models

from maillage.acteurs.models.compte import Compte
from maillage.socle.contraintes import Droits, MurDuCompte


class CodeDeSecours(models.Model):
    """A recovery code not used yet: its mark on the sheet, the digest of its secret. Using it erases it."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="+")
    repere = models.CharField(max_length=2)
    empreinte = models.CharField(max_length=128)
    cree_le = models.DateTimeField()

    class Meta:
        verbose_name = "code de secours"
        verbose_name_plural = "codes de secours"
        constraints = [
            models.UniqueConstraint(fields=["compte", "repere"], name="code_de_secours_repere"),
            MurDuCompte(name="code_de_secours_mur"),
        ]

    def __str__(self) -> str:
        return self.repere


class CleDAcces(models.Model):
    """A WebAuthn credential: only its public half is here. ``compteur`` grows at each use, if the key counts.

    The web role notes a use and takes a key away; it never changes whose key it is, nor what it verifies.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="cles")
    nom = models.CharField(max_length=60)
    identifiant = models.BinaryField(unique=True)
    cle_publique = models.BinaryField()
    compteur = models.BigIntegerField(default=0)
    synchronisee = models.BooleanField(default=False)
    cree_le = models.DateTimeField()
    employee_le = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "clé d’accès"
        verbose_name_plural = "clés d’accès"
        constraints = [
            Droits(name="cle_d_acces_droits", web="SELECT, INSERT, DELETE, UPDATE (compteur, employee_le)")
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class IdentiteExterne(models.Model):
    """The account's name at an OpenID provider: ``sub``, which never changes; never an e-mail address."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="identites")
    emetteur = models.CharField(max_length=200)
    sub = models.CharField(max_length=255)
    liee_le = models.DateTimeField()
    employee_le = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "identité externe"
        verbose_name_plural = "identités externes"
        constraints = [
            models.UniqueConstraint(fields=["emetteur", "sub"], name="identite_externe_sub"),
            models.UniqueConstraint(fields=["compte", "emetteur"], name="identite_externe_compte"),
            Droits(name="identite_externe_droits", web="SELECT, INSERT, DELETE, UPDATE (employee_le)"),
        ]

    def __str__(self) -> str:
        return self.emetteur
