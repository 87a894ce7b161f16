"""Where the actor may prepare a convention: the councils they keep, the groupes they work in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from maillage.acteurs.api import Organisme
from maillage.documents.motifs import HORS_CHARGE
from maillage.documents.perms import TENUE
from maillage.documents.rules.genres import Genre, genres
from maillage.documents.selectors.conventions import PREPARENT
from maillage.droit.api import Verdict
from maillage.instances.api import (
    acteur,
    cercle_vu,
    cercles_visibles,
    conseil_visible,
    conseils_de,
    exiger_charge,
    formation_du_cercle,
    fuseau_du_cercle,
    fuseau_du_conseil,
    tient,
)
from maillage.socle.refus import Introuvable, Refus
from maillage.socle.temps import aujourd_hui


@dataclass(frozen=True, slots=True)
class Lieu:
    """A council, or a groupe's cercle; ``jour`` is today there."""

    public_id: UUID
    nom: str
    departement: str
    jour: date
    cercle: int | None = None
    genres: tuple[Genre, ...] = ()


def lieux() -> list[Lieu]:
    """Every place with the kinds it may prepare: groupes first."""
    compte = acteur()
    nominatives = tuple(g for g in genres().values() if g.nominative)
    entre_organismes = tuple(g for g in genres().values() if not g.nominative)
    trouves = [
        Lieu(vu.public_id, vu.nom, vu.departement_code, aujourd_hui(), vu.id, nominatives)
        for vu in cercles_visibles()
        if vu.role in PREPARENT
    ]
    trouves += [
        Lieu(c.public_id, c.nom, c.departement_code, aujourd_hui(), None, entre_organismes)
        for c in conseils_de(compte)
        if tient(compte, c, TENUE)
    ]
    return trouves


def lieu_d_accueil(genre: Genre, ou: UUID) -> Lieu:
    """The place of that id, for who may prepare this kind there; 404 hidden, 403 seen but not kept."""
    if not genre.nominative:
        conseil = conseil_visible(ou)
        exiger_charge(conseil, TENUE)
        jour = aujourd_hui(fuseau_du_conseil(conseil))
        return Lieu(conseil.public_id, conseil.nom, conseil.departement_code, jour)
    vu = cercle_vu(ou)
    if vu is None:
        raise Introuvable(ou)
    if vu.role not in PREPARENT:
        raise Refus(Verdict.refus([HORS_CHARGE]), statut=403, objet=ou)
    conseil = formation_du_cercle(vu.id).conseil
    return Lieu(vu.public_id, vu.nom, conseil.departement_code, aujourd_hui(fuseau_du_cercle(vu.id)), vu.id)


def organismes_du_lieu(lieu: Lieu) -> list[tuple[str, str]]:
    """The bodies of the directory in its département, by name: those a party may be."""
    locaux = Q(departement_code=lieu.departement) | Q(commune_code__startswith=lieu.departement)
    lus = Organisme.objects.filter(locaux, actif=True).prefetch_related("noms")
    noms = [(str(organisme.public_id), organisme.nom_le(lieu.jour)) for organisme in lus]
    return sorted(noms, key=lambda paire: paire[1].casefold())
