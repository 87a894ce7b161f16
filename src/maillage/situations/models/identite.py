"""Who is followed, and who answers for a minor. Read and written only through ``situations.identites``."""

from django.db import models

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee


class Identite(LigneNominative):
    """The closed list of CNIL délibération 2014-262, art. 3: no other column may describe the person.

    ``naissance`` may be unknown; ``naissance_estimee`` says that the day is not certain. An empty
    ``sexe`` means that it was not given.
    """

    nom = models.CharField(max_length=80)
    prenom = models.CharField(max_length=80)
    sexe = models.CharField(max_length=1, blank=True, default="")
    naissance = models.DateField(null=True)
    naissance_estimee = models.BooleanField(default=False)
    adresse = models.CharField(max_length=200, blank=True, default="")
    telephone = models.CharField(max_length=20, blank=True, default="")
    courriel = models.CharField(max_length=120, blank=True, default="")

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            models.CheckConstraint(condition=models.Q(sexe__in=["", "F", "M"]), name="identite_sexe"),
        ]


class Representant(LigneNominative):
    """A legal representative of a minor: to be informed, and to be written to."""

    identite = models.ForeignKey(
        Identite, on_delete=models.PROTECT, related_name="representants", db_constraint=False
    )
    nom = models.CharField(max_length=80)
    prenom = models.CharField(max_length=80, blank=True, default="")
    lien = models.CharField(max_length=20)
    adresse = models.CharField(max_length=200, blank=True, default="")
    telephone = models.CharField(max_length=20, blank=True, default="")

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="identite", name="representant_identite"),
        ]
