"""What every file of this room carries: whom it names, where it comes from, when it is erased."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee, Mur


def sans_mur(contraintes: list[Any]) -> list[Any]:
    """The inherited constraints but the wall, for a table that declares a stricter one."""
    return [contrainte for contrainte in contraintes if not isinstance(contrainte, Mur)]


class Dossier(LigneNominative):
    """One file about one person or one family, in one cercle. Never deleted but by the retention run.

    ``numero`` and ``annee``: its line in the register of its kind. ``expire_le`` follows the last act on it.
    ``fil`` names its anonymous facts. A file that was wrong is corrected by another: see ``Rectification``.
    """

    #: The register its line stands in (see ``LigneDeRegistre``).
    REGISTRE: ClassVar[str] = ""

    identite = models.ForeignKey(
        "situations.Identite", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    annee = models.PositiveSmallIntegerField()
    numero = models.PositiveIntegerField()
    tranche_age = models.CharField(max_length=12)
    origine = models.CharField(max_length=40)
    recu_le = models.DateField()
    recu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expire_le = models.DateField()
    fil = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [
            *LigneNominative.Meta.constraints,
            CleComposee(champ="identite", name="%(class)s_identite"),
            models.UniqueConstraint(fields=["cercle", "annee", "numero"], name="%(class)s_numero"),
            models.CheckConstraint(condition=Q(expire_le__gte=F("recu_le")), name="%(class)s_expire_apres"),
        ]

    @property
    def reference(self) -> str:
        """How people name it: « 2026-007 »."""
        return f"{self.annee}-{self.numero:03d}"
