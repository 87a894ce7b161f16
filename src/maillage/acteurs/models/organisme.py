"""The bodies people work for. Their names are dated: Pôle emploi became France Travail."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q

from maillage.socle.contraintes import Droits
from maillage.socle.temps import aujourd_hui


@dataclass(frozen=True, slots=True)
class NomDate:
    """A dated name as a written query reads it beside the row of its body."""

    nom: str
    depuis: date
    jusqua: date | None

    @classmethod
    def lire(cls, nom: str, depuis: str, jusqua: str | None) -> "NomDate":
        """From the text of its three columns, dates in ISO form."""
        return cls(nom, date.fromisoformat(depuis), date.fromisoformat(jusqua) if jusqua else None)


class Organisme(models.Model):
    """A body. ``genre`` is the code of a kind of partner of the strategy's register.

    ``sensible``: the very name reveals a follow-up (SPIP, CSAPA…), so a provider of actions never
    reads it (see ``acteurs.api.nom_affiche``).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    genre = models.CharField(max_length=60)
    sensible = models.BooleanField(default=False)
    siret = models.CharField(max_length=14, blank=True, default="", validators=[RegexValidator(r"^\d{14}$")])
    commune_code = models.CharField(max_length=5, blank=True, default="")
    departement_code = models.CharField(max_length=3, blank=True, default="")
    actif = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="organisme_siret_unique"),
            Droits(name="organisme_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [
            models.Index(fields=["departement_code", "genre"], name="organisme_departement"),
            models.Index(fields=["commune_code"], name="organisme_commune"),
        ]

    def __str__(self) -> str:
        return f"{self.genre} {self.public_id}"

    def nom_le(self, jour: date) -> str:
        """The name borne on ``jour``; before the first name, the first one. Uses names already read."""
        lus: Iterable[NomDate | NomOrganisme] | None = self.__dict__.get("noms_lus")
        noms = sorted(self.noms.all() if lus is None else lus, key=lambda nom: nom.depuis)
        for nom in reversed(noms):
            if nom.depuis <= jour and (nom.jusqua is None or jour < nom.jusqua):
                return nom.nom
        passes = [nom for nom in noms if nom.depuis <= jour]
        retenu = passes[-1] if passes else next(iter(noms), None)
        return retenu.nom if retenu else ""

    def poser_noms(self, lus: Iterable[NomDate]) -> None:
        """Give the dated names read with this row, so that nobody asks for them again."""
        self.__dict__["noms_lus"] = list(lus)

    @property
    def nom_actuel(self) -> str:
        """The name of today."""
        return self.nom_le(aujourd_hui())


class NomOrganisme(models.Model):
    """A name and its days. ``jusqua`` is the first day on which the body no longer bears it."""

    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="noms")
    nom = models.CharField(max_length=200)
    depuis = models.DateField()
    jusqua = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["depuis"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gt=F("depuis")), name="nom_organisme_dates"
            ),
            ExclusionConstraint(
                name="nom_organisme_sans_recouvrement",
                expressions=[
                    ("organisme", RangeOperators.EQUAL),
                    (
                        Func("depuis", "jusqua", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            Droits(name="nom_organisme_droits", web="SELECT, INSERT, UPDATE"),
        ]

    def __str__(self) -> str:
        return self.nom
