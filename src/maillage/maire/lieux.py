"""Where an act of this room is done, and by whom: the cercle, the commune, the quality of who acts."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.instances.api import (
    CercleVu,
    acteur,
    cercles_des_actes,
    cercles_des_familles,
    elu_de,
    fuseau_du_cercle,
    noter_le_lieu,
)
from maillage.maire.models import Delegation, Pouvoir
from maillage.maire.rules.rappel import Qualite
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

MAIRE: Final = frozenset({"maire"})


@dataclass(frozen=True, slots=True)
class Lieu:
    """A cercle of this room that the actor reads. ``jour`` is today in its territory."""

    vu: CercleVu
    compte: Compte
    jour: date

    @property
    def cercle(self) -> int:
        return self.vu.id

    @property
    def commune(self) -> str:
        """INSEE code; empty for the family council of a whole EPCI."""
        return self.vu.commune_code

    @property
    def prepare(self) -> bool:
        """Whether the actor may write here: every member of the register but the judiciary."""
        return self.vu.role != "parquet"


@dataclass(frozen=True, slots=True)
class Autorite:
    """Who would act, as the law asks: in what quality, for which commune, on which decision."""

    qualite: Qualite
    commune: str
    arrete: str = ""
    delegation: UUID | None = None


def lieux_des_actes() -> list[Lieu]:
    """The registers of mayor's acts the actor reads."""
    return [_lieu(vu) for vu in cercles_des_actes()]


def lieux_des_familles() -> list[Lieu]:
    """The family councils the actor reads."""
    return [_lieu(vu) for vu in cercles_des_familles()]


def lieu(cle: int | UUID) -> Lieu:
    """The cercle of that key or public id. Raises ``Introuvable``, hidden and absent alike."""
    for vu in (*cercles_des_actes(), *cercles_des_familles()):
        if cle in (vu.id, vu.public_id):
            noter_le_lieu(vu.conseil, vu.formation)
            return _lieu(vu)
    raise Introuvable(cle if isinstance(cle, UUID) else None)


def _lieu(vu: CercleVu) -> Lieu:
    return Lieu(vu, acteur(), aujourd_hui(fuseau_du_cercle(vu.id)))


def autorite(ou: Lieu, pouvoir: Pouvoir) -> Autorite:
    """In what quality the actor would use this power there today.

    A deputy or a councillor acts on a decision in force that names the power (CGCT L. 2122-18); the president
    of an EPCI, and anyone else, in a quality that the rule refuses.
    """
    fonctions = ou.compte.fonctions
    if elu_de(ou.compte, ou.commune):
        if elu_de(ou.compte, ou.commune, MAIRE):
            return Autorite(Qualite.MAIRE, ou.commune)
        en_vigueur = Delegation.objects.en_vigueur(ou.jour).filter(
            compte=ou.compte, commune_code=ou.commune, pouvoirs__contains=[pouvoir.value]
        )
        if (delegation := en_vigueur.order_by("-depuis").first()) is not None:
            return Autorite(
                Qualite(delegation.qualite), ou.commune, delegation.arrete_numero, delegation.public_id
            )
    if "president_epci" in fonctions:
        return Autorite(Qualite.PRESIDENT_EPCI, ou.commune)
    return Autorite(Qualite.AUTRE, ou.commune)
