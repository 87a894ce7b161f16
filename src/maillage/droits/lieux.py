"""Where this room is: the registers the actor reads, the cercles whose questions the actor may answer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maillage.acteurs.api import Compte
from maillage.droits.rules.demandes import est_interroge
from maillage.instances.api import (
    CercleVu,
    Formation,
    acteur,
    cercles_d_accueil,
    cercles_des_actes,
    cercles_des_droits,
    cercles_des_familles,
    cercles_visibles,
    fuseau_du_cercle,
    noter_le_lieu,
)
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui

#: Formations that hold files, whose holders are asked.
INTERROGEABLES = ("groupe", "actes_maire", "cddf", "cctp", "prestataire")


@dataclass(frozen=True, slots=True)
class Lieu:
    """A cercle the actor reads. ``jour`` is today in its territory."""

    vu: CercleVu
    compte: Compte
    jour: date

    @property
    def cercle(self) -> int:
        return self.vu.id


def _lieu(vu: CercleVu) -> Lieu:
    return Lieu(vu, acteur(), aujourd_hui(fuseau_du_cercle(vu.id)))


def registres() -> list[Lieu]:
    """The registers of requests the actor reads."""
    return [_lieu(vu) for vu in cercles_des_droits()]


def registre(cle: int | UUID) -> Lieu:
    """The register of that key or public id. Raises ``Introuvable``, hidden and absent alike."""
    return _trouver(cercles_des_droits(), cle)


def tenus() -> list[Lieu]:
    """The cercles of files the actor reads."""
    return [_lieu(vu) for vu in _des_dossiers()]


def tenu(cle: int) -> Lieu:
    """One of them."""
    return _trouver(_des_dossiers(), cle)


def _des_dossiers() -> list[CercleVu]:
    return [*cercles_visibles(), *cercles_des_actes(), *cercles_des_familles(), *cercles_d_accueil()]


def _trouver(vus: list[CercleVu], cle: int | UUID) -> Lieu:
    for vu in vus:
        if cle in (vu.id, vu.public_id):
            noter_le_lieu(vu.conseil, vu.formation)
            return _lieu(vu)
    raise Introuvable(cle if isinstance(cle, UUID) else None)


def formations_interrogeables(ou: Lieu, droit: str) -> list[Formation]:
    """The formations of the same council that hold files, asked for that right, their cercle still open."""
    lignes = Formation.objects.filter(
        conseil=ou.vu.conseil_pk,
        genre__in=[genre for genre in INTERROGEABLES if est_interroge(genre, droit)],
        cercle__isnull=False,
        cercle__ferme_le__isnull=True,
        dissoute_le__isnull=True,
    )
    return list(lignes.order_by("genre", "nom", "pk"))
