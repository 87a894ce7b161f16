"""The groupe as this room needs it: who acts there, in what role, on which day. Reads ``instances`` only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from maillage.acteurs.api import Compte, Place, compte_du_lecteur
from maillage.instances.api import (
    CercleVu,
    cercle_vu,
    cercles_visibles,
    decisions_sur,
    formation_du_cercle,
    fuseau_du_cercle,
    habilites,
    membre_judiciaire,
    mes_mandats,
    noter_le_lieu,
)
from maillage.situations.rules.signalement import Forum
from maillage.situations.rules.suivi import Membre
from maillage.socle.contexte import acteur_courant
from maillage.socle.memoire import une_fois
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui, maintenant

SEANCES_A_VENIR = ("preparee", "convoquee", "ouverte")


@dataclass(frozen=True, slots=True)
class Ici:
    """A cercle the actor reads now, and the actor in it. ``jour`` is today in its territory."""

    vu: CercleVu
    compte: int
    genre: str
    organisme: int | None
    fonctions: frozenset[str]
    jour: date

    @property
    def cercle(self) -> int:
        return self.vu.id

    @property
    def volet(self) -> str:
        return self.vu.volet

    @property
    def membre(self) -> Membre:
        return Membre(role=self.vu.role, genre=self.genre)

    @property
    def place(self) -> Place:
        """Where the actor stands, for the rule that masks names."""
        return Place(role=self.vu.role, genre=self.genre, organisme=self.organisme)

    @property
    def judiciaire_siege(self) -> bool:
        return membre_judiciaire(self.vu.id)

    @property
    def forum(self) -> Forum:
        return Forum(
            volet=self.vu.volet,
            judiciaire_siege=self.judiciaire_siege,
            acteur_judiciaire=self.membre.judiciaire,
        )


def ici(cercle: int) -> Ici:
    """The actor in that cercle. Raises ``Introuvable`` when the actor does not read it."""
    vu = next((vu for vu in cercles_visibles() if vu.id == cercle), None)
    if vu is None:
        raise Introuvable()
    return _page_de(vu)


def ici_dans(vus: Iterable[CercleVu]) -> dict[int, Ici]:
    """The actor in each of these cercles, already known to be readable."""
    return {vu.id: _situer(vu) for vu in vus}


def ici_par_public_id(public_id: UUID) -> Ici:
    """The same, from the address of a page."""
    vu = cercle_vu(public_id)
    if vu is None:
        raise Introuvable(public_id)
    return _page_de(vu)


def _page_de(vu: CercleVu) -> Ici:
    """The page under way is that groupe's: its head says so."""
    noter_le_lieu(vu.conseil, vu.formation)
    return _situer(vu)


@une_fois
def _situer(vu: CercleVu) -> Ici:
    compte = acteur_courant()
    assert compte is not None  # a cercle is visible to someone
    mandat = next((mandat for mandat in mes_mandats() if mandat.cercle == vu.id), None)
    lecteur = compte_du_lecteur(compte)
    return Ici(
        vu=vu,
        compte=compte,
        genre=mandat.genre if mandat else "",
        organisme=mandat.organisme if mandat else None,
        fonctions=lecteur.fonctions if lecteur else frozenset(),
        jour=aujourd_hui(fuseau_du_cercle(vu.id)),
    )


def membre_de(cercle: int, compte: UUID) -> tuple[Compte, Membre, int] | None:
    """A member whose mandate and charter hold now, with the body of their seat; None for anyone else."""
    ligne = (
        habilites(maintenant())
        .filter(Q(charte_signee=True), cercle=cercle, compte__public_id=compte)
        .select_related("compte", "siege__organisme")
        .first()
    )
    if ligne is None:
        return None
    organisme = ligne.siege.organisme
    return ligne.compte, Membre(ligne.role, organisme.genre), organisme.pk


def prochaine_seance(cercle: int) -> datetime | None:
    """When the groupe next meets, on the clocks of its territory; None when nothing is prepared."""
    seances = formation_du_cercle(cercle).seances.filter(
        etat__in=SEANCES_A_VENIR, commence_le__gte=maintenant()
    )
    debut = seances.order_by("commence_le").values_list("commence_le", flat=True).first()
    return debut.astimezone(fuseau_du_cercle(cercle)) if debut is not None else None


def decision_de_seance(cercle: int, *, seance: UUID, objet: UUID, decision: str) -> bool:
    """Whether the groupe took this decision on this file in this séance: as recorded."""
    return (
        formation_du_cercle(cercle)
        .seances.filter(
            public_id=seance,
            points__cercle=cercle,
            points__objet=objet,
            points__decision=decision,
            points__decide_le__isnull=False,
        )
        .exists()
    )


def orientations(cercle: int, objet: UUID) -> list[tuple[date, str]]:
    """The orientations the groupe decided for this file: the day there, the code of the destination."""
    lieu = fuseau_du_cercle(cercle)
    return [
        (instant.astimezone(lieu).date(), vers) for instant, vers in decisions_sur(cercle, objet, "orienter")
    ]
