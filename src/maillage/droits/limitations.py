"""Whether a file is restricted or held back; what is erased with it (RGPD, art. 17 and 18)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from maillage.droit.api import Force, Motif
from maillage.droits.models import AncienneValeur, Limitation
from maillage.droits.rules.demandes import JUSTICE
from maillage.situations.api import Dossier as DossierVu
from maillage.situations.api import Encart, Retenue, Situation, presents

DOSSIER_LIMITE = Motif(
    "dossier_limite",
    "Le traitement de ce dossier est limité à la demande de la personne : il se lit, rien ne s’y écrit ni ne "
    "se partage tant que la limitation n’est pas levée.",
    "RGPD, art. 18",
    Force.LOI,
)


def en_cours(situation: Situation) -> list[Limitation]:
    """The restrictions in force, if the reader's cercle holds any: what freezes first."""
    lignes = Limitation.objects.filter(
        objet=situation.public_id, cercle=situation.cercle_id, levee_le__isnull=True
    )
    return list(lignes.order_by("-gele", "pk"))


def gel(situation: Situation) -> Sequence[Motif]:
    """Why nothing is written there; nothing when it is not restricted."""
    return [DOSSIER_LIMITE] if any(limitation.gele for limitation in en_cours(situation)) else []


def effacer(situations: Sequence[int]) -> Mapping[str, int]:
    """Erase what this room holds about these files. Run as ``m_maintenance``, before the files themselves."""
    return {
        modele._meta.model_name or "": modele._default_manager.filter(situation__in=situations).delete()[0]
        for modele in (Limitation, AncienneValeur)
    }


def laisser(lignes: QuerySet[Any]) -> QuerySet[Any]:
    """These files but those that a claim in court holds back."""
    retenues = Limitation.objects.filter(
        objet=OuterRef("public_id"), cercle=OuterRef("cercle"), motif=JUSTICE, levee_le__isnull=True
    )
    return lignes.filter(~Exists(retenues))


def oublier(publics: Collection[UUID]) -> Mapping[str, int]:
    """Erase the restrictions of these files with them. Run as ``m_maintenance``."""
    return {"limitation": Limitation.objects.filter(objet__in=publics).delete()[0]}


RETENUE = Retenue(laisser, oublier)


def _encart(dossier: DossierVu, ecrit: bool) -> Mapping[str, object] | None:
    limitations = en_cours(dossier.situation) if "limitation" in presents(dossier.situation) else []
    return {"limitations": limitations, "leve": ecrit} if limitations else None


ENCART = Encart("limitation", 1, "droits/_limitation.html", _encart)
