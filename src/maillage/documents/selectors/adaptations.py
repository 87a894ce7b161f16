"""Which presentation of a template is in force for a council, and its former versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from uuid import UUID

from django.db.models import Max, QuerySet

from maillage.documents.blocs import Logo
from maillage.documents.composition import Adaptation as AdaptationLue
from maillage.documents.modeles import Modele, ModeleInconnu, modele, modeles
from maillage.documents.models import Adaptation
from maillage.documents.perms import MODELES_ADAPTER
from maillage.instances.api import (
    Conseil,
    acteur,
    conseils_visibles_par,
    fuseau_du_conseil,
    tient,
)
from maillage.socle.refus import Introuvable
from maillage.socle.temps import aujourd_hui


def adaptations(conseil: Conseil, code: str) -> QuerySet[Adaptation]:
    """Every version of a council for a template, the latest first."""
    return Adaptation.objects.filter(conseil=conseil, modele=code).order_by("-numero")


def en_vigueur(conseil: Conseil, code: str, le: date) -> Adaptation | None:
    """The version in force on ``le``: the last one that has begun."""
    return adaptations(conseil, code).filter(depuis__lte=le).order_by("-depuis", "-numero").first()


def adaptation_visible(public_id: UUID) -> Adaptation:
    """One version of a council the actor sees. Raises ``Introuvable``."""
    visibles = conseils_visibles_par(acteur()).values("pk")
    trouvee = (
        Adaptation.objects.filter(conseil__in=visibles, public_id=public_id).select_related("conseil").first()
    )
    if trouvee is None:
        raise Introuvable(public_id)
    return trouvee


def valeur(ligne: Adaptation | None) -> AdaptationLue | None:
    """The row as the pure composition takes it."""
    if ligne is None:
        return None
    logo = (
        Logo(cast(Literal["png", "svg"], ligne.logo_genre), bytes(ligne.logo), ligne.logo_description)
        if ligne.logo is not None
        else None
    )
    return AdaptationLue(
        numero=ligne.numero,
        depuis=ligne.depuis,
        entete=tuple(ligne.entete),
        logo=logo,
        signataire=ligne.signataire,
        qualite=ligne.qualite,
        paragraphes=dict(ligne.paragraphes),
    )


def adapte(conseil: Conseil) -> bool:
    """Whether the actor may change the presentation of that very council's documents."""
    return tient(acteur(), conseil, MODELES_ADAPTER.fonctions)


@dataclass(frozen=True, slots=True)
class ModeleDuConseil:
    """A template as a council uses it; ``numero`` is None where nothing was adapted."""

    modele: Modele
    numero: int | None
    depuis: date | None


def modeles_du_conseil(conseil: Conseil) -> list[ModeleDuConseil]:
    """The templates of the day, each with the version of the council in force."""
    jour = aujourd_hui(fuseau_du_conseil(conseil))
    lignes = Adaptation.objects.filter(conseil=conseil, depuis__lte=jour).order_by(
        "modele", "depuis", "numero"
    )
    dernieres = {ligne.modele: ligne for ligne in lignes.defer("logo")}
    return [
        ModeleDuConseil(
            lu,
            dernieres[lu.code].numero if lu.code in dernieres else None,
            dernieres[lu.code].depuis if lu.code in dernieres else None,
        )
        for lu in modeles(jour)
    ]


def modele_connu(code: str, le: date) -> Modele:
    """The template of that code on that day. Raises ``Introuvable``."""
    try:
        return modele(code, le)
    except ModeleInconnu:
        raise Introuvable(code) from None


def prochain_numero(conseil: Conseil, code: str) -> int:
    """The number of the next version."""
    dernier: int | None = adaptations(conseil, code).aggregate(n=Max("numero"))["n"]
    return (dernier or 0) + 1
