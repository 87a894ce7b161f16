"""The cercles of the bodies that receive people: which exist, and which the actor reads."""

from dataclasses import dataclass

from django.db.models import Q

from maillage.acteurs.api import Compte, Organisme, lire_avec_noms
from maillage.instances.models import Formation, GenreFormation, Siege
from maillage.instances.perms import COORDINATION
from maillage.instances.selectors.conseils import conseils_tenus_par
from maillage.socle.temps import maintenant


@dataclass(frozen=True, slots=True)
class PrestataireTenu:
    """A body and its formation, for whoever coordinates the council."""

    formation: Formation
    organisme: Organisme


def _sieges_ouverts() -> Q:
    instant = maintenant()
    return (
        Q(formation__genre=GenreFormation.PRESTATAIRE, depuis__lte=instant)
        & (Q(jusqua__isnull=True) | Q(jusqua__gt=instant))
        & (Q(formation__dissoute_le__isnull=True) | Q(formation__dissoute_le__gt=instant))
        & (Q(formation__cercle__ferme_le__isnull=True) | Q(formation__cercle__ferme_le__gt=instant))
    )


def formation_du_prestataire(conseil: int, organisme: int, volet: str) -> Formation | None:
    """The open formation of that body for that council and strand; victims and authors have two."""
    siege = (
        Siege.objects.filter(
            _sieges_ouverts(),
            formation__conseil=conseil,
            organisme=organisme,
            formation__cercle__volet=volet,
        )
        .select_related("formation")
        .first()
    )
    return siege.formation if siege is not None else None


def cercle_du_prestataire(conseil: int, organisme: int, volet: str) -> int | None:
    """The key of its cercle; None when the body has no account of its own."""
    formation = formation_du_prestataire(conseil, organisme, volet)
    return formation.cercle_id if formation is not None else None


def prestataires_tenus(compte: Compte) -> list[PrestataireTenu]:
    """Those of the councils the account coordinates."""
    sieges = lire_avec_noms(
        Siege.objects.filter(
            _sieges_ouverts(),
            formation__conseil__in=conseils_tenus_par(compte, COORDINATION).values("pk"),
        )
        .select_related("formation__conseil", "formation__cercle", "organisme")
        .order_by("formation__conseil__nom", "formation__nom", "pk"),
        "organisme",
    )
    return [PrestataireTenu(siege.formation, siege.organisme) for siege in sieges]
