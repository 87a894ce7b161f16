"""Tables every room relies on and which hold no named person."""

import uuid

from django.db import models

from maillage.socle.contraintes import Droits


class EntreeJournal(models.Model):
    """One event. Written by ``socle.journaliser()`` only; the web role can neither read nor change it.

    ``rang`` is given later by the sequencer, without gaps: ids may skip, and a late commit would
    be lost by "id greater than the last".
    """

    id = models.BigAutoField(primary_key=True)
    rang = models.BigIntegerField(null=True, unique=True)
    le = models.DateTimeField()
    acteur = models.BigIntegerField(null=True)
    evenement = models.CharField(max_length=60)
    objet = models.CharField(max_length=64, blank=True, default="")
    cercle = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        db_table = "socle_journal"
        constraints = [Droits(name="journal_droits")]
        indexes = [
            models.Index(fields=["objet"], name="journal_objet"),
            models.Index(fields=["le"], name="journal_le"),
            models.Index(
                fields=["le", "id"], condition=models.Q(rang__isnull=True), name="journal_a_sequencer"
            ),
            models.Index(
                fields=["le"],
                condition=models.Q(evenement="rythme_depasse"),
                name="journal_depassements",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evenement} {self.pk}"


class FeuilleJournal(models.Model):
    """What remains of an entry past its term: its rank and its hash, so that the later ones stay provable."""

    rang = models.BigIntegerField(primary_key=True)
    hachage = models.BinaryField(max_length=32)

    class Meta:
        constraints = [Droits(name="feuille_journal_droits")]

    def __str__(self) -> str:
        return str(self.rang)


class TeteJournal(models.Model):
    """A signed head of the sealed journal. ``sommets``: what is enough to go on (see ``scelle.merkle``)."""

    taille = models.BigIntegerField(primary_key=True)
    racine = models.CharField(max_length=64)
    le = models.DateTimeField()
    cle = models.CharField(max_length=60)
    signature = models.CharField(max_length=100)
    sommets = models.JSONField()

    class Meta:
        constraints = [Droits(name="tete_journal_droits")]

    def __str__(self) -> str:
        return str(self.taille)


class Installation(models.Model):
    """The single row that says what this database is. The demo flag can never be taken back."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    demo = models.BooleanField()
    graine = models.IntegerField(null=True)
    cree_le = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_unique"),
            Droits(name="installation_droits", web="SELECT"),
        ]

    def __str__(self) -> str:
        return "démonstration" if self.demo else "exploitation"


class JetonFormulaire(models.Model):
    """A form's one-use token: the second submission is led to the result of the first."""

    compte = models.BigIntegerField()
    jeton = models.UUIDField()
    resultat = models.CharField(max_length=300)
    le = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["compte", "jeton"], name="jeton_unique"),
            Droits(name="jeton_droits", web="SELECT, INSERT"),
        ]

    def __str__(self) -> str:
        return str(self.jeton)


class FaitStatistique(models.Model):
    """An anonymous fact, written in the transaction of what it counts, kept when the file is erased.

    Columns are coarse on purpose: month, age band, closed codes. ``fil`` is a random id that only
    the living file knows; once the file is erased it links the facts of one follow-up and nothing else.
    A negative ``nombre`` takes back a fact of the same columns (``socle.faits.compenser``).
    """

    id = models.BigAutoField(primary_key=True)
    evenement = models.CharField(max_length=40)
    mois = models.DateField(help_text="first day of the month")
    instance = models.BigIntegerField()
    departement = models.CharField(max_length=3)
    volet = models.CharField(max_length=12, blank=True)
    fil = models.UUIDField(default=uuid.uuid4)
    genre = models.CharField(max_length=40, blank=True)
    exposition = models.CharField(max_length=20, blank=True)
    tranche_age = models.CharField(max_length=12, blank=True)
    sexe = models.CharField(max_length=1, blank=True)
    qpv = models.CharField(
        max_length=3, blank=True, default="", db_default="", help_text="oui, non, or empty when unknown"
    )
    origine = models.CharField(max_length=40, blank=True)
    motif = models.CharField(max_length=40, blank=True)
    issue = models.CharField(max_length=40, blank=True)
    delai_jours = models.IntegerField(null=True)
    nombre = models.IntegerField(default=1)

    class Meta:
        db_table = "socle_fait_statistique"
        constraints = [
            models.CheckConstraint(condition=models.Q(mois__day=1), name="fait_au_mois"),
            Droits(name="fait_droits", web="SELECT, INSERT"),
        ]
        indexes = [
            models.Index(fields=["instance", "mois", "evenement"], name="fait_instance_mois"),
            models.Index(fields=["instance"], condition=models.Q(nombre__lt=0), name="fait_compense"),
            models.Index(fields=["fil"], condition=models.Q(evenement="cloture"), name="fait_cloture"),
            models.Index(fields=["instance"], condition=models.Q(evenement="terme"), name="fait_terme"),
        ]

    def __str__(self) -> str:
        return f"{self.evenement} {self.mois:%Y-%m}"
