"""A request of a person, whom it was put to, the file that answers it (RGPD, art. 12 and 15 to 21)."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.droits.states import EtatDemande
from maillage.instances.api import LigneNominative
from maillage.socle.contraintes import CleComposee, Mur, MurRestreint

CODE = 40


def sans_mur(contraintes: Any) -> list[Any]:
    """The constraints of a nominative row without its default wall, which another replaces."""
    return [contrainte for contrainte in contraintes if not isinstance(contrainte, Mur)]


class DemandeDeDroit(LigneNominative):
    """What was asked is never rewritten; only where the request stands is. No copy of a document is kept.

    ``champ`` and ``valeur_scellee``: what a rectification would set, sealed under the key of the identity.
    ``expire_le``: erased that day. ``fil`` names its anonymous facts.
    """

    identite = models.ForeignKey(
        "situations.Identite", on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    annee = models.PositiveSmallIntegerField()
    numero = models.PositiveIntegerField()
    droit = models.CharField(max_length=CODE)
    qualite = models.CharField(max_length=CODE)
    canal = models.CharField(max_length=CODE)
    champ = models.CharField(max_length=CODE, blank=True, default="")
    valeur_scellee = models.BinaryField(null=True)
    recue_le = models.DateField()
    recue_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    echeance = models.DateField()
    etat = models.CharField(max_length=10, default=EtatDemande.RECUE)
    verification = models.CharField(max_length=CODE, blank=True, default="")
    verifiee_le = models.DateField(null=True)
    prolongation = models.CharField(max_length=CODE, blank=True, default="")
    prolongee_le = models.DateField(null=True)
    decision = models.CharField(max_length=CODE, blank=True, default="")
    motif = models.CharField(max_length=CODE, blank=True, default="")
    repondue_le = models.DateField(null=True)
    expire_le = models.DateField()
    fil = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta(LigneNominative.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *sans_mur(LigneNominative.Meta.constraints),
            MurRestreint(
                name="demandededroit_mur",
                modifiables=[
                    "echeance",
                    "etat",
                    "verification",
                    "verifiee_le",
                    "prolongation",
                    "prolongee_le",
                    "decision",
                    "motif",
                    "repondue_le",
                    "expire_le",
                ],
            ),
            CleComposee(champ="identite", name="demandededroit_identite"),
            models.UniqueConstraint(fields=["cercle", "annee", "numero"], name="demandededroit_numero"),
            models.CheckConstraint(
                condition=Q(etat__in=[etat.value for etat in EtatDemande]), name="demandededroit_etat"
            ),
            models.CheckConstraint(
                condition=Q(echeance__gt=F("recue_le"), expire_le__gt=F("echeance"))
                | Q(etat__in=["repondue", "retiree"], echeance__gt=F("recue_le")),
                name="demandededroit_dates",
            ),
            models.CheckConstraint(
                condition=~Q(etat="repondue") | Q(repondue_le__isnull=False) & ~Q(decision=""),
                name="demandededroit_reponse_datee",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "accordee"]) | ~Q(motif=""), name="demandededroit_refus_motive"
            ),
        ]
        indexes = [models.Index(fields=["cercle", "etat", "echeance"], name="demandededroit_dues")]

    @property
    def reference(self) -> str:
        """How people name it: « 2026-007 »."""
        return f"{self.annee}-{self.numero:03d}"


class PieceDeDemande(LigneNominative):
    """What hangs on a request, written once; it lives and dies with it."""

    demande = models.ForeignKey(
        DemandeDeDroit, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )

    class Meta(LigneNominative.Meta):
        abstract = True
        constraints: ClassVar[list[Any]] = [
            *sans_mur(LigneNominative.Meta.constraints),
            CleComposee(champ="demande", name="%(class)s_demande"),
            MurRestreint(name="%(class)s_mur", modifiables=[]),
        ]


class Envoi(PieceDeDemande):
    """That a groupe was asked, and when. ``piste``: a random id shared with the question and its answer.

    ``destinataire``: the public id of the formation; its name is read when it is shown.
    """

    piste = models.UUIDField(default=uuid.uuid4, editable=False)
    destinataire = models.UUIDField()
    envoye_le = models.DateField()
    avant_le = models.DateField()
    par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(PieceDeDemande.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *PieceDeDemande.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "demande", "destinataire"], name="envoi_un_par_groupe"),
            models.UniqueConstraint(fields=["cercle", "piste"], name="envoi_piste"),
        ]


class FichierDeReponse(PieceDeDemande):
    """The file of an access: what a person reads and its data, sealed under a key of its own. Short-lived."""

    contenu = models.BinaryField()
    taille = models.PositiveIntegerField()
    compose_le = models.DateField()
    expire_le = models.DateField()

    class Meta(PieceDeDemande.Meta):
        abstract = False
        constraints: ClassVar[list[Any]] = [
            *PieceDeDemande.Meta.constraints,
            models.UniqueConstraint(fields=["cercle", "demande"], name="fichierdereponse_un"),
            models.CheckConstraint(condition=Q(taille__lte=10_000_000), name="fichierdereponse_taille"),
        ]
