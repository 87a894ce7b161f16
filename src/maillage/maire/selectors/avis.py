"""The notices due to the mayor that the actor may see. No person is named here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from maillage.maire.etats_avis import LIBELLES, EtatAvis
from maillage.maire.lieux import Lieu, lieux_des_actes
from maillage.maire.models import AvisDu, RelanceAvis
from maillage.maire.rules.avis import en_retard
from maillage.socle.refus import Introuvable
from maillage.strategie.api import liste

DEBITEURS = {"procureur": "le procureur de la République", "forces": "la police ou la gendarmerie"}


def avis(lieux: Iterable[Lieu] | None = None) -> QuerySet[AvisDu]:
    """Every notice of the registers the actor reads: awaited first, the nearest day first."""
    lus = lieux_des_actes() if lieux is None else lieux
    return AvisDu.objects.filter(cercle__in=[ou.cercle for ou in lus]).order_by("etat", "echeance", "-pk")


def un_avis(cle: UUID, *, verrou: bool = False) -> tuple[AvisDu, Lieu]:
    """The notice and its register. Raises ``Introuvable``, hidden and absent alike."""
    lieux = {ou.cercle: ou for ou in lieux_des_actes()}
    lignes = AvisDu.objects.filter(public_id=cle, cercle__in=list(lieux))
    lu = (lignes.select_for_update(no_key=True) if verrou else lignes).first()
    if lu is None:
        raise Introuvable(cle)
    return lu, lieux[lu.cercle_id]


def relances_de(lu: AvisDu) -> list[RelanceAvis]:
    return list(RelanceAvis.objects.filter(avis=lu).select_related("par").order_by("le", "pk"))


def deja_attendu(ou: Lieu, *, genre: str, cause_le: date, reference: str) -> str:
    """The number of the notice already awaited for the same cause; a reference is needed to tell."""
    if not reference:
        return ""
    lignes = AvisDu.objects.filter(cercle=ou.cercle, genre=genre, cause_le=cause_le, reference=reference)
    lu = lignes.exclude(etat=EtatAvis.RETIRE).first()
    return lu.nom if lu is not None else ""


@dataclass(frozen=True, slots=True)
class AvisVu:
    """A notice as the pages show it."""

    avis: AvisDu
    ou: Lieu
    relances: tuple[RelanceAvis, ...] = ()

    @property
    def genre(self) -> str:
        return liste("avis_dus").item(self.avis.genre).libelle

    @property
    def debiteur(self) -> str:
        return DEBITEURS[self.avis.debiteur]

    @property
    def etat(self) -> str:
        return "En retard" if self.retard else LIBELLES[self.avis.etat]

    @property
    def retard(self) -> bool:
        return en_retard(etat=self.avis.etat, echeance_le=self.avis.echeance, le=self.ou.jour)

    @property
    def attendu(self) -> bool:
        return self.avis.etat == EtatAvis.ATTENDU

    @property
    def reponse(self) -> str:
        return liste("reponses_avis").item(self.avis.reponse).libelle if self.avis.reponse else ""

    @property
    def forme(self) -> str:
        """Shape of the badge."""
        if self.retard:
            return "retard"
        return {"attendu": "encours", "recu": "fait"}.get(self.avis.etat, "vide")


def avis_vus() -> list[AvisVu]:
    """The list, two queries."""
    lieux = {ou.cercle: ou for ou in lieux_des_actes()}
    return [AvisVu(lu, lieux[lu.cercle_id]) for lu in avis(lieux.values())]


def avis_vu(cle: UUID) -> AvisVu:
    lu, ou = un_avis(cle)
    return AvisVu(lu, ou, tuple(relances_de(lu)))
