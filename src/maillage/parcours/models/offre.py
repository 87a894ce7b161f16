"""Offers of a scheme (a host, a place, a mentor) and their anonymous occupations."""

import uuid
from hashlib import sha256

from django.db import models
from django.db.models import F, Q

from maillage.socle.contraintes import Droits
from maillage.socle.contraintes_tenues import DroitsTenus

ACCORD = "convention"

#: Who holds a place: those who read the participation that keeps its key, and the coordination of the council
#: of the offer. The same condition as ``selectors.conseils.tient``, under the walls of the actor.
PLACE_TENUE = """
EXISTS (SELECT FROM parcours_participation p WHERE p.place IS NOT NULL
    AND encode(substring(sha256(uuid_send(p.place)) FROM 1 FOR 16), 'hex')::uuid = parcours_place.jeton)
OR EXISTS (SELECT FROM parcours_offre o JOIN instances_conseil c ON c.id = o.conseil_id
    JOIN acteurs_fonctionexercee f ON f.compte_id = (SELECT socle.acteur()) AND f.code = 'coordonnateur'
        AND f.depuis <= socle.maintenant() AND (f.jusqua IS NULL OR f.jusqua > socle.maintenant())
    WHERE o.id = parcours_place.offre_id AND (f.portee_genre, f.portee_code) IN
        (('commune', c.commune_code), ('epci', c.epci_code), ('instance', c.public_id::text)))
""".strip()


def empreinte(cle: uuid.UUID) -> uuid.UUID:
    """What everybody reads of the key of a place: it proves who holds the key, and gives it to nobody."""
    return uuid.UUID(bytes=sha256(cle.bytes).digest()[:16])


class Offre(models.Model):
    """An offer. ``conseil`` is None for a national one, read by everybody; else that council's alone.

    ``contact``: how far the host has been reached; only an accord opens the offer. ``habilitee_jusqua``: last
    day of the host's habilitation, None for a public body or a scheme that asks for none. Both days of a
    period are included. ``identifiant_externe`` is its key in ``source``, for imports.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dispositif_code = models.CharField(max_length=40)
    conseil = models.ForeignKey(
        "instances.Conseil", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    organisme = models.ForeignKey("acteurs.Organisme", on_delete=models.PROTECT, related_name="+")
    commune_code = models.CharField(max_length=5, blank=True, default="")
    departement_code = models.CharField(max_length=3, blank=True, default="")
    intitule = models.CharField(max_length=160)
    capacite = models.PositiveSmallIntegerField(default=1)
    secteur = models.CharField(max_length=40, blank=True, default="")
    tuteur_nom = models.CharField(max_length=120, blank=True, default="")
    tuteur_forme = models.BooleanField(default=False)
    depuis = models.DateField()
    jusqua = models.DateField(null=True, blank=True)
    age_min = models.PositiveSmallIntegerField(null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(null=True, blank=True)
    mineurs = models.BooleanField(default=True)
    heures_min = models.PositiveSmallIntegerField(null=True, blank=True)
    heures_max = models.PositiveSmallIntegerField(null=True, blank=True)
    habilitee_jusqua = models.DateField(null=True, blank=True)
    contact = models.CharField(max_length=40, default=ACCORD)
    source = models.CharField(max_length=40)
    identifiant_externe = models.CharField(max_length=60, blank=True, default="")
    fermee_le = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "parcours_offre"
        constraints = [
            models.CheckConstraint(condition=Q(capacite__gte=1), name="offre_capacite"),
            models.CheckConstraint(
                condition=Q(jusqua__isnull=True) | Q(jusqua__gte=F("depuis")), name="offre_dates"
            ),
            models.CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="offre_ages",
            ),
            models.CheckConstraint(
                condition=Q(heures_min__isnull=True)
                | Q(heures_max__isnull=True)
                | Q(heures_min__lte=F("heures_max")),
                name="offre_heures",
            ),
            models.UniqueConstraint(
                fields=["source", "identifiant_externe"],
                condition=~Q(identifiant_externe=""),
                name="offre_identifiant_externe",
            ),
            Droits(name="offre_droits", web="SELECT, INSERT, UPDATE"),
        ]
        indexes = [
            # The view of a person looks a scheme up commune by commune, then in its département.
            models.Index(
                fields=["dispositif_code", "commune_code"],
                condition=Q(fermee_le__isnull=True),
                name="offre_dispositif_commune",
            ),
            models.Index(
                fields=["dispositif_code", "departement_code", "id"],
                condition=Q(fermee_le__isnull=True),
                name="offre_dispositif_dept",
            ),
            models.Index(fields=["conseil"], name="offre_conseil"),
        ]

    def __str__(self) -> str:
        return f"{self.dispositif_code} {self.public_id}"


class Place(models.Model):
    """One place taken for some days, both included; no end: until it is freed. It names nobody.

    ``jeton`` is read by everybody; it is the print of a key that only the participation keeps, so that no
    other row can pretend to hold the place (``empreinte``).
    """

    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="places")
    du = models.DateField()
    au = models.DateField(null=True, blank=True)
    jeton = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        db_table = "parcours_place"
        constraints = [
            models.CheckConstraint(condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="place_dates"),
            DroitsTenus(name="place_tenue", tenue=PLACE_TENUE, modifiables=("au",)),
        ]
        indexes = [models.Index(fields=["offre", "au"], name="place_offre_au")]

    def __str__(self) -> str:
        return str(self.jeton)
