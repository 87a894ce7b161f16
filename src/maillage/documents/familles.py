"""The two families of tables behind one engine, and the place each convention belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias, cast

from django.db.models import QuerySet

from maillage.documents.models import (
    Avenant,
    AvenantNominatif,
    Convention,
    ConventionNominative,
    Partie,
    PartieNominative,
    Signature,
    SignatureNominative,
)
from maillage.documents.rules.conventions import Faits, FaitsAvenant, Mode, Renouvellement
from maillage.documents.rules.genres import Genre, genre
from maillage.instances.api import Conseil, formation_du_cercle, fuseau_du_conseil
from maillage.socle.temps import aujourd_hui

UneConvention: TypeAlias = Convention | ConventionNominative
UnePartie: TypeAlias = Partie | PartieNominative
UnAvenant: TypeAlias = Avenant | AvenantNominatif
UneSignature: TypeAlias = Signature | SignatureNominative


@dataclass(frozen=True, slots=True)
class Famille:
    """The tables of one family. The engine writes through them and never asks which one it is."""

    convention: Any
    partie: Any
    avenant: Any
    signature: Any
    nominative: bool


SANS_NOM = Famille(Convention, Partie, Avenant, Signature, nominative=False)
NOMINATIVE = Famille(
    ConventionNominative, PartieNominative, AvenantNominatif, SignatureNominative, nominative=True
)


@dataclass(frozen=True)
class Lue:
    """A convention the actor may see, with its family: what every command and every page starts from."""

    ligne: UneConvention
    famille: Famille

    @property
    def genre(self) -> Genre:
        return genre(self.ligne.genre)

    @property
    def cercle(self) -> int | None:
        return self.ligne.cercle_id if isinstance(self.ligne, ConventionNominative) else None

    @cached_property
    def conseil(self) -> Conseil:
        """The council that keeps it, or the one of the groupe that follows the person."""
        if isinstance(self.ligne, ConventionNominative):
            return formation_du_cercle(self.ligne.cercle_id).conseil
        return self.ligne.conseil

    @cached_property
    def jour(self) -> date:
        """Today where the council is."""
        return aujourd_hui(fuseau_du_conseil(self.conseil))

    @property
    def cle(self) -> dict[str, int]:
        """What a child row carries besides its parent."""
        return {"cercle_id": self.cercle} if self.cercle is not None else {}

    @cached_property
    def parties(self) -> tuple[UnePartie, ...]:
        """Its parties in the order of the kind."""
        rang = {partie.role: i for i, partie in enumerate(self.genre.parties)}
        lues = cast("QuerySet[Any]", self.famille.partie.objects.filter(convention=self.ligne.pk))
        lignes = lues.select_related("organisme").prefetch_related("organisme__noms", "signatures")
        return tuple(sorted(lignes, key=lambda partie: rang.get(partie.role, len(rang))))

    @cached_property
    def avenants(self) -> tuple[UnAvenant, ...]:
        """Its amendments, the first first."""
        lus = cast("QuerySet[Any]", self.famille.avenant.objects.filter(convention=self.ligne.pk))
        return tuple(lus.order_by("numero"))

    @property
    def requises(self) -> frozenset[str]:
        """The roles whose signature is needed: as fixed when it was sent, else those of the kind."""
        return frozenset(self.ligne.requises) or self.genre.requises

    @cached_property
    def faits(self) -> Faits:
        """What the pure rules judge."""
        return faits_de(self.ligne, self.avenants)


def faits_de(ligne: UneConvention, avenants: tuple[UnAvenant, ...] = ()) -> Faits:
    """The facts of a row and of its amendments."""
    return Faits(
        debut=ligne.debut,
        fin=ligne.fin,
        proposee_le=ligne.proposee_le,
        signee_le=ligne.signee_le,
        renouvellement=Renouvellement(Mode(ligne.mode), ligne.duree_mois, ligne.fois, ligne.preavis_jours),
        denoncee_le=ligne.denoncee_le,
        resiliee_le=ligne.resiliee_le,
        renouvelee_le=ligne.renouvelee_le,
        avenants=tuple(
            FaitsAvenant(a.numero, a.prend_effet_le, a.signe_le, a.nouvelle_fin) for a in avenants
        ),
    )
