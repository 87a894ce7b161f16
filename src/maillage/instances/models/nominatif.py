"""What every nominative row of every room carries: its cercle, its wall, its version."""

import uuid

from django.db import models

from maillage.socle.contraintes import Mur


class LigneNominative(models.Model):
    """A row about a followed person. ``cercle`` is who may know it; it is written once.

    Every unique key starts with the cercle: a collision with a hidden row would otherwise tell that it
    exists. ``save()`` is for creation only; updates go through ``socle.services.modifier``.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    cercle = models.ForeignKey("instances.Cercle", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["cercle", "id"], name="%(class)s_cercle_id"),
            models.UniqueConstraint(fields=["cercle", "public_id"], name="%(class)s_cercle_public_id"),
            Mur(name="%(class)s_mur"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
